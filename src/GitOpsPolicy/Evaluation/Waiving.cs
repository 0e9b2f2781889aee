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

    /// <summary>The findings, those excused marked, and after them the findings about waivers. One waiver excuses a finding by itself or not at all.</summary>
    public static ImmutableArray<Finding> Apply(RuleSet rules, ChangeSet changeSet, ImmutableArray<Finding> findings, DateOnly? today)
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
        if (rules.Rules.FirstOrDefault(r => r.Name == waiver.Rule) is not { } rule) return $"names the rule `{waiver.Rule}`, which does not exist";
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
            (true, _) => About(waiver, $"the waiver `{waiver.Name}` is not needed: `{waiver.Rule}` finds nothing to excuse about `{waiver.Resource}`", FindingAction.Warn),
            (false, true) => About(waiver, $"the waiver `{waiver.Name}` is unused: there is no `{waiver.Resource}` here", FindingAction.Audit),
            (false, false) => null,
        };
    }

    private static Finding About(Waiver waiver, string message, FindingAction action) =>
        FileFinding.Make(RuleName, "Waivers hold and are needed", waiver.Name, waiver.Node, message, action, "Renew, mend or remove the waiver.");
}

/// <summary>Matches acknowledgements to the deletions of a change set.</summary>
internal static class Acknowledgements
{
    /// <summary>Name that findings about acknowledgements carry.</summary>
    public const string RuleName = "acknowledgement";

    private static readonly HashSet<int> None = [];

    /// <summary>The indices of the changes that are acknowledged, and the findings about acknowledgements that do not hold.</summary>
    public static (HashSet<int> Changes, ImmutableArray<Finding> Findings) Match(RuleSet rules, ChangeSet changeSet, DateOnly? today)
    {
        if (rules.Acknowledgements.IsEmpty) return (None, []);
        var acknowledged = new HashSet<int>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var acknowledgement in rules.Acknowledgements)
        {
            var (flaw, changes) = acknowledgement.Match(changeSet, today);
            if (flaw is null) acknowledged.UnionWith(changes);
            else if (!Waiving.IsRequest(changeSet) || acknowledgement.NamesOneOf(changeSet)) findings.Add(About(acknowledgement, $"the acknowledgement `{acknowledgement.Name}` does not hold: it {flaw}"));
        }

        return (acknowledged, findings.ToImmutable());
    }

    private static Finding About(Acknowledgement acknowledgement, string message) => FileFinding.Make(
        RuleName, "Acknowledgements name exactly what is deleted", acknowledgement.Name, acknowledgement.Node, message, FindingAction.Warn, "Write it anew for the deletions that are meant, or remove it.");
}

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
    public static Finding Make(string rule, string title, string name, Node node, string message, FindingAction action, string remediation) => new()
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
