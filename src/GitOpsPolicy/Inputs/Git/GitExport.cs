namespace GitOpsPolicy.Inputs.Git;

/// <summary>The files of a commit in a temporary folder.</summary>
internal sealed class GitExport : IDisposable
{
    private const int MaxFiles = 50_000;
    private const long MaxBytes = 512L * 1024 * 1024;

    private GitExport(string folder, string? problem) => (Folder, Problem) = (folder, problem);

    /// <summary>Absolute path of the folder; empty when nothing was written.</summary>
    public string Folder { get; }

    /// <summary>Why the files are not all there; null when they are.</summary>
    public string? Problem { get; }

    /// <summary>Writes files into a new folder that only this user can read.</summary>
    /// <param name="paths">Paths from the top of the repository.</param>
    /// <param name="read">Gives the content of a path; null for what is left out.</param>
    public static GitExport Write(IReadOnlyCollection<string> paths, Func<string, ReadOnlyMemory<byte>?> read)
    {
        if (paths.Count > MaxFiles)
            return new("", $"the repository holds more than {MaxFiles} files, too many to render its base");
        var folder = Directory.CreateTempSubdirectory("gitops-policy-").FullName;
        try
        {
            return new(folder, WriteAll(folder, paths, read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(folder, $"its base cannot be written to a temporary folder: {e.GetType().Name}");
        }
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        try
        {
            if (Folder.Length > 0) Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed stays in the temporary folder, which the system empties.
        }
    }

    /// <summary>Writes files into a folder that is there; gives why they are not all there, or null.</summary>
    public static string? WriteAll(string folder, IEnumerable<string> paths, Func<string, ReadOnlyMemory<byte>?> read)
    {
        var left = MaxBytes;
        foreach (var path in paths)
        {
            if (!IsPlain(path) || read(path) is not { } bytes) continue;
            left -= bytes.Length;
            if (left < 0) return $"the repository holds more than {MaxBytes >> 20} MiB, too much to render its base";
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            file.Write(bytes.Span);
        }

        return null;
    }

    // Git refuses such names, but an object of a hostile repository can still hold them.
    private static bool IsPlain(string path) =>
        path.Length > 0 && path[0] != '/' && !path.Split('/').Any(step => step is "" or "." or ".." or ".git");
}
