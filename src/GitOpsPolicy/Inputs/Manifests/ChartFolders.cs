using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>The Helm charts among some files. What lies below a chart's <c>templates</c> may be a template.</summary>
internal sealed class ChartFolders
{
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    /// <summary>Finds the folders that hold a <c>Chart.yaml</c>.</summary>
    public ChartFolders(IEnumerable<TreeFile> files)
    {
        foreach (var file in files)
            if (Path.GetFileName(file.Path) == "Chart.yaml") folders.Add(file.Path[..^"Chart.yaml".Length]);
    }

    /// <summary>True for a file below the templates of one of them.</summary>
    public bool HoldTemplate(string path)
    {
        if (folders.Count == 0) return false;
        const string Templates = "templates/";
        for (var at = path.IndexOf(Templates, StringComparison.Ordinal); at >= 0; at = path.IndexOf(
            Templates, at + 1, StringComparison.Ordinal))
            if (folders.Contains(path[..at])) return true;
        return false;
    }
}
