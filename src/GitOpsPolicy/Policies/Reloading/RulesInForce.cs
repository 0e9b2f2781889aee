using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Policies.Reloading;

/// <summary>A rule set that changes are judged by, with what is made of it once.</summary>
/// <param name="rules">The rules.</param>
/// <param name="loadedAt">When they came into force.</param>
public sealed class ActiveRules(RuleSet rules, DateTimeOffset loadedAt)
{
    /// <summary>The rules.</summary>
    public RuleSet Rules { get; } = rules;

    /// <summary>Judges by them.</summary>
    public Evaluator Evaluator { get; } = new(rules);

    /// <summary>When they came into force.</summary>
    public DateTimeOffset LoadedAt { get; } = loadedAt;
}

/// <summary>
/// The rule set in force. A request, or a pass, reads it once, so that it is judged by one set from beginning to end; a new set
/// takes its place whole.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class RulesInForce
{
    private ActiveRules? current;
    private volatile string? trouble;
    private volatile string? concern;

    /// <summary>Other rules have come into force; whoever hears of it must not wait.</summary>
    public event EventHandler? Changed;

    /// <summary>Why the newest files did not come into force, in one line; null when they did.</summary>
    public string? Trouble => trouble;

    /// <summary>
    /// What the rules in force would deny where they should not be asked at all, in one line; null for nothing.
    /// </summary>
    public string? Concern => concern;

    /// <summary>The rules in force; false before any have come into force.</summary>
    public bool TryGet([NotNullWhen(true)] out ActiveRules? rules) => (rules = Volatile.Read(ref current)) is not null;

    /// <summary>Puts other rules in force from the next request, or pass, on.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="concern">What they would deny where they should not be asked at all, in one line; null for nothing.</param>
    public void Put(ActiveRules rules, string? concern = null)
    {
        Volatile.Write(ref current, rules);
        (trouble, this.concern) = (null, concern);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Says why newer files did not come into force; what was in force stays so.</summary>
    internal void Keep(string why) => trouble = why;
}
