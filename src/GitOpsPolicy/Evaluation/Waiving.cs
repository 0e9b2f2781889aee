using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>Excuses findings, and finds fault with waivers that do not hold or are of no use.</summary>
internal static class Waiving
{
    /// <summary>Name that findings about waivers carry.</summary>
    public const string RuleName = "waiver";

    /// <summary>
    /// The findings, those excused marked, and after them the findings about waivers. One waiver excuses a finding by itself or
    /// not at all.
    /// </summary>
    public static ImmutableArray<Finding> Apply(
        RuleSet rules, ChangeSet changeSet, ImmutableArray<Finding> findings, DateOnly? today)
    {
        if (rules.Waivers.IsEmpty) return findings;
        var flaws = rules.Waivers.Select(w => (Waiver: w, Flaw: FlawOf(w, rules, today))).ToList();
        var holding = flaws.Where(f => f.Flaw is null).Select(f => f.Waiver).ToList();
        // One request is not the place to hear of every waiver there is.
        var isRequest = IsRequest(changeSet);
        var told = flaws.Where(f => f.Flaw is not null && (!isRequest || findings.Any(f.Waiver.Covers)));
        var used = new HashSet<Waiver>(ReferenceEqualityComparer.Instance);
        var waived = findings.Select(f => Excuse(f, holding, used)).ToImmutableArray();
        return
        [
            .. waived,
            .. told.Select(f => About(f.Waiver, $"the waiver `{f.Waiver.Name}` does not hold: it {f.Flaw}", FindingAction.Warn)),
            .. holding.Where(w => !isRequest && !used.Contains(w)).Select(w => Unused(w, changeSet)).OfType<Finding>(),
        ];
    }

    /// <summary>The set is a request to an API server.</summary>
    internal static bool IsRequest(ChangeSet changeSet) => changeSet.Changes is [{ Origin: ChangeOrigin.Review }];

    private static string? FlawOf(Waiver waiver, RuleSet rules, DateOnly? today)
    {
        if (rules.Rules.FirstOrDefault(r => r.Name == waiver.Rule) is not { } rule)
            return $"names the rule `{waiver.Rule}`, which does not exist";
        if (!rule.IsWaivable) return $"names the rule `{waiver.Rule}`, which may not be waived";
        return waiver.Flaw(today, rules.Config.WaiverDays);
    }

    private static Finding Excuse(Finding finding, List<Waiver> waivers, HashSet<Waiver> used)
    {
        var excuses = waivers.Where(w => w.Covers(finding)).ToList();
        if (excuses.Count == 0) return finding;
        used.UnionWith(excuses);
        return finding with
        {
            Action = Verdict.ActionOf(finding.Action, Enforcement.Deny, isWaived: true),
            Waiver = excuses[0].Name,
            WaiverReason = excuses[0].Reason,
        };
    }

    // In a difference most of what exists is not seen, so a waiver for something that is not in it may well be of use elsewhere.
    private static Finding? Unused(Waiver waiver, ChangeSet changeSet)
    {
        var seen = waiver.Resource == Waiver.WholeSet || changeSet.Changes.Any(c => waiver.CoversResource(c.Resource));
        var isWholePicture = changeSet.Changes.All(c => c.Origin is ChangeOrigin.Manifest or ChangeOrigin.Live);
        return (seen, isWholePicture) switch
        {
            (true, _) => About(
                waiver,
                $"the waiver `{waiver.Name}` is not needed: `{waiver.Rule}` finds nothing to excuse about `{waiver.Resource}`",
                FindingAction.Warn),
            (false, true) =>
                About(waiver, $"the waiver `{waiver.Name}` is unused: there is no `{waiver.Resource}` here", FindingAction.Audit),
            (false, false) => null,
        };
    }

    private static Finding About(Waiver waiver, string message, FindingAction action) =>
        FileFinding.Make(
            RuleName, "Waivers hold and are needed", waiver.Name, waiver.Node, message, action,
            "Renew, mend or remove the waiver.");
}

/// <summary>Matches acknowledgements to the deletions of a change set.</summary>
internal static class Acknowledgements
{
    /// <summary>Name that findings about acknowledgements carry.</summary>
    public const string RuleName = Acknowledgement.FindingName;

    private static readonly AcknowledgedChanges None = new([], [], []);

    /// <summary>
    /// Matches the acknowledgements of a rule set: before a merge each to the whole set, by a pass to either, elsewhere to one
    /// delete after the other.
    /// </summary>
    public static AcknowledgedChanges Match(RuleSet rules, ChangeSet changeSet, DateOnly? today)
    {
        if (!rules.Acknowledged.IsEmpty) return new([.. rules.Acknowledged], [], []);
        if (rules.Acknowledgements.IsEmpty) return None;
        return Evaluator.SurfaceOf(changeSet) switch
        {
            Surface.Ci => MatchSet(rules, changeSet, today),
            Surface.Reconcile => MatchEither(rules, changeSet, today),
            _ => MatchEach(rules, changeSet, today),
        };
    }

    // A pass sees the whole set; and when it was cut off half-way through one that was acknowledged, it goes on with what is left
    // of it.
    private static AcknowledgedChanges MatchEither(RuleSet rules, ChangeSet changeSet, DateOnly? today)
    {
        var (whole, each) = (MatchSet(rules, changeSet, today), MatchEach(rules, changeSet, today));
        return new(
            [.. whole.Changes, .. each.Changes], [.. whole.By.Concat(each.By).Distinct(StringComparer.Ordinal)],
            [.. each.Findings.Where(
                finding => !whole.By.Any(name => finding.Message.Contains($"`{name}`", StringComparison.Ordinal)))]);
    }

    private static AcknowledgedChanges MatchSet(RuleSet rules, ChangeSet changeSet, DateOnly? today)
    {
        var (acknowledged, by) = (new HashSet<int>(), new List<string>());
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var acknowledgement in rules.Acknowledgements.Where(static one => !one.Deletions.IsEmpty))
        {
            var (flaw, changes) = acknowledgement.Match(changeSet, today);
            acknowledged.UnionWith(changes);
            if (flaw is null) by.Add(acknowledgement.Name);
            else findings.Add(About(acknowledgement, flaw));
        }

        return new(acknowledged, [.. by], findings.ToImmutable());
    }

    // Nobody hears of one that is about something else, or whose place another one takes.
    private static AcknowledgedChanges MatchEach(RuleSet rules, ChangeSet changeSet, DateOnly? today)
    {
        var (acknowledged, by) = (new HashSet<int>(), new SortedSet<string>(StringComparer.Ordinal));
        var findings = ImmutableArray.CreateBuilder<Finding>();
        for (var i = 0; i < changeSet.Changes.Length; i++)
        {
            var change = changeSet.Changes[i];
            if (!DeletionSet.IsDeletion(change)) continue;
            var named = rules.Acknowledgements.Where(one => one.Named.Any(deletion => deletion.NamesResource(change.Resource)))
                .Select(one => (One: one, Flaw: LoneDeletes.FlawOf(one, change, today)))
                .ToList();
            by.UnionWith(named.Where(static one => one.Flaw is null).Select(static one => one.One.Name));
            if (named.Exists(static one => one.Flaw is null)) acknowledged.Add(i);
            else findings.AddRange(named.Select(static one => About(one.One, one.Flaw!)));
        }

        return acknowledged.Count == 0 && findings.Count == 0 ? None : new(acknowledged, [.. by], findings.ToImmutable());
    }

    private static Finding About(Acknowledgement acknowledgement, string flaw) => FileFinding.Make(
        RuleName,
        "Acknowledgements name exactly what is deleted",
        acknowledgement.Name,
        acknowledgement.Node,
        $"the acknowledgement `{acknowledgement.Name}` does not hold: it {flaw}",
        FindingAction.Warn,
        "Write it anew for the deletions that are meant, or remove it.");
}

/// <summary>What acknowledgements come to.</summary>
/// <param name="Changes">The indices of the changes that are acknowledged; not to be changed.</param>
/// <param name="By">Names of the acknowledgements that hold.</param>
/// <param name="Findings">Those that do not hold.</param>
internal sealed record AcknowledgedChanges(HashSet<int> Changes, ImmutableArray<string> By, ImmutableArray<Finding> Findings);

/// <summary>Findings about files that are not judged by rules.</summary>
internal static class FileFinding
{
    /// <summary>A finding about a document.</summary>
    /// <param name="rule">What takes the place of a rule's name.</param>
    /// <param name="title">What is wanted.</param>
    /// <param name="name">The document's name, for the fingerprint.</param>
    /// <param name="node">The document.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="action">What it does.</param>
    /// <param name="remediation">What to do about it.</param>
    public static Finding Make(
        string rule, string title, string name, Node node, string message, FindingAction action, string remediation) => new()
    {
        Rule = rule,
        Title = title,
        Severity = Severity.Low,
        Category = "governance",
        Action = action,
        Message = MessageText.OneLine(message),
        Location = node.Location,
        Pointer = node.Pointer,
        Node = node,
        Remediation = remediation,
        Fingerprint = Fingerprint.Of(rule, null, name, 0),
    };
}
