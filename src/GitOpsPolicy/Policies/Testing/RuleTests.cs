using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Testing.Coverage;
using GitOpsPolicy.Policies.Testing.Mutation;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>
/// The rule tests below the rule folders of a repository. A case runs the rules it names with the parameters it gives and nothing
/// else: no configuration, no waivers.
/// </summary>
public sealed partial class RuleTests
{
    /// <summary>The message of the one problem where rules load and have no tests.</summary>
    public const string NoTests = "there are no rule tests";

    // The same in every run, so that a test can expect a whole message with a masked secret in it.
    private static readonly EvaluationOptions Options = new()
    {
        SensitiveKey = new("the key of all rule tests"u8),
        Today = new DateOnly(2000, 1, 1),
        Workers = 1,
    };

    private readonly ImmutableArray<RuleTestCase> cases;
    private readonly PolicyFiles files;
    private readonly Dictionary<Node, ImmutableArray<Rule>> byDriftTable = [];
    private readonly ImmutableArray<Rule> shipped;

    private readonly FileTree tree;
    private readonly CoverageObserver? coverage;

    private RuleTests(
        ImmutableArray<RuleTestCase> cases, PolicyFiles files, ImmutableArray<Rule> shipped, FileTree tree,
        CoverageObserver? coverage) =>
        (this.cases, this.files, this.shipped, this.tree, this.coverage) = (cases, files, shipped, tree, coverage);

    /// <summary>How many cases there are.</summary>
    public int Count => cases.Length;

    /// <summary>
    /// Loads the rules and their tests, or tells everything that is wrong with either. No tests at all is wrong too, unless they
    /// may be missing.
    /// </summary>
    /// <param name="source">Where they are.</param>
    /// <param name="countsCoverage">Count what the tests come to.</param>
    /// <param name="mayBeMissing">There need not be any tests.</param>
    public static Loaded<RuleTests> Load(RuleSetSource source, bool countsCoverage = false, bool mayBeMissing = false)
    {
        var counts = countsCoverage ? new CoverageObserver() : null;
        var problems = new ProblemList();
        var (files, _) = RuleSetLoader.Read(source, problems);
        var rules = files.LoadRules(files.DriftTable, instrumentation: Watching(counts)).ToImmutableArray();
        var reader = new RuleTestReader(source.Tree, problems);
        var found = files.Tests.SelectMany(d => reader.Read(d)).ToImmutableArray();
        if (problems.Count == 0 && found.IsEmpty && !mayBeMissing)
            problems.AddFile(
                source.Policies.FirstOrDefault() ?? "policies", NoTests, "a test is a YAML document with `kind: RuleTest`");
        if (problems.Count == 0) CheckRules(found, rules, problems);
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(new RuleTests(found, files, rules, source.Tree, counts));
    }

    /// <summary>Runs the cases whose name fits.</summary>
    /// <param name="filter">Found in <c>test: case</c>; null for all.</param>
    /// <param name="cancellation">Stops between cases.</param>
    public RuleTestReport Run(Regex? filter, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<RuleTestResult>();
        foreach (var testCase in cases.Where(c => filter?.IsMatch($"{c.Test}: {c.Name}") ?? true))
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(new(testCase.Test, testCase.Name, testCase.Location, Run(testCase, cancellation)));
        }

        if (filter is null) results.AddRange(ObsoleteSnapshots());
        return new(results.ToImmutable())
        {
            Coverage = coverage?.Report(shipped.Select(r => r.Metadata), file => !IsShipped(file), LinesOf),
        };
    }

    /// <summary>Tries small changes to the rules that the cases are about. Every case has to pass as the rules are.</summary>
    /// <param name="filter">Found in <c>test: case</c>; null for all.</param>
    /// <param name="cancellation">Stops between changes.</param>
    public MutationReport Mutate(Regex? filter, CancellationToken cancellation)
    {
        var chosen = cases.Where(c => filter?.IsMatch($"{c.Test}: {c.Name}") ?? true).ToImmutableArray();
        var tested = shipped.Select(r => r.Metadata)
            .Where(rule => !IsShipped(rule.Location.File))
            .OrderBy(r => r.Name, StringComparer.Ordinal)
            .Select(rule => (rule, Cases: chosen.Where(c => c.Rules.Contains(rule.Name)).ToImmutableArray()))
                .Where(t => !t.Cases.IsEmpty);
        return new MutationRun(
            files,
            (testCase, changes, mutant) =>
                Run(testCase, changes, With(mutant, RulesFor(testCase, out _)), cancellation).IsEmpty).Try(
            tested, cancellation);
    }

    private static ImmutableArray<Rule> With(Rule mutant, ImmutableArray<Rule> rules) =>
        [.. rules.Select(r => r.Metadata.Name == mutant.Metadata.Name ? mutant : r)];

    private ImmutableArray<RuleTestFailure> Run(RuleTestCase testCase, CancellationToken cancellation)
    {
        var changeSet = testCase.Read();
        if (!changeSet.Problems.IsEmpty) return [.. changeSet.Problems.Select(p => new RuleTestFailure(p.Location, p.Message))];
        var rules = RulesFor(testCase, out var broken);
        if (!broken.IsEmpty) return [.. broken.Select(p => new RuleTestFailure(p.Location, p.Message))];
        var failures = Run(testCase, changeSet, rules, cancellation);
        coverage?.EndCase(rules.Select(r => r.Metadata));
        return failures;
    }

    /// <summary>Runs one case with these rules.</summary>
    private ImmutableArray<RuleTestFailure> Run(
        RuleTestCase testCase, ChangeSet changeSet, ImmutableArray<Rule> rules, CancellationToken cancellation) =>
        ExpectationMatch.Compare(testCase, Decide(testCase, changeSet, rules, cancellation));

    private Decision Decide(
        RuleTestCase testCase, ChangeSet changeSet, ImmutableArray<Rule> rules, CancellationToken cancellation)
    {
        var named = changeSet with
        {
            Changes = [.. changeSet.Changes.Select(c =>
                c.Environment is null ? c with { Environment = testCase.Environment } : c)],
        };
        var set = new RuleSet(rules, ConfigOf(testCase)) { Acknowledged = testCase.Acknowledged };
        return new Evaluator(set).Evaluate(named, Options with { Observer = coverage }, cancellation);
    }

    private ImmutableArray<Rule> RulesFor(RuleTestCase testCase, out ImmutableArray<Problem> broken)
    {
        var problems = new ProblemList();
        var all = shipped;
        if (testCase.DriftTable is { } table && !byDriftTable.TryGetValue(table, out all))
        {
            all = [.. files.LoadRules(table, problems, Watching(coverage))];
            byDriftTable[table] = all;
        }

        broken = problems.InFileOrder();
        return [.. all.Where(r => testCase.Rules.Contains(r.Metadata.Name))
            .OrderBy(r => r.Metadata.Name, StringComparer.Ordinal)];
    }

    private static ScriptInstrumentation? Watching(CoverageObserver? observer) =>
        observer is null ? null : new() { Observer = observer };

    // What ships in the binary is tested where it is made.
    private bool IsShipped(string path) =>
        path.StartsWith(BuiltinTree.Folder + "/", StringComparison.Ordinal) && tree.Find(path) == PathKind.Missing;

    private ImmutableArray<string> LinesOf(string path) =>
        tree.TryRead(path, out var bytes, out _)
            ? [.. Encoding.UTF8.GetString(bytes.Span).ReplaceLineEndings("\n").Split('\n')]
            : [];

    // Later values come first in a lookup, so a case's own parameters hide those of its test. A rule does what it says on every
    // surface.
    private static PolicyConfig ConfigOf(RuleTestCase testCase) => new()
    {
        Parameters = EffectiveParameters.Merge(testCase.Parameters),
        Environments = testCase.Environments,
        Enforcement = PolicyConfig.None.Enforcement.Add(Surface.Audit, Enforcement.Deny),
    };

    private static void CheckRules(ImmutableArray<RuleTestCase> found, ImmutableArray<Rule> rules, ProblemList problems)
    {
        var byName = rules.ToDictionary(r => r.Metadata.Name, StringComparer.Ordinal);
        foreach (var testCase in found)
        {
            var expected = testCase.Expected.Where(e => e.Rule is not null && !testCase.Rules.Contains(e.Rule));
            foreach (var expectation in expected)
                problems.Add(
                    expectation.Location,
                    $"the rule `{expectation.Rule}` is not run here{Suggestion.For(expectation.Rule!, testCase.Rules)}");
            foreach (var name in testCase.Rules.Where(n => !byName.ContainsKey(n)))
                problems.Add(testCase.Location, $"there is no rule `{name}`{Suggestion.For(name, byName.Keys)}");
            EffectiveParameters.Check(byName, new() { Parameters = testCase.Parameters }, problems);
        }
    }
}

/// <summary>What came of running rule tests.</summary>
/// <param name="Results">One per case, in the order of the files.</param>
public sealed record RuleTestReport(ImmutableArray<RuleTestResult> Results)
{
    /// <summary>What the cases came to; null when that was not counted.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>Cases that passed.</summary>
    public int PassedCount => Results.Count(r => r.Passed);

    /// <summary>Cases that failed.</summary>
    public int FailedCount => Results.Length - PassedCount;

    /// <summary>There was at least one case, and none failed.</summary>
    public bool Passed => !Results.IsEmpty && FailedCount == 0;
}

/// <summary>What came of one case.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Case">Name of the case.</param>
/// <param name="Location">Where the case stands.</param>
/// <param name="Failures">What was not as expected; empty when the case passed.</param>
public sealed record RuleTestResult(string Test, string Case, SourceLocation Location, ImmutableArray<RuleTestFailure> Failures)
{
    /// <summary>Everything was as expected.</summary>
    public bool Passed => Failures.IsEmpty;
}

/// <summary>One thing that was not as expected.</summary>
/// <param name="Location">The expectation, or the case when something was found that none expects.</param>
/// <param name="Message">What was not.</param>
public sealed record RuleTestFailure(SourceLocation Location, string Message);
