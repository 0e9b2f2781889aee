using System.Collections.Immutable;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What <c>--fix-patch</c> writes.</summary>
internal static class FixPatch
{
    private const string StandardOutput = "-";

    /// <summary>The reports to write beside the patch: where that goes to standard output, no report does.</summary>
    /// <exception cref="UsageException">Both were asked for there.</exception>
    public static ImmutableArray<RequestedReport> LeaveRoom(string? patch, string[] formats, string? output)
    {
        if (patch is "") throw new UsageException("`--fix-patch` names no file; `-` is standard output");
        if (patch == StandardOutput && formats.Length == 0 && output is null) return [];
        var reports = ReportOptions.Requested(formats, output);
        if (patch == StandardOutput && reports.Any(static report => report.File is null))
            throw new UsageException("only one thing can go to standard output; with `--fix-patch -` give each report a file: `--format sarif=findings.sarif`");
        return reports;
    }

    /// <summary>Writes the patch, and says on standard error what is in it.</summary>
    public static void Write(FoundFixes fixes, string file, Terminal terminal)
    {
        if (file == StandardOutput) UnifiedDiff.Write(fixes.Files, terminal.Out);
        else new ReportFiles(terminal, []).WriteFile(file, writer => UnifiedDiff.Write(fixes.Files, writer));
        terminal.Error.WriteLine($"gitops-policy: {Describe(fixes, file == StandardOutput ? "the patch" : $"`{file}`")}");
    }

    private static string Describe(FoundFixes fixes, string patch)
    {
        if (fixes.Count == 0) return $"{patch} is empty: no finding has a fix that is certain";
        var rest = fixes.LeftOut == 0
            ? ""
            : $"; {fixes.LeftOut} more for the same places {(fixes.LeftOut == 1 ? "needs" : "need")} another run once it is applied";
        return $"{patch} has {Counted.Of(fixes.Count, "fix", "fixes")} in {Counted.Of(fixes.Files.Length, "file")}; look at it, then run `git apply`{rest}";
    }
}
