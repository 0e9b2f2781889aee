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

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Where to; it is made when it is not there.", DefaultValueFactory = static _ => "." };
        var command = new Command("init", "Writes a configuration, an example rule with tests, and what editors need. Nothing that is there is changed.") { folder };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(folder), terminal));
        return command;
    }

    private static int Write(string folder, Terminal terminal)
    {
        var files = new AuthoredFiles(terminal, folder);
        files.MakeFolder();
        foreach (var file in Templates.Repository) files.WriteNew(file);
        var exit = TypesCommand.Write(folder, terminal);
        if (exit == ExitCode.Passed) terminal.Out.WriteLine(NextSteps.ReplaceLineEndings("\n"));
        return exit;
    }
}
