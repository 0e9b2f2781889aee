using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>What a guard does.</summary>
internal enum GuardEffect
{
    /// <summary>The tool does not delete it, or the deletion fails.</summary>
    Prevents,

    /// <summary>The tool asks a person first.</summary>
    Asks,

    /// <summary>It is no longer managed, and lives on.</summary>
    Orphans,

    /// <summary>The object goes, what it stands for (a volume, a cloud resource) stays.</summary>
    Retains,
}

/// <summary>Which deletions a guard stands against.</summary>
[Flags]
internal enum GuardReach
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One tool does not delete what left Git. Nobody else is stopped.</summary>
    Prune = 1,

    /// <summary>One tool spares it when that which manages it is deleted.</summary>
    Cascade = 2,

    /// <summary>Every deletion is refused.</summary>
    Delete = 4,

    /// <summary>The object goes, and what it stands for stays.</summary>
    Data = 8,
}

/// <summary>One thing that keeps a resource, or its data, when somebody deletes it.</summary>
/// <param name="Name">What the guard is, so that it can be found again after the change: <c>argocd.argoproj.io/sync-options
/// Prune</c>.</param>
/// <param name="By">How it is written, for messages: <c>Prune=false (Argo CD)</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Reach">Which deletions it stands against.</param>
/// <param name="Node">The value that says so; the object where it is the lack of one.</param>
internal sealed record Guard(string Name, string By, GuardEffect Effect, GuardReach Reach, Node Node)
{
    /// <summary>The tools that heed it; empty where everybody has to.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>It stands against a deletion of this reach, done by one of these tools.</summary>
    /// <param name="faced">What has to be stood against.</param>
    /// <param name="managers">The tools that manage the object; empty where that is not known.</param>
    public bool StandsAgainst(GuardReach faced, ImmutableArray<string> managers) =>
        (Reach & faced) != 0
            && (Tools.IsEmpty
                || managers.IsEmpty
                || (Reach & faced & ~(GuardReach.Prune | GuardReach.Cascade)) != 0
                || Tools.Any(managers.Contains));

    /// <summary>
    /// What a guard has to stand against to keep the resource of a change. Who asks the API server to delete is not stopped by a
    /// mark that pruners read, nor does such a mark keep a tool from making an object anew.
    /// </summary>
    public static GuardReach Faced(Change change) => change switch
    {
        { Operation: Operation.Replace } or { Origin: ChangeOrigin.Review } => GuardReach.Delete | GuardReach.Data,
        { Cause: ChangeCause.Cascade } => GuardReach.Cascade | GuardReach.Delete | GuardReach.Data,
        _ => GuardReach.Prune | GuardReach.Delete | GuardReach.Data,
    };
}
