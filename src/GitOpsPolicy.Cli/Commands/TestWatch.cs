using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// <c>test --watch</c>: runs the tests, and again those that a change may concern, until it is interrupted. It only ever writes
/// lines, so it may be piped; files that do not load are told, and waited for.
/// </summary>
/// <param name="terminal">Where results go.</param>
/// <param name="sourceOf">Where the rules and their tests are, in the files as they are now.</param>
/// <param name="filter">Cases that are of interest; null for all.</param>
/// <param name="verbose">List the cases that passed too.</param>
internal sealed class TestWatch(Terminal terminal, Func<FileTree, RuleSetSource> sourceOf, Regex? filter, bool verbose)
{
    private static readonly ImmutableArray<string> GoesWith = ["--watch", "--config", "--run", "--verbose"];

    private readonly SortedSet<string> pending = new(StringComparer.Ordinal);
    private bool isEverythingPending = true;
    private bool hasSaidSo;

    /// <summary>The option.</summary>
    public static Option<bool> CreateOption() => new("--watch")
    {
        Description = "Run again what a change of a rule, module, test or the configuration may concern, until interrupted.",
    };

    /// <summary>Watches until interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    /// <exception cref="UsageException">Another option of the command line does not go with it.</exception>
    public async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.CommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(static option => !option.Implicit && !GoesWith.Contains(option.Option.Name)) is { } other)
            throw new UsageException($"`--watch` does not go with `{other.Option.Name}`; run that by itself");
        using var files = new FileWatch(terminal, Roots());
        while (true)
        {
            var before = files.Take();   // what changes from here on is seen after the run
            Run(cancellation);
            await terminal.Out.FlushAsync(cancellation);
            if (!hasSaidSo) await terminal.Error.WriteLineAsync($"watching {Counted.Of(before.Count, "file")}; Ctrl-C ends it");
            hasSaidSo = true;
            await terminal.Error.FlushAsync(cancellation);
            var changed = await files.NextAsync(before, cancellation);
            pending.UnionWith(changed);
            await terminal.Out.WriteLineAsync(
                $"changed: {string.Join(", ", changed.Take(5))}{(changed.Length > 5 ? $" and {changed.Length - 5} more" : "")}");
        }
    }

    /// <summary>The folder of the configuration, or the working folder, and whatever was named.</summary>
    private ImmutableArray<string> Roots()
    {
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var source = sourceOf(tree);
        var folder = source.ConfigPath is { } config && config.LastIndexOf('/') is var slash and >= 0 ? config[..slash] : ".";
        return [
            folder,
            .. source.Policies.Where(path =>
                folder != "." || path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path))
        ];
    }

    // What is pending stays so while anything does not load.
    private void Run(CancellationToken cancellation)
    {
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var loaded = RuleTests.Load(sourceOf(tree));
        if (!loaded.TryGet(out var tests))
        {
            RuleSources.Refuse(terminal.Error, "the tests do not load; waiting for a change", loaded.Problems);
            return;
        }

        var report = tests.Run(isEverythingPending ? filter : tests.AffectedBy(pending, filter), cancellation);
        if (report.Results.IsEmpty) terminal.Out.WriteLine($"none of {Counted.Of(tests.Count, "case")} is concerned");
        else TestCommand.Tell(report, tests.Count, verbose, terminal.Out, terminal.Error);
        isEverythingPending = false;
        pending.Clear();
    }
}
