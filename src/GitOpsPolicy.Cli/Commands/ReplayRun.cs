using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Reports.Replaying;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>One run of <c>replay</c>: read the recording, judge each review again, report.</summary>
internal sealed class ReplayRun(Terminal terminal, RuleSet rules, string folder, string? environment)
{
    /// <summary>Reviews from one sign of life to the next.</summary>
    private const int Pace = 100;

    private readonly Progress progress = new(terminal);

    /// <summary>Runs it.</summary>
    /// <param name="report">The report to write.</param>
    /// <param name="failOn">What makes the exit code 1; null for nothing.</param>
    /// <param name="cancellation">Ends it early, with no report.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public int Execute(RequestedReport report, string? failOn, CancellationToken cancellation)
    {
        var replay = new ReviewReplay(rules, environment);
        var summary = new ReplaySummary(replay.Digest);
        foreach (var record in new RecordingFolder(terminal, folder).Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (summary.Count % Pace == 0) progress.Say($"judging review {summary.Count + 1}");
            summary.Add(replay.Judge(record));
        }

        progress.Clear();
        if (summary.Count == 0)
        {
            terminal.Error.WriteLine($"gitops-policy: there are no reviews in `{folder}`");
            return ExitCode.NoAnswer;
        }

        Write(summary, report);
        return ExitCodeFor(summary, failOn);
    }

    // That the same rules say something else than before makes whatever they say doubtful.
    private static int ExitCodeFor(ReplaySummary summary, string? failOn) => (summary.Unequal.Count > 0, failOn) switch
    {
        (true, _) => ExitCode.NoAnswer,
        (_, "newly-denied" or "changed") when summary[ReplayResult.NewlyDenied] > 0 => ExitCode.Failed,
        (_, "changed") when summary[ReplayResult.NewlyAllowed] > 0 => ExitCode.Failed,
        _ => ExitCode.Passed,
    };

    private void Write(ReplaySummary summary, RequestedReport report)
    {
        if (report.File is { } file)
            new ReportFiles(terminal, []).WriteFile(file, writer => Write(summary, report.Format, writer));
        else Write(summary, report.Format, terminal.Out);
    }

    private static void Write(ReplaySummary summary, string format, TextWriter writer)
    {
        if (format == "json") ReplayJsonReport.Write(summary, ReportFiles.ToolVersion, writer);
        else ReplayTextReport.Write(summary, writer);
    }
}
