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

/// <summary>One thing that keeps a resource, or its data, when it leaves the desired state.</summary>
/// <param name="Name">What the guard is, so that it can be found again after the change: <c>argocd.argoproj.io/sync-options Prune</c>.</param>
/// <param name="By">How it is written, for messages: <c>Prune=false (Argo CD)</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Node">The value that says so; the object where it is the lack of one.</param>
internal sealed record Guard(string Name, string By, GuardEffect Effect, Node Node);
