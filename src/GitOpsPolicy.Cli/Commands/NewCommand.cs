using System.CommandLine;
using GitOpsPolicy.Authoring;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy new rule NAME</c>: writes a rule with tests.</summary>
internal static class NewCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The rule's name: lower-case letters, digits and dashes." };
        var javaScript = new Option<bool>("--javascript") { Description = "Write it in JavaScript." };
        var yaml = new Option<bool>("--yaml") { Description = "Write it in YAML, which is the default." };
        var family = new Option<string?>("--family")
        {
            HelpName = "NAME",
            Description = "Folder below the rules to put it into; also its category.",
        };
        var rule = new Command(
            "rule", "Writes a rule and its tests, which pass: a start to be changed.") { name, javaScript, yaml, family };
        rule.SetAction(parsed =>
        {
            if (parsed.GetValue(javaScript) && parsed.GetValue(yaml))
                throw new UsageException("give `--javascript` or `--yaml`, not both");
            var language = parsed.GetValue(javaScript) ? RuleLanguage.JavaScript : RuleLanguage.Yaml;
            return Write(parsed.GetRequiredValue(name), language, parsed.GetValue(family), terminal);
        });
        return new Command("new", "Writes files to begin with.") { rule };
    }

    private static int Write(string name, RuleLanguage language, string? family, Terminal terminal)
    {
        foreach (var given in new[] { name, family }.OfType<string>().Where(given => !Templates.IsName(given)))
            throw new UsageException(
                $"`{given}` is no name: lower-case letters, digits and dashes, at most 63, such as `approved-images`");

        using var tree = new WorkTree(terminal.WorkingDirectory);
        var source = RuleSources.SourceOf(tree, null, [], terminal);
        var loaded = RuleSetLoader.LoadConfig(source);
        if (!loaded.TryGet(out var config))
            return RuleSources.Refuse(terminal.Error, "the configuration does not load", loaded.Problems);
        if (RuleSetLoader.Load(source).TryGet(out var rules)
            && rules.Rules.FirstOrDefault(rule => rule.Name == name) is { } other)
            throw new UsageException($"there is a rule `{name}` already, at {other.Location}");

        var folder = config.OwnRules.FirstOrDefault(path => Path.GetExtension(path).Length == 0)?.TrimEnd('/')
            ?? PolicyConfig.DefaultRules;
        var files = new AuthoredFiles(terminal, FolderOf(source.ConfigPath));
        var written = Templates.Rule(name, language, folder, family);
        if (written.FirstOrDefault(file => files.Exists(file.Path)) is { } there)
            throw new UsageException($"`{files.PathOf(there.Path)}` is there already");
        foreach (var file in written) files.Write(files.Exists(EditorFiles.SchemaPath) ? file : WithoutSchema(file));
        Advise(config, source, folder, terminal);
        return ExitCode.Passed;
    }

    // An editor complains about a schema that is not there.
    private static AuthoredFile WithoutSchema(AuthoredFile file) =>
        file with { Text = file.Text.StartsWith("# yaml-language-server:", StringComparison.Ordinal)
            ? file.Text[(file.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..]
            : file.Text };

    private static void Advise(PolicyConfig config, RuleSetSource source, string folder, Terminal terminal)
    {
        if (source.ConfigPath is null)
            terminal.Error.WriteLine($"gitops-policy: without a configuration the rules in `{folder}` now stand alone; `gitops-policy init` writes one that adds those that ship");
        else if (config.OwnRules.IsEmpty)
            terminal.Error.WriteLine(
                $"gitops-policy: add `{folder}` to `rules` in {source.ConfigPath}, or the rule is not applied");
    }

    private static string FolderOf(string? config) =>
        config is not null && config.Contains('/') ? config[..config.LastIndexOf('/')] : "";
}
