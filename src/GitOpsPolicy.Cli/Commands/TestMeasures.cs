using System.Collections.Immutable;
using System.CommandLine;
using System.Text.RegularExpressions;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Policies.Testing.Coverage;
using GitOpsPolicy.Policies.Testing.Mutation;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// How good the tests are, as far as <c>test</c> was asked: what they come to, and which changes to the rules they notice.
/// </summary>
internal sealed record TestMeasures
{
    /// <summary>Rule folders that stood where a report was expected.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    private ImmutableArray<RequestedReport> Reports { get; init; }

    private ImmutableArray<CoverageThreshold> Thresholds { get; init; }

    private bool Mutates { get; init; }

    /// <summary>What the tests come to has to be counted.</summary>
    public bool CountsCoverage => !Reports.IsEmpty || Thresholds.Any(t => t.What != "mutation");

    /// <summary>A report for a program goes to standard output, so nothing else may.</summary>
    public bool IsForProgram => Reports.Any(r => r is { File: null, Format: not "text" });

    /// <summary>Reads the options.</summary>
    public static TestMeasures Read(ParseResult parsed, CoverageOptions options, Option<bool> mutate)
    {
        var thresholds = CoverageThreshold.Read(parsed.GetValue(options.Threshold) ?? []);
        var (reports, paths) = CoverageOptions.Read(
            parsed.GetValue(options.Coverage) ?? [], parsed.GetResult(options.Coverage) is { Implicit: false });
        return new()
        {
            Paths = paths,
            Reports = reports,
            Thresholds = thresholds,
            Mutates = parsed.GetValue(mutate) || thresholds.Any(t => t.What == "mutation"),
        };
    }

    /// <summary>Writes what was asked for, and holds it against the thresholds.</summary>
    /// <returns>The exit code: failed when a threshold is not met.</returns>
    public int Take(RuleTests tests, RuleTestReport report, Regex? filter, Terminal terminal, CancellationToken cancellation)
    {
        var shares = new Dictionary<string, Share>(StringComparer.Ordinal);
        if (report.Coverage is { } coverage)
        {
            CoverageOptions.Write(coverage, Reports, terminal);
            (shares["line"], shares["branch"], shares["message"]) = (coverage.Lines, coverage.Branches, coverage.Messages);
        }

        if (!Mutates) return CoverageThreshold.Hold(Thresholds, shares, terminal.Error);
        if (!report.Passed)
        {
            terminal.Error.WriteLine("gitops-policy: rules are changed only once their tests pass as they are");
            return ExitCode.Failed;
        }

        var mutation = tests.Mutate(filter, cancellation);
        Tell(mutation, IsForProgram ? terminal.Error : terminal.Out);
        shares["mutation"] = mutation.Noticed;
        return CoverageThreshold.Hold(Thresholds, shares, terminal.Error);
    }

    private static void Tell(MutationReport mutation, TextWriter page)
    {
        foreach (var survivor in mutation.Survivors) page.WriteLine($"{survivor.Location}  {survivor.Change}  no test noticed");
        page.WriteLine($"{Counted.Of(mutation.Mutants.Length, "change")} tried, {mutation.Noticed.Covered} noticed, {mutation.Survivors.Count()} survived{(mutation.LeftOut > 0 ? $", {mutation.LeftOut} left out" : "")}");
    }
}
