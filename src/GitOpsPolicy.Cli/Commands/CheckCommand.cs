using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy check</c>: judges manifests, differences and plans, and reports.</summary>
internal static class CheckCommand
{
    /// <summary>The names that <c>--format</c> takes.</summary>
    public static readonly ImmutableArray<string> Formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"];

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var inputs = new InputOptions();
        var config = new Option<string?>("--config") { HelpName = "FILE", Description = "The configuration file. Default: `gitops-policy.yaml` at the root of the repository." };
        var policies = new Option<string?>("--policies") { HelpName = "DIR", Description = "Use the rules of this folder instead of those the configuration names." };
        var environment = new Option<string?>("--environment") { HelpName = "E", Description = "The environment everything belongs to. Default: the configuration's `environments`, by path." };
        var now = new Option<string?>("--now") { HelpName = "TIME", Description = "The moment that ages of versions are counted to, and at which freeze windows are open or not, as `2026-11-21` or `2026-11-21T20:00:00Z`. Default: when the head was committed; for windows, now." };
        var approvals = new Option<string?>("--approvals") { HelpName = "FILE", Description = "Who has approved the pull request, for the promotion rules: `{ \"author\": …, \"approvedBy\": […] }`." };
        var format = new Option<string[]>("--format") { HelpName = "X[=FILE]", Description = $"Report to write: {string.Join(", ", Formats)}. Several may be given, all but one with `=FILE`. Default: text." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where the report without `=FILE` goes. Default: standard output." };
        var failOn = FailOn("deny", "warn");
        var allowUndetermined = new Option<bool>("--allow-undetermined") { Description = "Do not fail when a rule needed a value that is not known until apply." };

        var known = new Option<string?>("--baseline") { HelpName = "FILE", Description = "Count the findings that this file names, and tell only new ones. With `--base` and a Git revision it is read from there." };
        var write = new Option<string?>("--write-baseline") { HelpName = "FILE", Description = "Write what is found now as a baseline. Findings about deletions are in none." };
        var patch = new Option<string?>("--fix-patch") { HelpName = "FILE", Description = "Write the fixes that rules are certain of as a patch for `git apply`; `-` is standard output." };

        var command = new Command("check", "Judges changes and reports what stands against them.")
        {
            inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, inputs.Live, config, policies, environment, now, approvals, format, output, failOn, allowUndetermined, known, write, patch, inputs.NoRender,
        };
        command.SetAction((parsed, cancellation) => new CheckRun(terminal, inputs.Read(parsed) with
        {
            Config = parsed.GetValue(config),
            Policies = parsed.GetValue(policies),
            Environment = parsed.GetValue(environment),
            Now = parsed.GetValue(now),
            Approvals = parsed.GetValue(approvals),
            Reports = FixPatch.LeaveRoom(parsed.GetValue(patch), parsed.GetValue(format) ?? [], parsed.GetValue(output)),
            FixPatch = parsed.GetValue(patch),
            FailOn = parsed.GetValue(failOn) == "warn" ? FindingAction.Warn : FindingAction.Deny,
            KnownFindings = parsed.GetValue(known),
            FindingsToWrite = parsed.GetValue(write),
            AllowUndetermined = parsed.GetValue(allowUndetermined),
        }).ExecuteAsync(cancellation));
        return command;
    }

    /// <summary><c>--fail-on</c>, which takes these words.</summary>
    internal static Option<string> FailOn(params string[] words)
    {
        var option = new Option<string>("--fail-on") { HelpName = string.Join('|', words), Description = "The weakest action that makes the exit code 1.", DefaultValueFactory = static _ => "deny" };
        option.Validators.Add(result =>
        {
            if (!words.Contains(result.GetValueOrDefault<string>())) result.AddError($"The option '--fail-on' takes {string.Join(", ", words.SkipLast(1).Select(static word => $"'{word}'"))} or '{words[^1]}'.");
        });
        return option;
    }

    /// <summary>Reads <c>--format X[=FILE]</c> and <c>--output FILE</c>.</summary>
    /// <exception cref="UsageException">An unknown format, an empty file name, or two reports for one place.</exception>
    internal static ImmutableArray<RequestedReport> RequestedReports(string[] formats, string? output)
    {
        var reports = formats.Length == 0 ? [new RequestedReport("text", null)] : formats.Select(Parse).ToImmutableArray();
        if (reports.Count(static report => report.File is null) > 1)
            throw new UsageException("only one `--format` can go to standard output; give the others a file: `--format sarif=findings.sarif`");
        if (output is not null)
        {
            if (reports.All(static report => report.File is not null))
                throw new UsageException("`--output` has no report to write: every `--format` names its own file");
            reports = [.. reports.Select(report => report with { File = report.File ?? output })];
        }

        var twice = reports.Where(static report => report.File is not null).GroupBy(static report => report.File, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1);
        return twice is null ? reports : throw new UsageException($"two reports would be written to `{twice.Key}`; give each its own file");
    }

    private static RequestedReport Parse(string text)
    {
        var (name, file) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        if (!Formats.Contains(name)) throw new UsageException($"unknown format `{name}`; the formats are {string.Join(", ", Formats)}");
        return file is not "" ? new(name, file) : throw new UsageException($"`--format {text}` names no file after the `=`");
    }
}
