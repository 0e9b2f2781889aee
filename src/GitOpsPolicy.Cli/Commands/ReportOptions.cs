using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options that say which reports to write, and what makes the exit code 1. Every command that judges takes them alike.
/// </summary>
/// <param name="actions">The words that <c>--fail-on</c> takes.</param>
internal sealed class ReportOptions(params string[] actions)
{
    /// <summary>The names that <c>--format</c> takes.</summary>
    public static readonly ImmutableArray<string> Formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"];

    /// <summary><c>--format</c>.</summary>
    public Option<string[]> Format { get; } = new("--format")
    {
        HelpName = "X[=FILE]",
        Description =
            $"Report to write: {string.Join(", ", Formats)}. Several may be given, all but one with `=FILE`. Default: text.",
    };

    /// <summary><c>--output</c>.</summary>
    public Option<string?> Output { get; } = new("--output")
    {
        HelpName = "FILE",
        Description = "Where the report without `=FILE` goes. Default: standard output.",
    };

    /// <summary><c>--fail-on</c>.</summary>
    public Option<string> FailOn { get; } = CreateFailOn(actions);

    /// <summary>The reports that were asked for.</summary>
    /// <exception cref="UsageException">An unknown format, an empty file name, or two reports for one place.</exception>
    public ImmutableArray<RequestedReport> Requested(ParseResult parsed) =>
        Requested(parsed.GetValue(Format) ?? [], parsed.GetValue(Output));

    /// <summary>The weakest action that makes the exit code 1.</summary>
    public FindingAction Weakest(ParseResult parsed) =>
        Enum.Parse<FindingAction>(parsed.GetRequiredValue(FailOn), ignoreCase: true);

    /// <summary>Reads <c>--format X[=FILE]</c> and <c>--output FILE</c>.</summary>
    /// <exception cref="UsageException">An unknown format, an empty file name, or two reports for one place.</exception>
    public static ImmutableArray<RequestedReport> Requested(string[] formats, string? output)
    {
        var reports = formats.Length == 0 ? [new RequestedReport("text", null)] : formats.Select(Parse).ToImmutableArray();
        if (reports.Count(static report => report.File is null) > 1)
            throw new UsageException(
                "only one `--format` can go to standard output; give the others a file: `--format sarif=findings.sarif`");
        if (output is not null)
        {
            if (reports.All(static report => report.File is not null))
                throw new UsageException("`--output` has no report to write: every `--format` names its own file");
            reports = [.. reports.Select(report => report with { File = report.File ?? output })];
        }

        var twice = reports.Where(static report => report.File is not null)
            .GroupBy(static report => report.File, StringComparer.Ordinal)
            .FirstOrDefault(static group => group.Count() > 1);
        return twice is null
            ? reports
            : throw new UsageException($"two reports would be written to `{twice.Key}`; give each its own file");
    }

    private static RequestedReport Parse(string text)
    {
        var (name, file) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        if (!Formats.Contains(name))
            throw new UsageException($"unknown format `{name}`; the formats are {string.Join(", ", Formats)}");
        return file is not "" ? new(name, file) : throw new UsageException($"`--format {text}` names no file after the `=`");
    }

    private static Option<string> CreateFailOn(string[] words)
    {
        var option = new Option<string>("--fail-on")
        {
            HelpName = string.Join('|', words),
            Description = "The weakest action that makes the exit code 1.",
            DefaultValueFactory = static _ => "deny",
        };
        option.Validators.Add(result =>
        {
            if (words.Contains(result.GetValueOrDefault<string>())) return;
            var but = string.Join(", ", words.SkipLast(1).Select(static word => $"'{word}'"));
            result.AddError($"The option '--fail-on' takes {but} or '{words[^1]}'.");
        });
        return option;
    }
}
