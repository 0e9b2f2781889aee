using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Webhook.BreakGlass;

/// <summary>
/// A file with leave to break the rules, read again when it changes. While it cannot be read there is none: that somebody has to
/// ask again is better than leave that nobody can see.
/// </summary>
/// <param name="folder">The folder that the path is relative to.</param>
/// <param name="path">The file.</param>
/// <param name="register">Where the leave goes.</param>
/// <param name="log">Where one line goes for each thing that is wrong.</param>
public sealed class BreakGlassFile(string folder, string path, BreakGlassRegister register, TextWriter log)
{
    private WatchedTree? tree;
    private string? stamp;

    /// <summary>Reads the file when it has changed since the last look.</summary>
    public void Look()
    {
        if (tree is not null && tree.Stamp() == stamp) return;
        tree?.Dispose();
        var fresh = new WatchedTree(folder);
        var state = Read(fresh);
        (tree, stamp) = (fresh, fresh.StampWhenAsked());
        register.Put("file", state);
        foreach (var trouble in state.Troubles) log.WriteLine($"break-glass: {trouble}");
    }

    /// <summary>Looks again and again.</summary>
    public async Task RunAsync(TimeSpan every, TimeProvider clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) Look();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private BreakGlassState Read(WatchedTree files)
    {
        if (!files.TryRead(path, out var bytes, out var problem))
            return new([], [$"{problem ?? new Problem(new(path, 0, 0), "there is no such file")}"]);
        var (grants, problems) = BreakGlassReader.ReadFile(path, bytes);
        return new(grants, [.. problems.Select(static one => SafeText.OneLine($"{one}"))]);
    }
}
