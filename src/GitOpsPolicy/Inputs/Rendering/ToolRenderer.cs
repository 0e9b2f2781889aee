using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Inputs.Rendering;

/// <summary>
/// Renders with <c>kustomize</c>, <c>kubectl</c> or <c>helm</c> as they are installed: without a shell, without plugins, without
/// a cluster and without a network, for what is rendered comes from a pull request.
/// </summary>
public sealed partial class ToolRenderer : IRenderer
{
    /// <summary>A rendered cluster is some 20 MiB.</summary>
    private const int MaxOutput = 64 * 1024 * 1024;

    private const int MaxReason = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Port 9 answers nobody; a tool that wants a network is told at once that there is none.
    private const string NoNetwork = "http://127.0.0.1:9";

    private static readonly Dictionary<string, string> Surroundings = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nonexistent",
        ["LC_ALL"] = "C",
        ["HTTP_PROXY"] = NoNetwork,
        ["HTTPS_PROXY"] = NoNetwork,
        ["ALL_PROXY"] = NoNetwork,
        ["NO_PROXY"] = "",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["KUBECONFIG"] = "/nonexistent",
        ["HELM_PLUGINS"] = "/nonexistent",
    };

    /// <summary>How charts are rendered.</summary>
    public HelmSettings Helm { get; init; } = new();

    /// <inheritdoc/>
    public RenderResult Render(FileTree tree, string folder, RenderKind kind)
    {
        if (Command(kind) is not { } command) return NoTool(folder, kind);
        if (RefusedLink(tree, folder) is { } refusal) return new(default, refusal);
        if (kind == RenderKind.Kustomization && FetchedFiles.FirstIn(tree, folder) is { } fetched) return new(default, fetched);
        if (!TryPlace(tree, folder, out var place, out var problem)) return new(default, problem);
        if (kind == RenderKind.Chart)
        {
            if (!Helm.TryPlaceValues(tree, TryPlace, out var values, out problem)) return new(default, problem);
            command = command with { Arguments = [.. command.Arguments, .. values] };
        }

        var result = new Tool(command.Executable, Surroundings).Run(place, command.Arguments, Patience, MaxOutput);
        return result.Succeeded ? new(result.Output) : new(default, Failure(folder, command, result, place));
    }

    private sealed record ToolCommand(string Name, string Executable, string[] Arguments);

    // The folder is the tool's working folder, so of the user's paths only those of values files are arguments, and absolute.
    private ToolCommand? Command(RenderKind kind)
    {
        if (kind == RenderKind.Chart)
            return Tool.TryFind("helm", out var helm)
                ? new(
                    "helm template", helm,
                    [
                        "template", Helm.ReleaseName, ".", "--include-crds",
                        .. Helm.Namespace is { } place ? new[] { "--namespace", place } : []
                    ])
                : null;
        if (Tool.TryFind("kustomize", out var kustomize)) return new("kustomize build", kustomize, ["build", "."]);
        return Tool.TryFind("kubectl", out var kubectl) ? new("kubectl kustomize", kubectl, ["kustomize", "."]) : null;
    }

    private static RenderResult NoTool(string folder, RenderKind kind) => kind == RenderKind.Chart
        ? new(default, new(new(folder, 0, 0), "this is a Helm chart, and `helm` is not on the PATH",
            $"install it, or pipe in what `helm template {folder}` writes: `… | gitops-policy check -`"))
        : new(default, new(new(folder, 0, 0), "this is a kustomization, and neither `kustomize` nor `kubectl` is on the PATH",
            $"install one, or pipe in what `kustomize build {folder}` writes: `… | gitops-policy check -`"));

    // Helm follows links wherever they lead.
    private static Problem? RefusedLink(FileTree tree, string folder)
    {
        foreach (var file in tree.Enumerate(folder))
        {
            if (file.Refusal is not null) return file.Refusal;
            if (tree is WorkTree work && work.IsLink(file.Path) && !tree.TryRead(file.Path, out _, out var problem))
                return problem;
        }

        return null;
    }

    private static bool TryPlace(FileTree tree, string folder, out string place, out Problem? problem)
    {
        problem = null;
        place = "";
        switch (tree)
        {
            case WorkTree work:
                place = work.FullPath(folder);
                return true;
            case GitRevision revision:
                return revision.TryExport(folder, out place, out problem);
            case EditedTree edited:
                return edited.TryExport(folder, out place, out problem);
            default:
                throw new ArgumentException($"Nothing of a {tree.GetType().Name} lies on disk.", nameof(tree));
        }
    }

    private static Problem Failure(string folder, ToolCommand command, ToolResult result, string place)
    {
        var said = result.Stopped ?? Reason(result.ErrorText.Replace(place, folder, StringComparison.Ordinal));
        var needsNetwork = said.Contains("127.0.0.1:9", StringComparison.Ordinal)
            || said.Contains("not allowed", StringComparison.Ordinal);
        return new(new(folder, 0, 0), $"`{command.Name}` failed: {said}", needsNetwork
            ? "nothing is fetched while rendering: render it beforehand and pipe the result in: `… | gitops-policy check -`"
            : "render it by hand to see more");
    }

    // Tools quote what they trip over, which may be a secret.
    private static string Reason(string errorText)
    {
        var lines = errorText.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.FirstOrDefault(text => !LogPrefix().IsMatch(text)) ?? lines.FirstOrDefault() ?? "it says nothing";
        line = LikelySecret().Replace(line, "(masked)");
        return line.Length <= MaxReason ? line : line[..MaxReason] + "…";
    }

    // Lines of klog, by which Helm says that there is no cluster before it says what is wrong.
    [GeneratedRegex(@"^[IWE]\d{4} \d\d:\d\d:", RegexOptions.CultureInvariant)]
    private static partial Regex LogPrefix();

    // Names and paths are broken up by hyphens, dots and slashes long before this length.
    [GeneratedRegex(@"[A-Za-z0-9+=_]{24,}", RegexOptions.CultureInvariant)]
    private static partial Regex LikelySecret();
}
