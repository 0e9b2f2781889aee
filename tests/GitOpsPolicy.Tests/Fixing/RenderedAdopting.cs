using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>Files of which a tool makes objects, and what was done to those by hand since.</summary>
internal sealed class RenderedAdopting
{
    private RenderedAdopting(IReadOnlyDictionary<string, string> files, Adoption found) =>
        (Found, After) = (
            found,
            files.ToDictionary(
                static file => file.Key, file => found.Files.FirstOrDefault(one => one.Name == file.Key)?.After ?? file.Value,
                StringComparer.Ordinal));

    public Adoption Found { get; }

    /// <summary>What the files say with the patch.</summary>
    public IReadOnlyDictionary<string, string> After { get; }

    /// <summary>Adopts all that differs.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">The folder that is rendered.</param>
    /// <param name="values">The values files, for a chart.</param>
    /// <param name="edit">What is done by hand to the objects, by kind and name.</param>
    public static RenderedAdopting Of(
        IReadOnlyDictionary<string, string> files, string folder, string[] values, Action<string, JsonObject> edit)
    {
        var desired = Render(files, folder, values);
        using var tree = TreeOf(files);
        var changes = PassInput.ReadChanges(
            [.. desired.Objects.Select(manifest => new PassObject(manifest.Id)
            {
                Desired = manifest,
                Live = Live(manifest, edit),
                AppliedUid = "1",
            })],
            desired.SensitiveTexts, new([]), null);
        var drift = changes.Objects.Where(static one => one.Drift is not null)
            .Select(one => changes.Set.Changes[one.Drift!.Value]);
        var render = new AdoptionRender(
            folder, tried => Read(tried, folder, values) is { Problems.IsEmpty: true } made ? made.Objects : null)
        {
            ValuesFiles = [.. values],
        };
        return new(files, AdoptionFinder.Find(tree, changes.Set, drift, static _ => true, render));
    }

    /// <summary>The objects that a tool makes of files.</summary>
    public static ManifestSet Render(IReadOnlyDictionary<string, string> files, string folder, string[] values)
    {
        using var tree = TreeOf(files);
        using var placed = new EditedTree(tree);
        var read = Read(placed, folder, values);
        Assert.Empty(read.Problems);
        return read;
    }

    private static ManifestSet Read(FileTree tree, string folder, string[] values) =>
        new ManifestInput(tree) { Renderer = new ToolRenderer { Helm = new() { ValuesFiles = [.. values] } } }.Read([folder]);

    private static MemoryTree TreeOf(IReadOnlyDictionary<string, string> files) =>
        files.Aggregate(new MemoryTree(), static (tree, file) => tree.With(file.Key, file.Value));

    private static MappingNode Live(Manifest manifest, Action<string, JsonObject> edit)
    {
        var live = JsonNode.Parse(NodeWriter.ToJson(manifest.Object))!.AsObject();
        live["metadata"]!["uid"] = "1";
        edit($"{manifest.Id.Kind}/{manifest.Id.Name}", live);
        var bytes = Encoding.UTF8.GetBytes(live.ToJsonString());
        Assert.True(JsonReader.Read(new TextFile("live.json", bytes), bytes, ReaderLimits.Default).TryGet(out var read));
        return (MappingNode)read.Root;
    }
}
