using System.Text.Json;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>Where a unit's state may be kept: somewhere that outlives the pass, and that only keeps it.</summary>
internal static class StateRules
{
    private const string Lost = "the state would lie in the work folder, which goes when the pass ends: configure a backend";

    /// <summary>What <c>init</c> would carry over to the backend, had it anybody to ask.</summary>
    public static readonly string[] Strays = ["terraform.tfstate", "terraform.tfstate.d"];

    /// <summary>Why such a file is not taken.</summary>
    public static string Stray(string name) =>
        $"`{name}` lies beside the configuration: a state holds secrets and belongs into a backend, not into Git; take it out of the repository";

    /// <summary>
    /// A place at which plans are made and applied, not only states kept: what is judged here would not be what is applied there.
    /// </summary>
    public static bool PlansElsewhere(string backend) => backend is "cloud" or "remote";

    /// <summary>Why such a place is not taken.</summary>
    public static string Elsewhere(string backend) =>
        $"`{backend}` has plans made and applied elsewhere, where neither the rules nor an approval would stand before them: configure a backend that keeps the state and nothing else";

    /// <summary>Why a unit's state may not be where it is; null when it may.</summary>
    /// <param name="settled">What <c>init</c> wrote down of the backend; null where it wrote nothing, which is the default one
    /// beside the configuration.</param>
    /// <param name="workspace">The workspace; null for the default one.</param>
    public static string? Refusal(byte[]? settled, string? workspace)
    {
        if (settled is null) return Lost;
        using var text = JsonDocument.Parse(settled);
        if (!text.RootElement.TryGetProperty("backend", out var backend) || backend.ValueKind != JsonValueKind.Object)
            return Lost;
        var type = backend.GetProperty("type").GetString() ?? "";
        if (PlansElsewhere(type)) return Elsewhere(type);
        if (type != "local") return null;

        // `path` is that of the default workspace alone; the others lie below `workspace_dir`.
        var isDefault = workspace is null or "default";
        var place = backend.GetProperty("config").TryGetProperty(isDefault ? "path" : "workspace_dir", out var written)
            ? written.GetString()
            : null;
        if (place is not null && Path.IsPathFullyQualified(place)) return null;
        return isDefault
            ? Lost
            : $"{Lost}, or for the workspace `{workspace}` of a local one set `workspace_dir` to an absolute path";
    }
}
