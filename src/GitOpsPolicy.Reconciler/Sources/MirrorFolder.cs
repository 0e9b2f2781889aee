namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// A bare repository of the engine's own. It is either whole or gone: a new one is made beside its place and moved there once it
/// holds something, and one in which anything is odd is moved away and removed.
/// </summary>
/// <param name="path">Its place.</param>
/// <param name="open">The commits that are being read.</param>
internal sealed class MirrorFolder(string path, OpenRevisions open)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The whole of it: what else a configuration could say is said with every call.
    private const string Configuration = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

    private readonly PackCheck packs = new(System.IO.Path.Combine(path, "objects", "pack"));

    /// <summary>Its place.</summary>
    public string Path { get; } = path;

    /// <summary>Where it stands.</summary>
    public KnownMarks Known { get; } = new();

    /// <summary>Whether there is one.</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>How much of the disk it takes, in bytes.</summary>
    public static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Sum(static file => file.Exists ? file.Length : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>What a reference in a mirror names; null where Git has to be asked.</summary>
    public static string? ReadReference(string folder, string name)
    {
        var file = System.IO.Path.Combine(folder, name);
        var text = File.Exists(file) ? File.ReadAllText(file).TrimEnd('\n') : "";
        return GitReference.IsCommitId(text) ? text : null;
    }

    /// <summary>Makes an empty one in a folder of its own, which <see cref="Publish"/> moves to its place.</summary>
    public async Task<string> CreateAsync(GitCall git, CancellationToken cancellation)
    {
        var fresh = $"{Path}.new-{Guid.NewGuid():N}";
        Directory.CreateDirectory(fresh);
        var made = await git.RunAsync(
            fresh, Patience, ["init", "--quiet", "--bare", "--template=", "--object-format=sha1", "."], cancellation);
        if (!made.Succeeded) throw new IOException($"git cannot make a mirror: {made.Stopped ?? made.ErrorText}");
        File.WriteAllText(System.IO.Path.Combine(fresh, "config"), Configuration);
        return fresh;
    }

    /// <summary>Moves a new one to its place.</summary>
    public void Publish(string fresh)
    {
        Remove();
        Directory.Move(fresh, Path);
        Forget();
    }

    /// <summary>
    /// Makes good what a killed process may have left, and looks whether what is stored is what was stored; false when it is not.
    /// Nobody else may be at work in it.
    /// </summary>
    public bool TryRepair()
    {
        try
        {
            foreach (var name in (ReadOnlySpan<string>)["objects", "refs"])
                if (!Directory.Exists(System.IO.Path.Combine(Path, name))) return false;
            foreach (var left in Directory.EnumerateFiles(Path, "*.lock", SearchOption.AllDirectories).ToList())
                File.Delete(left);
            foreach (var left in Directory.EnumerateFiles(
                System.IO.Path.Combine(Path, "objects"), "tmp_*", SearchOption.AllDirectories).ToList())
                File.Delete(left);
            File.Delete(System.IO.Path.Combine(Path, "objects", "info", "alternates"));
            File.Delete(System.IO.Path.Combine(Path, "shallow"));
            PutBack("config", Configuration);
            PutBack("HEAD", "ref: refs/heads/none\n");
            return packs.AreWhole();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    // Others may be reading: they must not meet half a file.
    private void PutBack(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        if (File.Exists(file) && File.ReadAllText(file) == text) return;
        File.WriteAllText(file + ".put", text);
        File.Move(file + ".put", file, overwrite: true);
    }

    /// <summary>Has Git itself look through everything; false when something is wrong.</summary>
    public async Task<bool> IsSoundAsync(GitCall git, CancellationToken cancellation) =>
        (await git.RunAsync(
            Path, Patience, ["fsck", "--full", "--no-dangling", "--no-progress"], cancellation)) is { Stopped: not null }
            or { ExitCode: 0 };

    /// <summary>
    /// Puts many packs into one. What no branch holds any more stays: it may be the last good revision of some unit.
    /// </summary>
    public async Task TidyAsync(GitCall git, CancellationToken cancellation)
    {
        const int MaxPacks = 50;
        if (packs.Count > MaxPacks) await git.RunAsync(Path, Patience, ["repack", "-a", "-d", "-k", "-q"], cancellation);
    }

    /// <summary>Takes it away in one step, so that nobody meets half of it.</summary>
    public void Remove()
    {
        Forget();
        if (!Exists) return;
        var gone = $"{Path}.gone-{Guid.NewGuid():N}";
        Directory.Move(Path, gone);
        Discard(gone);
    }

    /// <summary>Removes what a process that was killed left beside it.</summary>
    public void DiscardLeftovers()
    {
        foreach (var other in Directory.GetDirectories(System.IO.Path.GetDirectoryName(Path)!))
            if (other.StartsWith(Path + ".", StringComparison.Ordinal)) Discard(other);
    }

    /// <summary>Removes a folder that nobody needs any more, or leaves it to the next start.</summary>
    public static void Discard(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }

    private void Forget()
    {
        packs.Forget();
        Known.Clear();
        open.Close(Path);
    }
}
