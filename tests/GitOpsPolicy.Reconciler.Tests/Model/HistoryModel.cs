using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;

namespace GitOpsPolicy.Reconciler.Tests.Model;

/// <summary>What can be wrong with a history.</summary>
internal enum Wrong
{
    /// <summary>An object was deleted that every revision in question wants.</summary>
    Lost,

    /// <summary>An object was deleted, or too many, and nobody had agreed to it.</summary>
    PrunedUnconfirmed,

    /// <summary>An object was deleted that must never be.</summary>
    PrunedProtected,

    /// <summary>An object was deleted or written that is not the unit's.</summary>
    TouchedForeign,

    /// <summary>Another object of the same name was deleted than the one that was written.</summary>
    PrunedOtherUid,

    /// <summary>An object was made, or left behind, that no inventory knew.</summary>
    Untracked,

    /// <summary>Something was deleted before all was written.</summary>
    PrunedBeforeApply,

    /// <summary>The same was made twice.</summary>
    CreatedTwice,

    /// <summary>Something was written by a process that no longer led.</summary>
    StaleLeader,

    /// <summary>One pass wrote of two revisions, or something that no revision says.</summary>
    MixedRevisions,

    /// <summary>Something was written though nothing had changed.</summary>
    WroteOnQuiet,

    /// <summary>An object was corrected more often than it may, or than it drifted.</summary>
    Fight,

    /// <summary>In the end it was not as Git says.</summary>
    NotConverged,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">The operation, by its number.</param>
/// <param name="Message">In words.</param>
internal sealed record Violation(Wrong Kind, int At, string Message)
{
    public override string ToString() => $"#{At} {Kind}: {Message}";
}

/// <summary>What a model has to know of the unit whose history it reads.</summary>
internal sealed record ModelUnit(string Namespace, string Name)
{
    /// <summary>The actors that are processes of the engine.</summary>
    public required IReadOnlySet<string> Engines { get; init; }

    /// <summary>The Lease that says who leads, <c>namespace/name</c>; null where nobody has to.</summary>
    public string? Lease { get; init; }

    /// <summary>Objects that must never be deleted.</summary>
    public Func<FakeKey, bool> IsProtected { get; init; } = static _ => false;

    /// <summary>Objects whose deletion somebody has to agree to.</summary>
    public Func<FakeKey, bool> NeedsConfirmation { get; init; } = static _ => false;

    /// <summary>So many deletions of one pass nobody has to agree to, or a fifth of the unit.</summary>
    public int FreePrunes { get; init; } = 5;

    /// <summary>So often an object may be corrected.</summary>
    public int MaxCorrections { get; init; } = 5;

    /// <summary>The unit may go back to an earlier revision.</summary>
    public bool RollsBack { get; init; }

    /// <summary>It bears the labels of this unit.</summary>
    public bool Owns(JsonObject? live) =>
        (string?)live?["metadata"]?["labels"]?["gitops-policy.dev/unit-name"] == Name
            && (string?)live["metadata"]!["labels"]!["gitops-policy.dev/unit-namespace"] == Namespace;

    /// <summary>It bears the labels of some unit.</summary>
    public static bool IsOwned(JsonObject live) => live["metadata"]?["labels"]?["gitops-policy.dev/unit-name"] is not null;
}

/// <summary>The marks that a test makes in a log.</summary>
internal static class Marks
{
    /// <summary>A revision was pushed, with these objects.</summary>
    public static void Push(this OperationLog log, string commit, IEnumerable<JsonObject> objects) =>
        log.Mark(
            "push",
            new JsonObject
            {
                ["commit"] = commit,
                ["objects"] = new JsonArray([.. objects.Select(static one => one.DeepClone())]),
            });

    /// <summary>Somebody agreed to the deletion of these.</summary>
    public static void Confirm(this OperationLog log, params IEnumerable<FakeKey> keys) =>
        log.Mark(
            "confirm",
            new JsonObject { ["keys"] = new JsonArray([.. keys.Select(static key => JsonValue.Create(key.ToString()))]) });

    /// <summary>From here on nothing changes, so that nothing is written.</summary>
    public static void Quiet(this OperationLog log) => log.Mark("quiet");

    /// <summary>From here on something may change again.</summary>
    public static void Loud(this OperationLog log) => log.Mark("loud");

    /// <summary>By now all is as Git says.</summary>
    public static void Settled(this OperationLog log) => log.Mark("settled");
}

/// <summary>
/// Reads the log of a server beside the revisions that Git had, and says what is wrong with it. It is told nothing by the engine
/// and shares no code with it. https://github.com/etcd-io/etcd/tree/main/tests/robustness checks histories in this way.
/// </summary>
internal static class HistoryModel
{
    /// <summary>Everything that is wrong; empty for a good history.</summary>
    public static List<Violation> Check(IEnumerable<Operation> log, ModelUnit unit)
    {
        var replay = new Replay(unit);
        foreach (var operation in log) replay.Step(operation);
        return replay.Found;
    }
}
