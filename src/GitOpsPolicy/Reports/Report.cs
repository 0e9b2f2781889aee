using System.Collections.Frozen;
using System.Text;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>One way of telling a decision. A report shows nothing sensitive and escapes what it shows for its format.</summary>
public abstract class Report
{
    /// <summary>Every report by the name that the command line uses.</summary>
    public static FrozenDictionary<string, Report> ByName { get; } = new Dictionary<string, Report>(StringComparer.Ordinal)
    {
        ["text"] = new TextReport(),
        ["json"] = new JsonReport(),
        ["sarif"] = new SarifReport(),
        ["junit"] = new JUnitReport(),
        ["github"] = new GitHubReport(),
        ["gitlab"] = new GitLabReport(),
        ["markdown"] = new MarkdownReport(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Writes the whole report. The same decision in the same context gives the same text.</summary>
    public abstract void Write(Decision decision, ReportContext context, TextWriter writer);

    /// <summary>
    /// Writes JSON as a text of its own. Two <c>#</c> in a row, which stand in strings only, are spelt so that no CI service
    /// whose log it goes to takes <c>##[…</c> or <c>##vso[…</c> for a command to itself.
    /// </summary>
    internal static void WriteJson(TextWriter writer, ReadOnlySpan<byte> utf8)
    {
        writer.Write(Encoding.UTF8.GetString(utf8).Replace("##", "#\\u0023"));
        writer.WriteLine();
    }
}

/// <summary>What a report has to know beside the decision.</summary>
public sealed record ReportContext
{
    /// <summary>Version of the program, as <c>--version</c> prints it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The exit code that goes with this decision.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Colour the text with terminal escapes.</summary>
    public bool Color { get; init; }
}
