using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Authoring;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy init [DIR]</c>: writes what a repository begins with.</summary>
internal static class InitCommand
{
    private const string NextSteps = """

        Next:
          gitops-policy test                    runs the tests of the example rule
          gitops-policy check .                 judges what is here
          gitops-policy new rule NAME           writes another rule, with tests
          gitops-policy check . --base main     judges the difference to a branch: the line for continuous integration
        """;

    private static readonly Dictionary<string, Controllers> ControllerNames = new(StringComparer.Ordinal)
    {
        ["argocd"] = Controllers.ArgoCd,
        ["flux"] = Controllers.Flux,
        ["both"] = Controllers.Both,
    };
    private static readonly Dictionary<string, CiSystems> CiNames = new(StringComparer.Ordinal)
    {
        ["github"] = CiSystems.GitHub,
        ["gitlab"] = CiSystems.GitLab,
        ["both"] = CiSystems.Both,
    };

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "Where to; it is made when it is not there.",
            DefaultValueFactory = static _ => ".",
        };
        var controller = Choice(
            "--controller", ControllerNames.Keys,
            "Who applies what Git says, and is configured so that it deletes nothing by mistake.");
        var ci = Choice("--ci", CiNames.Keys, "Where pull requests are judged, promotions compared and drift is looked for.");
        var rulesOnly = new Option<bool>("--rules-only")
        {
            Description = "Only what rules need: a configuration, an example rule with tests, and what editors need.",
        };
        var command = new Command(
            "init",
            "Writes a repository as we recommend it: environments, controllers, CI jobs, rules with tests, alerts and runbooks. Nothing that is there is changed.") { folder, controller, ci, rulesOnly };
        command.SetAction(parsed =>
        {
            var isSmall = parsed.GetValue(rulesOnly);
            if (isSmall && (parsed.GetResult(controller) is { Implicit: false } || parsed.GetResult(ci) is { Implicit: false }))
                throw new UsageException(
                    "`--rules-only` writes nothing for controllers or CI; leave out `--controller` and `--ci`");
            return Write(
                parsed.GetRequiredValue(folder),
                isSmall
                    ? Templates.Repository
                    : RepositoryTree.For(
                        ControllerNames[parsed.GetRequiredValue(controller)], CiNames[parsed.GetRequiredValue(ci)]), terminal);
        });
        return command;
    }

    private static Option<string> Choice(string name, IEnumerable<string> words, string description)
    {
        var option = new Option<string>(name)
        {
            HelpName = string.Join('|', words),
            Description = description,
            DefaultValueFactory = static _ => "both",
        };
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }

    private static int Write(string folder, ImmutableArray<AuthoredFile> repository, Terminal terminal)
    {
        var files = new AuthoredFiles(terminal, folder);
        files.MakeFolder();
        foreach (var file in repository) files.WriteNew(file);
        var exit = TypesCommand.Write(folder, terminal);
        if (exit == ExitCode.Passed) terminal.Out.WriteLine(NextSteps.ReplaceLineEndings("\n"));
        return exit;
    }
}
