using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>Reads Kubernetes objects from files, folders, patterns and standard input.</summary>
/// <param name="tree">Where paths lead.</param>
/// <param name="standardInput">What the path <c>-</c> stands for; null where there is none.</param>
public sealed class ManifestInput(FileTree tree, Stream? standardInput = null)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>A rendered cluster is some 20 MiB.</summary>
    private const int MaxStandardInput = 256 * 1024 * 1024;

    /// <summary>Fewer files than this are read before other threads have started.</summary>
    private const int WorthSharing = 16;

    /// <summary>For the manifests of a whole cluster in one text.</summary>
    internal static readonly ReaderLimits StreamLimits =
        ReaderLimits.Default with { MaxNodes = 5_000_000, MaxExpandedNodes = 10_000_000, MaxBytes = MaxStandardInput };

    /// <summary>Renders kustomizations and charts that are given as paths; null to read their files as they are.</summary>
    public IRenderer? Renderer { get; init; }

    /// <summary>
    /// A file, or a folder with all that lies below it, that is left out wherever it is met: what lives may lie beside what is
    /// wanted.
    /// </summary>
    public string? Except { get; init; }

    /// <summary>How large a file may be.</summary>
    internal ReaderLimits Limits { get; init; } = ReaderLimits.Default;

    /// <summary>Reads everything that some paths stand for. What is broken is told; the rest is read all the same.</summary>
    public ManifestSet Read(IReadOnlyList<string> paths)
    {
        var scan = Scan(paths);
        var scopes = new ScopeTable();
        scan.Teach(scopes);
        return scan.Build(scopes);
    }

    /// <summary>Reads objects as changes, each of which brings its object about.</summary>
    public ChangeSet ReadChanges(IReadOnlyList<string> paths) => Read(paths).ToChanges();

    /// <summary>Reads without naming objects yet.</summary>
    /// <param name="paths">Paths as the user wrote them.</param>
    /// <param name="mayMiss">Paths that need not exist, because they do on the other side of a comparison; null for none.</param>
    internal ManifestScan Scan(IReadOnlyList<string> paths, Predicate<string>? mayMiss = null)
    {
        var scan = new ManifestScan();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<TreeFile>();
        foreach (var path in paths)
        {
            if (path == StandardInput) scan.Add(ReadStandardInput());
            else if (Renderer is not null && RenderTarget.Find(tree, path) is { } target)
                scan.Add(RenderedFolder.Read(tree, path, target, Renderer));
            else if (ManifestPaths.Expand(tree, path) is { } found)
                files.AddRange(found.Where(file => !IsLeftOut(file.Path) && seen.Add(Plain(file.Path))));
            else if (mayMiss is null || !mayMiss(path)) scan.Add(Missing(path));
        }

        ReadAll(files, scan);
        return scan;
    }

    private void ReadAll(List<TreeFile> files, ManifestScan scan)
    {
        if (files.Count > ManifestPaths.MaxFiles)
        {
            scan.Add(new Problem(
                new(files[0].Path, 0, 0), $"there are more than {ManifestPaths.MaxFiles} files below the paths given",
                "check fewer paths at a time"));
            return;
        }

        var charts = new ChartFolders(files);
        var read = new ManifestFile[files.Count];
        if (files.Count < WorthSharing)
        {
            for (var i = 0; i < read.Length; i++) read[i] = ReadOne(i);
        }
        else
        {
            Parallel.For(0, read.Length, i => read[i] = ReadOne(i));
        }

        foreach (var file in read) scan.Add(file);
        ManifestFile ReadOne(int i) => ManifestFile.Read(tree, files[i], charts.HoldTemplate(files[i].Path), Limits);
    }

    private bool IsLeftOut(string path)
    {
        if (Except is null) return false;
        var (given, left) = (Plain(path), Plain(Except.TrimEnd('/')));
        return given == left || given.StartsWith(left + "/", StringComparison.Ordinal);
    }

    private ManifestFile ReadStandardInput()
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (standardInput is not null && copy.Length <= MaxStandardInput && standardInput.Read(buffer) is > 0 and var more)
            copy.Write(buffer, 0, more);
        var bytes = copy.ToArray();
        return ManifestFile.Parse(new TextFile(StandardInput, bytes), bytes, StandardInput, StreamLimits);
    }

    private static Problem Missing(string path) => PathGlob.IsPattern(path)
        ? new(new(path, 0, 0), "no file fits this pattern", "`**` matches across folders, `*` within one name")
        : new(new(path, 0, 0), "there is no such file or folder", "correct the path; it is relative to the current folder");

    // Two spellings of one path must not make two objects of one.
    private static string Plain(string path)
    {
        if (!path.Contains("./", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)) return path;
        return string.Join('/', path.Split('/').Where((step, i) => step != "." && (step.Length > 0 || i == 0)));
    }
}
