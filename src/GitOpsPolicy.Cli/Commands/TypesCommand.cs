using System.CommandLine;
using GitOpsPolicy.Authoring;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy types [DIR]</c>: writes what editors need to complete and check rules.</summary>
internal static class TypesCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "The folder that holds `gitops-policy.yaml`.",
            DefaultValueFactory = static _ => ".",
        };
        var command =
            new Command("types", "Writes type declarations and schemas, so that editors complete and check rules.") { folder };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(folder), terminal));
        return command;
    }

    /// <summary>Writes the declarations, the schema, and a <c>jsconfig.json</c> where there is none.</summary>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public static int Write(string folder, Terminal terminal)
    {
        var full = Path.GetFullPath(Path.Combine(terminal.WorkingDirectory, folder));
        if (!Directory.Exists(full)) throw new UsageException($"there is no folder `{folder}`");
        using var tree = new WorkTree(full);
        var loaded = RuleSetLoader.LoadConfig(new() { Tree = tree });
        if (!loaded.TryGet(out var config))
            return RuleSources.Refuse(terminal.Error, "the configuration does not load", loaded.Problems);

        var files = new AuthoredFiles(terminal, folder);
        foreach (var file in EditorFiles.Generated) files.Write(file);
        if (!files.WriteNew(EditorFiles.Project(config.OwnRules)))
            terminal.Error.WriteLine($"gitops-policy: see to it that `{files.PathOf(EditorFiles.ProjectFile)}` includes `{EditorFiles.Folder}/*.d.ts`");
        return ExitCode.Passed;
    }
}
