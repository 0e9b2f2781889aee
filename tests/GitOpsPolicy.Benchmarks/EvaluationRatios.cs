using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// What one evaluation costs beside the same checks written by hand, in one run. Usage: <c>ratios [ROUNDS]</c>.
/// </summary>
internal static class EvaluationRatios
{
    /// <summary>How many rules there are and how many of them match.</summary>
    private static readonly (int Rules, int Matching)[] Sizes = [(1, 1), (10, 10), (250, 10), (250, 250)];

    /// <summary>At most so many times what hand-written checks cost.</summary>
    private const double Limit = 3.0;

    /// <summary>Runs every comparison and prints a table. The exit code tells nothing but that it ran.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var contest = new Contest(
            args is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 21,
            TimeSpan.FromMilliseconds(30));
        Console.WriteLine($"{"rules, matching",-16} {"work",-44} {"cpu µs",9} {"ratio",7} {"bytes",9}   limit");
        foreach (var (rules, matching) in Sizes)
        {
            Print(rules, matching, await contest.RunAsync(BytesIn(rules, matching)));
            Print(rules, matching, await contest.RunAsync(InMemory(rules, matching)));
        }

        return 0;
    }

    private static void Print(int rules, int matching, List<Contest.Result> results)
    {
        foreach (var (name, microseconds, ratio, bytes) in results)
        {
            var limit = name.StartsWith("JavaScript", StringComparison.Ordinal) ? $"{ratio / Limit:f2} of {Limit:f0}x" : "";
            Console.WriteLine(
                $"{$"{rules}, {matching}",-16} {name,-44} {microseconds,9:f2} {ratio,6:f2}x {bytes,9:N0}   {limit}");
        }

        Console.WriteLine();
    }

    // A review's bytes in; what is wrong and where, as JSON pointers, out.
    private static Contestant[] BytesIn(int rules, int matching)
    {
        var review = Samples.Review();
        var checks = Enumerable.Range(0, rules)
            .Select(i => (i < matching ? "Deployment" : Samples.KindOf(i), HandWrittenJson.All[i % HandWrittenJson.All.Length]))
                .ToArray();
        var told = new List<JsonFinding>();
        var evaluator = new Evaluator(Samples.Rules(rules, matching));
        var decision = evaluator.Evaluate(Samples.ReadReview(review), new());
        HandWrittenJson.Judge(review, checks, told);
        if (!told.Select(f => f.Message)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(decision.Findings.Select(f => f.Message).Order(StringComparer.Ordinal)))
            throw new InvalidOperationException("The hand-written rules and the JavaScript ones do not find the same.");
        return
        [
            new("C# over JsonElement, bytes in, findings out", () =>
            {
                told.Clear();
                HandWrittenJson.Judge(review, checks, told);
            }),
            new("JavaScript, bytes in, findings out", () => Read(evaluator.Evaluate(Samples.ReadReview(review), new()))),
            new("  of that, reading and looking for secrets", () => Samples.ReadReview(review)),
        ];
    }

    // A change that has been read; findings out.
    private static Contestant[] InMemory(int rules, int matching)
    {
        var set = Samples.Rules(rules, matching);
        var changes = Samples.Deployment();
        var deployment = (MappingNode)changes.Changes[0].After!;
        var checks = Enumerable.Range(0, matching).Select(i => HandWritten.All[i % HandWritten.All.Length].Check).ToArray();
        var findings = new List<HandFinding>();
        var inEngine = new Evaluator(HandWrittenRule.Replace(set));
        var javaScript = new Evaluator(set);
        return
        [
            new("C# over the same tree, a list of messages", () =>
            {
                findings.Clear();
                foreach (var check in checks) check(deployment, findings);
            }),
            new("C# in the same engine", () => Read(inEngine.Evaluate(changes, new()))),
            new("JavaScript, findings", () => Read(javaScript.Evaluate(changes, new()))),
            new("JavaScript, with ids for a report", () => ReadForReport(javaScript.Evaluate(changes, new()))),
        ];
    }

    // What an answer to an API server holds: messages and the places they are about.
    private static int Read(Decision decision)
    {
        var length = 0;
        foreach (var finding in decision.Findings) length += finding.Message.Length + finding.Pointer.Length;
        return length;
    }

    // What a report holds besides: lines, the ids of findings and of the decision.
    private static int ReadForReport(Decision decision)
    {
        var length = Read(decision) + decision.Id.Length;
        foreach (var finding in decision.Findings) length += finding.Fingerprint.Length + finding.Location.Line;
        return length;
    }
}
