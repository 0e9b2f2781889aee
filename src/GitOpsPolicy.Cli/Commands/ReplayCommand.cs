using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy replay</c>: judges recorded reviews by other rules.</summary>
internal static class ReplayCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that `serve --record` wrote." };
        var sources = new RuleSourceOptions();
        var environment = new Option<string?>("--environment")
        {
            HelpName = "E",
            Description = "The environment to judge in. Default: the recorded one.",
        };
        var format = new Option<string>("--format")
        {
            HelpName = "text|json|records",
            Description = "What to write: a report, or the whole records as they are, to be kept elsewhere.",
            DefaultValueFactory = static _ => "text",
        };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to. Default: standard output." };
        var failOn = new Option<string?>("--fail-on")
        {
            HelpName = "newly-denied|changed",
            Description =
                "Exit with 1 when a review would be denied that was not, or when any answer would change. Default: never.",
        };
        Accepts(format, "text", "json", "records");
        Accepts(failOn, "newly-denied", "changed");
        var command = new Command(
            "replay",
            "Says what rules would make of the reviews that a webhook has recorded.") { folder, sources.Config, sources.Policies,
                environment, format, output, failOn };
        command.SetAction((parsed, cancellation) => Task.FromResult(
            parsed.GetRequiredValue(format) == "records" ? new RecordingFolder(terminal, parsed.GetRequiredValue(folder)).Copy(
                parsed.GetValue(output))
            : sources.TryLoad(parsed, terminal, out var rules)
                ? new ReplayRun(terminal, rules, parsed.GetRequiredValue(folder), parsed.GetValue(environment)).Execute(
                    new(parsed.GetRequiredValue(format), parsed.GetValue(output)), parsed.GetValue(failOn), cancellation)
            : Evaluation.ExitCode.Usage));
        return command;
    }

    private static void Accepts<T>(Option<T> option, params string[] words) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !words.Contains(token.Value))
            result.AddError($"The option '{option.Name}' takes '{string.Join("' or '", words)}'.");
    });
}
