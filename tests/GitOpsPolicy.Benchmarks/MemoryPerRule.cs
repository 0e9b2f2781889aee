using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// What a loaded rule keeps in memory: rule sets of different sizes are loaded, every rule is run once, and what stays after a
/// full collection is compared. Usage: <c>memory</c>.
/// </summary>
internal static class MemoryPerRule
{
    private const int Rules = 250;

    /// <summary>A rule may keep so many bytes.</summary>
    private const double Limit = 20_000;

    /// <summary>Measures and prints. The exit code is 1 when a rule keeps more than the limit.</summary>
    public static int Run()
    {
        var changes = Samples.Deployment();
        Retained(Samples.DifferentRules, changes, out _);   // what the program itself keeps comes to be here
        var few = Retained(Samples.DifferentRules, changes, out var kept);
        GC.KeepAlive(kept);
        var many = Retained(Rules, changes, out kept);
        GC.KeepAlive(kept);
        var each = (many - few) / (double)(Rules - Samples.DifferentRules);
        var source = Samples.RuleTexts().Average(static text => text.Length);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rules} rules of {source:f0} characters on average keep {each:f0} bytes each: {each / Limit:f2} of {Limit / 1000:f0} KB"));
        return each <= Limit ? 0 : 1;
    }

    private static long Retained(int rules, ChangeSet changes, out RuleSet set)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        set = Samples.Rules(rules, matching: rules);
        new Evaluator(set).Evaluate(changes, new());
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
