namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// A folder that nobody else can read, gone when it is disposed of, or at the next start where nobody came to that.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Sockets are made in some, whose paths may have some hundred characters in all.
    private const int NameLength = 12;

    private readonly FileStream claim;

    private PrivateFolder(string path, FileStream claim) => (Path, this.claim) = (path, claim);

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes one below a folder.</summary>
    public static PrivateFolder Create(string below)
    {
        var path = System.IO.Path.Combine(MakeOwned(below), Guid.NewGuid().ToString("N")[..NameLength]);
        MakeOwned(path);
        return new(path, Claim(path));
    }

    /// <summary>Removes what processes left that are gone. A folder that somebody still claims stays.</summary>
    public static void Sweep(string below)
    {
        if (!Directory.Exists(below)) return;
        foreach (var left in Directory.GetDirectories(below))
        {
            try
            {
                using (Claim(left)) Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process is at work in it.
            }
        }
    }

    /// <summary>Writes a file that only this user can read.</summary>
    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(file, options);
        using var writer = new StreamWriter(stream);
        writer.Write(text);
        return file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed goes at the next start.
        }

        claim.Dispose();
    }

    /// <summary>Makes a folder for this user alone, where there is none yet; gives its path.</summary>
    public static string MakeOwned(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path).FullName;
        return Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute).FullName;
    }

    private static FileStream Claim(string folder) =>
        new(System.IO.Path.Combine(folder, ".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
