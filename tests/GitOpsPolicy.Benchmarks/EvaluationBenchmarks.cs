using BenchmarkDotNet.Attributes;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// One Deployment judged by 1, 10 and 250 rules, of which 1, 10 and 10 match. The baseline has the same rules as C#, written by
/// hand, in the same engine: the ratio is what the language costs. The bare checks, which only collect messages, are shown for
/// scale.
/// </summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private readonly List<HandFinding> findings = [];
    private ChangeSet changes = null!;
    private MappingNode deployment = null!;
    private Evaluator javaScript = null!;
    private Evaluator handWritten = null!;
    private int matching;

    [Params(1, 10, 250)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var rules = Samples.Rules(Rules);
        changes = Samples.Deployment();
        deployment = (MappingNode)changes.Changes[0].After!;
        javaScript = new(rules);
        handWritten = new(HandWrittenRule.Replace(rules));
        matching = Math.Min(Rules, HandWritten.All.Length);
        if (!Told(HandWrittenRules()).SequenceEqual(Told(JavaScriptRules())))
            throw new InvalidOperationException("The hand-written rules and the JavaScript ones do not find the same.");
    }

    [Benchmark(Baseline = true)]
    public Decision HandWrittenRules() => handWritten.Evaluate(changes, new());

    [Benchmark]
    public Decision JavaScriptRules() => javaScript.Evaluate(changes, new());

    [Benchmark]
    public int BareChecks()
    {
        findings.Clear();
        for (var i = 0; i < matching; i++) HandWritten.All[i].Check(deployment, findings);
        return findings.Count;
    }

    private static IEnumerable<(string Rule, string Message, SourceLocation Location)> Told(Decision decision) =>
        decision.Findings.Select(static finding => (finding.Rule, finding.Message, finding.Location));
}
