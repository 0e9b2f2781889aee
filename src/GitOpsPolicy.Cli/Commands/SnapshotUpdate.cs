using System.CommandLine;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>test --update-snapshots</c>: writes what the rules find now as what is expected.</summary>
internal static class SnapshotUpdate
{
    /// <summary>The option.</summary>
    public static Option<bool> CreateOption() => new("--update-snapshots")
    {
        Description = "First write what cases with `expect: snapshot` find now as what they expect, beside their tests. Never in CI (`CI=true`).",
    };

    /// <summary>Writes the snapshot files that change. Tests that do not load are left for the run itself to tell.</summary>
    /// <exception cref="UsageException">This is a CI job, where nobody reads the difference.</exception>
    public static void Run(RuleSetSource source, Terminal terminal, CancellationToken cancellation)
    {
        if (terminal.Variable("CI") is { Length: > 0 } ci && ci is not ("false" or "0"))
            throw new UsageException($"snapshots are not written in CI (CI={ci}), where nobody reads the difference; write them where you work, and commit them");
        if (!RuleTests.Load(source).TryGet(out var tests)) return;
        foreach (var (path, text) in tests.RecordSnapshots(cancellation))
        {
            var full = Path.Combine(terminal.WorkingDirectory, path);
            if (text is null)
            {
                File.Delete(full);
                terminal.Error.WriteLine($"took away {path}");
            }
            else if (!File.Exists(full) || File.ReadAllText(full) != text)
            {
                new ReportFiles(terminal, []).WriteFile(path, writer => writer.Write(text));
                terminal.Error.WriteLine($"wrote {path}");
            }
        }
    }
}
