using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// Turns the files of a unit into the objects that it wants. Asks nobody but tools of this machine, and those without a network.
/// </summary>
/// <param name="isNamespaced">What the cluster says of a kind: true for one whose objects lie in namespaces, null for one that it
/// does not know yet.</param>
public sealed partial class UnitRenderer(Func<KubernetesId, bool?> isNamespaced)
{
    /// <summary>What decrypts; null for the <c>sops</c> on the PATH.</summary>
    internal string? SopsProgram { get; init; }

    /// <summary>Renders. What is wrong is told in the result, all of it; nothing is thrown for it.</summary>
    /// <param name="tree">The files of the commit.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="keys">What encrypted files are decrypted with; null for nothing.</param>
    public Rendered Render(FileTree tree, Unit unit, DecryptionKeys? keys)
    {
        var path = unit.Source.Path.Trim('/') is { Length: > 0 } written ? written : ".";
        if (Refusal(tree, path, unit) is { } refusal) return Rendered.Failed("render", Nothing, refusal);
        var (set, stored) = Read(tree, path, unit, new SopsTool(keys, SopsProgram));
        if (set.Problems.Length > 0) return Rendered.Failed("render", set, [.. set.Problems]);
        var problems = new List<Problem>(set.Doubtful);
        problems.AddRange(Guards.Of(set, path));
        set = set with { Objects = new Placement(unit.Target, isNamespaced).Place(set.Objects, problems) };
        problems.AddRange(Guards.OfDuplicates(set.Objects));
        return new()
        {
            Set = set,
            Stored = Placed(stored, set.Objects),
            Problems = [.. problems],
            Stage = problems.Count > 0 ? "guard" : null,
        };
    }

    private static ManifestSet Nothing => new() { Objects = [] };

    private static Problem? Refusal(FileTree tree, string path, Unit unit)
    {
        var target = RenderTargets.Find(tree, path);
        return (unit.Render.Tool, target) switch
        {
            _ when tree.Find(path) == PathKind.Missing =>
                new(new(path, 0, 0), "there is no such path in the repository", "correct `spec.source.path`"),
            (RenderTool.Kustomize, not RenderKind.Kustomization) =>
                new(new(path, 0, 0), "there is no kustomization in this folder"),
            (RenderTool.Helm, RenderKind.Kustomization) => new(
                new(path, 0, 0), "there is a kustomization in this folder beside the chart",
                "take one of the two out, or set `spec.render.tool: kustomize`"),
            (RenderTool.Helm, _) when tree.Find(path + "/Chart.yaml") != PathKind.File =>
                new(new(path, 0, 0), "there is no chart in this folder"),
            (RenderTool.Auto or RenderTool.Helm, RenderKind.Chart) when !ReleaseNames().IsMatch(ReleaseNameOf(unit)) =>
                new(
                    unit.Location, $"`{ReleaseNameOf(unit)}` cannot be the name of a release",
                    "set `spec.render.releaseName` to at most 53 small letters, digits and hyphens"),
            (not (RenderTool.Auto or RenderTool.Helm), _) when unit.Render.ValuesFiles.Length > 0 =>
                new(unit.Location, "there are values files, and no chart to use them with"),
            _ => null,
        };
    }

    private static (ManifestSet Set, ImmutableDictionary<KubernetesId, Node> Stored) Read(
        FileTree tree, string path, Unit unit, SopsTool sops)
    {
        var isRendered = unit.Render.Tool != RenderTool.Plain && RenderTargets.Find(tree, path) is not null;
        var read = new ManifestInput(tree) { Renderer = isRendered ? RendererFor(unit) : null }.Read([path]);
        if (isRendered) return EncryptedObjects.Decrypt(HelmHooks.LeaveOut(read), sops);
        if (!read.Objects.Any(static one => Guards.FindEncrypted(one.Object) is not null))
            return (read, ImmutableDictionary<KubernetesId, Node>.Empty);
        using var clear = new DecryptedTree(tree, sops);
        var decrypted = new ManifestInput(clear).Read([path]);
        return EncryptedObjects.Pair(read, decrypted, clear.Decrypted);
    }

    private static ToolRenderer RendererFor(Unit unit) => new()
    {
        Helm = new()
        {
            ReleaseName = ReleaseNameOf(unit),
            Namespace = unit.Target.Namespace,
            ValuesFiles = unit.Render.ValuesFiles,
        },
    };

    private static string ReleaseNameOf(Unit unit) => unit.Render.ReleaseName ?? unit.Key.Name;

    // The ids of what is stored are those before objects had their namespaces.
    private static ImmutableDictionary<KubernetesId, Node> Placed(
        ImmutableDictionary<KubernetesId, Node> stored, ImmutableArray<Manifest> objects)
    {
        if (stored.IsEmpty) return stored;
        var placed = ImmutableDictionary.CreateBuilder<KubernetesId, Node>();
        foreach (var one in objects)
            if (stored.TryGetValue(one.Id, out var node) || stored.TryGetValue(one.Id with { Namespace = "" }, out node))
                placed[one.Id] = node;
        return placed.ToImmutable();
    }

    // What Helm itself takes for one.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseNames();
}
