using System.CommandLine;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy rules</c>: lists the rules in force.</summary>
internal static class RulesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var sources = new RuleSourceOptions();
        var command = new Command("rules", "Lists the rules in force, with what each may do.") { sources.Config, sources.Policies };
        command.SetAction(parsed =>
        {
            if (!sources.TryLoad(parsed, terminal, out var rules)) return ExitCode.Usage;
            var width = rules.Rules.Max(static rule => (int?)rule.Name.Length) ?? 0;
            foreach (var rule in rules.Rules)
            {
                var enforcement = rules.EnforcementOf(rule, Surface.Ci).ToString().ToLowerInvariant();
                terminal.Out.WriteLine($"{rule.Name.PadRight(width)}  {rule.Severity.ToString().ToLowerInvariant(),-8}  {enforcement,-5}  {rule.Title}");
            }

            terminal.Out.WriteLine($"{rules.Rules.Length} rules, {rules.Digest}");
            return ExitCode.Passed;
        });
        return command;
    }
}
