using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Looks at rule files for what loads and is a mistake all the same.</summary>
public static class Linter
{
    /// <summary>Lints the rules of a source, those that ship in the binary left out; or tells why they do not load.</summary>
    /// <param name="source">Where the rules are.</param>
    /// <param name="today">The day it is; waivers expire by it.</param>
    public static Loaded<LintReport> Lint(RuleSetSource source, DateOnly today)
    {
        // Everything that keeps a rule set from loading is told there; with folders named, the configuration may be about rules
        // that are not in them.
        if (source.Policies.IsEmpty && RuleSetLoader.Load(source) is { Problems: { IsEmpty: false } broken }) return new(broken);
        var problems = new ProblemList();
        var (files, config) = RuleSetLoader.Read(source, problems);
        var rules = files.LoadRules(files.DriftTable);
        var tests = files.Tests.SelectMany(document => new RuleTestReader(source.Tree, problems).Read(document))
            .ToImmutableArray();
        if (problems.Count > 0) return new(problems.InFileOrder());

        var context = new LintContext(config, [.. rules.Select(static rule => rule.Metadata)], Subjects(files, rules), tests);
        var found = LintChecks.OfRules(context).Concat(LintChecks.OfWaivers(files.Waivers, context, today))
            .Concat(OfModules(files));
        var texts = files.Texts.Where(static text => text.Tree is not BuiltinTree)
            .ToLookup(static text => text.Path, static text => text.Text, StringComparer.Ordinal);
        return new(LintIgnores.Apply(
            [.. found.Distinct()], texts.Select(static same => (same.Key, same.First())), context.Subjects.Length));
    }

    private static ImmutableArray<LintSubject> Subjects(PolicyFiles files, List<Rule> rules)
    {
        var byPlace = rules.GroupBy(static rule => rule.Metadata.Location.File, StringComparer.Ordinal)
            .ToDictionary(static file => file.Key, static file => file.ToList(), StringComparer.Ordinal);
        var reader = new LintSubjects([.. BuiltinModules.Scope(BuiltinModules.For(files.DriftTable, new ProblemList())).Keys]);
        var subjects = ImmutableArray.CreateBuilder<LintSubject>();
        foreach (var document in files.RuleDocuments.Where(static document => !BuiltinTree.Ships(document.Location.File)))
            if (byPlace[document.Location.File].Find(rule => rule.Metadata.Location == document.Location) is { } rule)
                subjects.Add(reader.OfYaml(rule.Metadata, document));
        foreach (var (tree, file, text) in files.ScriptFiles.Where(static script => script.Tree is not BuiltinTree))
            if (byPlace.GetValueOrDefault(file.Path) is [var rule]
                && LintSubjects.OfScript(rule.Metadata, file, text) is { } subject)
                subjects.Add(subject);
        return [.. subjects.OrderBy(static subject => subject.Metadata.Name, StringComparer.Ordinal)];
    }

    // Modules that rules import: what holds of any code holds of theirs.
    private static IEnumerable<LintFinding> OfModules(PolicyFiles files) =>
        from script in files.ScriptFiles
        where script.Tree is not BuiltinTree
        let facts = ScriptAnalysis.OfModule(script.File, script.Text)
        where facts is { DefaultExport: null }
        from finding in CodeLints.Of(facts, null)
        select finding;
}

/// <summary>Everything that lints look at.</summary>
/// <param name="Config">The configuration.</param>
/// <param name="Known">Every rule there is, shipped ones included.</param>
/// <param name="Subjects">The rules that are linted, by name.</param>
/// <param name="Tests">The test cases.</param>
internal sealed record LintContext(
    PolicyConfig Config, ImmutableArray<RuleMetadata> Known, ImmutableArray<LintSubject> Subjects,
    ImmutableArray<RuleTestCase> Tests);
