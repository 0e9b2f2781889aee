using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy check</c>: judges manifests, differences and plans, and reports.</summary>
internal static class CheckCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (inputs, sources, reports) = (new InputOptions(), new RuleSourceOptions(), new ReportOptions("deny", "warn"));
        var (now, approvals, allowUndetermined) = (CreateNow(), CreateApprovals(), CreateAllowUndetermined());
        var (known, write, patch) = (CreateBaseline(), CreateWriteBaseline(), CreateFixPatch());
        var command = new Command("check", "Judges changes and reports what stands against them.")
        {
            inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, inputs.Live, sources.Config, sources.Policies,
            inputs.Environment, now, approvals, reports.Format, reports.Output, reports.FailOn, allowUndetermined, known, write,
            patch, inputs.NoRender,
        };
        command.SetAction((parsed, cancellation) => new CheckRun(terminal, inputs.Read(parsed) with
        {
            Config = parsed.GetValue(sources.Config),
            Policies = parsed.GetValue(sources.Policies),
            Now = parsed.GetValue(now),
            Approvals = parsed.GetValue(approvals),
            Reports = FixPatch.LeaveRoom(
                parsed.GetValue(patch), parsed.GetValue(reports.Format) ?? [], parsed.GetValue(reports.Output)),
            FixPatch = parsed.GetValue(patch),
            FailOn = reports.Weakest(parsed),
            KnownFindings = parsed.GetValue(known),
            FindingsToWrite = parsed.GetValue(write),
            AllowUndetermined = parsed.GetValue(allowUndetermined),
        }).ExecuteAsync(cancellation));
        return command;
    }

    private static Option<string?> CreateNow() => new("--now")
    {
        HelpName = "TIME",
        Description =
            "The moment that ages of versions are counted to, and at which freeze windows are open or not, as `2026-11-21` or "
            + "`2026-11-21T20:00:00Z`. Default: when the head was committed; for windows, now.",
    };

    private static Option<string?> CreateApprovals() => new("--approvals")
    {
        HelpName = "FILE",
        Description =
            "Who has approved the pull request, for the promotion rules: `{ \"author\": …, \"approvedBy\": […] }`.",
    };

    private static Option<bool> CreateAllowUndetermined() => new("--allow-undetermined")
    {
        Description = "Do not fail when a rule needed a value that is not known until apply.",
    };

    private static Option<string?> CreateBaseline() => new("--baseline")
    {
        HelpName = "FILE",
        Description =
            "Count the findings that this file names, and tell only new ones. With `--base` and a Git revision it is read from "
            + "there.",
    };

    private static Option<string?> CreateWriteBaseline() => new("--write-baseline")
    {
        HelpName = "FILE",
        Description = "Write what is found now as a baseline. Findings about deletions are in none.",
    };

    private static Option<string?> CreateFixPatch() => new("--fix-patch")
    {
        HelpName = "FILE",
        Description = "Write the fixes that rules are certain of as a patch for `git apply`; `-` is standard output.",
    };
}
