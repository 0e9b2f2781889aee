using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies.Testing.Mutation;

/// <summary>
/// Changes rules in one place at a time and runs their own tests against each change. A rule that then uses up its budget fails,
/// so its tests notice. The same rules and tests give the same report.
/// </summary>
/// <param name="files">The files that the rules were loaded from.</param>
/// <param name="run">Says whether a case passes with one of its rules replaced.</param>
internal sealed class MutationRun(PolicyFiles files, Func<RuleTestCase, ChangeSet, Rule, bool> run)
{
    /// <summary>Of one rule no more changes are tried: the first ones.</summary>
    public const int MostPerRule = 500;

    private readonly Dictionary<RuleTestCase, ChangeSet> changes = new(ReferenceEqualityComparer.Instance);
    private readonly List<(MappingNode? Table, IReadOnlyDictionary<string, NativeModule> Modules)> modules = [];
    private int leftOut;

    /// <summary>Tries every change to these rules.</summary>
    /// <param name="rules">The rules, each with its cases, all of which pass.</param>
    /// <param name="cancellation">Stops between changes.</param>
    public MutationReport Try(
        IEnumerable<(RuleMetadata Rule, ImmutableArray<RuleTestCase> Cases)> rules, CancellationToken cancellation)
    {
        var tried = new List<(Mutant Mutant, int Ordinal)>();
        foreach (var (rule, cases) in rules)
        {
            foreach (var mutation in MutationsOf(rule))
            {
                cancellation.ThrowIfCancellationRequested();
                tried.Add(
                    (new(rule.Name, mutation.Location, mutation.Change, IsNoticed(rule, cases, mutation)), mutation.Ordinal));
            }
        }

        // A module that several rules import has done its part when the tests of one of them notice.
        var mutants = tried.GroupBy(t => (t.Mutant.Location, t.Mutant.Change, t.Ordinal))
            .Select(g => g.First().Mutant with { IsNoticed = g.Any(t => t.Mutant.IsNoticed) });
        return new([.. mutants], leftOut);
    }

    private List<ScriptMutation> MutationsOf(RuleMetadata rule)
    {
        var found = new List<ScriptMutation>();
        files.Reload(rule, ModulesFor(files.DriftTable), new() { Mutations = found });
        var distinct = found.Distinct()
            .OrderBy(m => m.Location.File != rule.Location.File)
            .ThenBy(m => m.Location.File, StringComparer.Ordinal)
            .ThenBy(m => m.Location.Line).ThenBy(m => m.Location.Column).ThenBy(m => m.Ordinal).ToList();
        leftOut += Math.Max(0, distinct.Count - MostPerRule);
        return [.. distinct.Take(MostPerRule)];
    }

    private bool IsNoticed(RuleMetadata rule, ImmutableArray<RuleTestCase> cases, ScriptMutation mutation)
    {
        foreach (var group in cases.GroupBy(c => c.DriftTable ?? files.DriftTable))
        {
            if (files.Reload(rule, ModulesFor(group.Key), new() { Mutation = mutation }) is not { } mutant) return true;
            if (group.Any(testCase => !run(testCase, ChangesOf(testCase), mutant))) return true;
        }

        return false;
    }

    private ChangeSet ChangesOf(RuleTestCase testCase)
    {
        if (!changes.TryGetValue(testCase, out var read)) changes[testCase] = read = testCase.Read();
        return read;
    }

    private IReadOnlyDictionary<string, NativeModule> ModulesFor(MappingNode? table)
    {
        if (modules.Find(m => ReferenceEquals(m.Table, table)) is { Modules: { } known }) return known;
        var made = BuiltinModules.For(table, new ProblemList());
        modules.Add((table, made));
        return made;
    }
}
