namespace GitOpsPolicy.Evaluation;

/// <summary>What came of judging the objects of one place: a namespace, or all that is outside of namespaces.</summary>
public sealed class PlaceTally
{
    /// <summary>Objects judged.</summary>
    public int Objects { get; private set; }

    /// <summary>How often a rule found nothing about an object.</summary>
    public int Passed { get; private set; }

    /// <summary>Findings of what a rule wants denied, waived ones left out.</summary>
    public int Failed { get; private set; }

    /// <summary>Findings of what a rule wants warned of or recorded, waived ones left out.</summary>
    public int Warned { get; private set; }

    /// <summary>How often a rule failed, or could not answer.</summary>
    public int Errors { get; private set; }

    /// <summary>Findings that a waiver excuses.</summary>
    public int Waived { get; private set; }

    /// <summary>Adds what came of judging one object.</summary>
    internal void Add(Decision decision)
    {
        Objects++;
        Errors += decision.Failures.Length + decision.Undetermined.Length;
        var silenced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in decision.Findings)
        {
            if (finding is { Resource: null, Change: null }) continue;   // about a file
            silenced.Add(finding.Rule);
            if (finding.Waiver is not null) Waived++;
            else if (finding.Wanted == FindingAction.Deny) Failed++;
            else Warned++;
        }

        silenced.UnionWith(decision.Failures.Select(static failure => failure.Rule));
        silenced.UnionWith(decision.Undetermined.Select(static unsure => unsure.Rule));
        Passed += decision.Runs - silenced.Count;
    }

    /// <summary>Adds what came of judging other objects of the place.</summary>
    internal void Add(PlaceTally other)
    {
        Objects += other.Objects;
        Passed += other.Passed;
        Failed += other.Failed;
        Warned += other.Warned;
        Errors += other.Errors;
        Waived += other.Waived;
    }
}
