using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies;

/// <summary>Loads rule sets. Every problem of every file is reported at once.</summary>
public static class RuleSetLoader
{
    private const string DefaultWaivers = "waivers";
    private const string DefaultAcknowledgements = "acknowledgements";

    /// <summary>Loads a rule set, or tells everything that is wrong with it.</summary>
    public static Loaded<RuleSet> Load(RuleSetSource source)
    {
        var problems = new ProblemList();
        var (files, config) = Read(source, problems);
        return Finish(files, config, problems, source.Tracer?.Instrumentation);
    }

    /// <summary>Loads the configuration alone; <see cref="PolicyConfig.None"/> where there is none.</summary>
    public static Loaded<PolicyConfig> LoadConfig(RuleSetSource source)
    {
        var problems = new ProblemList();
        var config = LoadConfig(source, problems, out _);
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(config);
    }

    /// <summary>Reads the configuration and the files it names, without putting them together.</summary>
    internal static (PolicyFiles Files, PolicyConfig Config) Read(RuleSetSource source, ProblemList problems)
    {
        var config = LoadConfig(source, problems, out var folder) with { WorkingFolder = source.WorkingFolder };
        config = new ParameterFiles(source.Tree, folder, problems).Resolve(config);
        var files = new PolicyFiles(problems);
        foreach (var path in RulePaths(source, config, folder)) Add(files, source.Tree, path, PolicyFiles.AnyKind);
        foreach (var path in Paths(source.Tree, config.Waivers, folder, DefaultWaivers))
            Add(files, source.Tree, path, PolicyFiles.AnyKind);
        if (config.Drift.Table is { } table) files.Add(source.Tree, Join(folder, table), PolicyFiles.AnyKind);
        var head = source.Head ?? source.Tree;
        foreach (var path in Paths(head, config.Acknowledgements, folder, DefaultAcknowledgements))
            files.Add(head, path, "Acknowledgement");
        return (files, config);
    }

    /// <summary>Puts a rule set together from what was read, checking what can only be checked with everything at hand.</summary>
    private static Loaded<RuleSet> Finish(
        PolicyFiles files, PolicyConfig config, ProblemList problems, ScriptInstrumentation? instrumentation)
    {
        var rules = files.LoadRules(files.DriftTable, instrumentation: instrumentation);
        ReportDuplicates(rules.Select(r => (r.Metadata.Name, r.Metadata.Location)), "rule", problems);
        ReportDuplicates(files.Waivers.Select(w => (w.Name, w.Location)), "waiver", problems);
        ReportDuplicates(files.Acknowledgements.Select(a => (a.Name, a.Location)), "acknowledgement", problems);
        var byName = rules.GroupBy(r => r.Metadata.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

        // A rule that did not load would make every mention of it a second problem.
        if (problems.Count == 0)
        {
            EffectiveParameters.Check(byName, config, problems);
            foreach (var unknown in config.RuleEnforcement.Where(e => !byName.ContainsKey(e.Rule)))
                problems.Add(unknown.Location, $"there is no rule `{unknown.Rule}`{Suggestion.For(unknown.Rule, byName.Keys)}");
        }

        if (problems.Count > 0) return new(problems.InFileOrder());
        var set = new RuleSet([.. rules.OrderBy(r => r.Metadata.Name, StringComparer.Ordinal)], config)
        {
            Waivers = [.. files.Waivers.OrderBy(w => w.Name, StringComparer.Ordinal)],
            Acknowledgements = [.. files.Acknowledgements.OrderBy(a => a.Name, StringComparer.Ordinal)],
            DriftTable = files.DriftTable,
        };
        return new(set.WithDigest(RuleSetDigest.Of(set, files)));
    }

    private static PolicyConfig LoadConfig(RuleSetSource source, ProblemList problems, out string folder)
    {
        var path = source.ConfigPath ?? RuleSetSource.DefaultConfig;
        folder = path.Contains('/') ? path[..path.LastIndexOf('/')] : "";
        if (!source.Tree.TryRead(path, out var bytes, out var problem))
        {
            if (problem is not null) problems.AddRange([problem]);
            else if (source.ConfigPath is not null) problems.AddFile(path, "there is no such configuration");
            return PolicyConfig.None;
        }

        var loaded = YamlReader.Read(new TextFile(path, bytes) { Revision = source.Tree.Revision }, bytes, ReaderLimits.Default);
        problems.AddRange(loaded.Problems);
        if (!loaded.TryGet(out var stream)) return PolicyConfig.None;
        var documents = stream.Documents.Select(d => d.Root).OfType<MappingNode>()
            .Where(root => PolicyFiles.KindOf(root, problems) == "PolicyConfig").ToList();
        if (documents.Count == 1) return new PolicyConfigReader(problems).Read(documents[0]);
        problems.AddFile(
            path,
            documents.Count == 0
                ? "there is no document of kind `PolicyConfig` in this file"
                : "there is more than one document of kind `PolicyConfig` in this file",
            documents.Count == 0 ? "it starts with `apiVersion: gitopspolicy.dev/v1alpha1` and `kind: PolicyConfig`" : null);
        return PolicyConfig.None;
    }

    private static IEnumerable<string> RulePaths(RuleSetSource source, PolicyConfig config, string folder)
    {
        if (!source.Policies.IsEmpty) return source.Policies;
        if (!config.Rules.IsDefault) return config.Rules.Select(p => p == PolicyConfig.Builtin ? p : Join(folder, p));
        var usual = Join(folder, PolicyConfig.DefaultRules);
        return [source.Tree.Find(usual) == PathKind.Folder ? usual : PolicyConfig.Builtin];
    }

    private static IEnumerable<string> Paths(FileTree tree, ImmutableArray<string> configured, string folder, string usual)
    {
        if (!configured.IsDefault) return configured.Select(p => Join(folder, p));
        usual = Join(folder, usual);
        return tree.Find(usual) == PathKind.Folder ? [usual] : [];
    }

    private static void Add(PolicyFiles files, FileTree tree, string path, string kind)
    {
        if (path == PolicyConfig.Builtin) files.Add(BuiltinTree.Instance, BuiltinTree.Folder, kind);
        else files.Add(tree, path, kind);
    }

    private static void ReportDuplicates(
        IEnumerable<(string Name, SourceLocation Location)> named, string what, ProblemList problems)
    {
        foreach (var same in named.Where(n => n.Name.Length > 0).GroupBy(n => n.Name, StringComparer.Ordinal))
            foreach (var (name, location) in same.Skip(1))
                problems.Add(location, $"there is another {what} `{name}` at {same.First().Location}");
    }

    private static string Join(string folder, string path)
    {
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return folder.Length == 0 ? path.TrimEnd('/') : $"{folder}/{path.TrimEnd('/')}";
    }
}
