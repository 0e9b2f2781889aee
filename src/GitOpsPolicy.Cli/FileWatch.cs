using System.Collections.Immutable;
using System.Threading.Channels;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Cli;

/// <summary>
/// Waits for policy files to change. What the system says only wakes it up; what has changed is told by looking, so renames,
/// temporary files of editors and events that come twice make no difference. Where the system cannot watch, it looks every half
/// second.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private static readonly ImmutableArray<string> Extensions = [".yaml", ".yml", ".js", ".mjs", ".json"];

    private readonly Channel<bool> wakeups = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly Terminal terminal;
    private readonly ImmutableArray<string> roots;
    private volatile bool isPolling;

    /// <summary>Starts to watch.</summary>
    /// <param name="terminal">Its working folder, its clock, and <c>DOTNET_USE_POLLING_FILE_WATCHER</c> of its
    /// environment.</param>
    /// <param name="roots">Folders and files, as the user writes them.</param>
    public FileWatch(Terminal terminal, ImmutableArray<string> roots)
    {
        (this.terminal, this.roots) = (terminal, roots);
        isPolling = terminal.Variable("DOTNET_USE_POLLING_FILE_WATCHER") is "1" or "true";
        foreach (var root in roots)
            if (!isPolling) Watch(Path.GetFullPath(root, terminal.WorkingDirectory));
    }

    /// <summary>When and how large a file was last written.</summary>
    internal readonly record struct Stamp(DateTime Written, long Length);

    /// <summary>All files that count, as they are now, by path.</summary>
    public Dictionary<string, Stamp> Take()
    {
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var stamps = new Dictionary<string, Stamp>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            var paths = tree.Find(root) == PathKind.Folder ? tree.Enumerate(root).Select(static file => file.Path) : [root];
            foreach (var path in paths.Where(static path => Extensions.Contains(Path.GetExtension(path))))
            {
                var file = new FileInfo(Path.GetFullPath(path, terminal.WorkingDirectory));
                if (file.Exists) stamps[path] = new(file.LastWriteTimeUtc, file.Length);
            }
        }

        return stamps;
    }

    /// <summary>Waits until files are other than they were, and nothing more happens to them for a moment.</summary>
    /// <returns>The paths of files that were written, made or deleted, in order.</returns>
    public async Task<ImmutableArray<string>> NextAsync(Dictionary<string, Stamp> before, CancellationToken cancellation)
    {
        while (true)
        {
            await WakeAsync(cancellation);
            await SettleAsync(cancellation);
            var now = Take();
            ImmutableArray<string> changed = [.. before.Keys.Union(now.Keys)
                .Where(path => !before.TryGetValue(path, out var old) || !now.TryGetValue(path, out var young) || old != young)
                .Order(StringComparer.Ordinal)];
            if (!changed.IsEmpty) return changed;
        }
    }

    public void Dispose()
    {
        foreach (var watcher in watchers) watcher.Dispose();
    }

    private async Task WakeAsync(CancellationToken cancellation)
    {
        if (isPolling) await Task.Delay(PollEvery, terminal.Clock, cancellation);
        else await wakeups.Reader.ReadAsync(cancellation);
    }

    // Editors write in several steps, and tools write several files.
    private async Task SettleAsync(CancellationToken cancellation)
    {
        var begun = terminal.Clock.GetTimestamp();
        do
        {
            while (wakeups.Reader.TryRead(out _)) { }
            await Task.Delay(Quiet, terminal.Clock, cancellation);
        }
        while (wakeups.Reader.TryPeek(out _) && terminal.Clock.GetElapsedTime(begun) < Longest);
    }

    private void Watch(string root)
    {
        try
        {
            var isFolder = Directory.Exists(root);
            var watcher = new FileSystemWatcher(isFolder ? root : Path.GetDirectoryName(root)!)
            {
                IncludeSubdirectories = isFolder,
                NotifyFilter = NotifyFilters.FileName
                    | NotifyFilters.DirectoryName
                    | NotifyFilters.LastWrite
                    | NotifyFilters.Size,
            };
            watchers.Add(watcher);
            watcher.Changed += (_, _) => Wake();
            watcher.Created += (_, _) => Wake();
            watcher.Deleted += (_, _) => Wake();
            watcher.Renamed += (_, _) => Wake();
            watcher.Error += (_, _) => Poll();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException
            or ArgumentException
            or PlatformNotSupportedException
            or UnauthorizedAccessException)
        {
            Poll();
        }
    }

    private void Wake() => wakeups.Writer.TryWrite(true);

    private void Poll()
    {
        isPolling = true;
        Wake();
    }
}
