using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>Whether deleting a resource loses something that Git cannot give back.</summary>
internal static class Statefulness
{
    /// <summary>The class says so, or it is a Secret of which there may be no other copy.</summary>
    public static bool Of(Change change, DriftTable table)
    {
        if (change.Resource is TerraformId { IsData: true }) return false;
        if (table.ClassOf(change.Resource).IsStateful) return true;
        return ReadsValues(change) && IsOnlyCopy(change);
    }

    /// <summary>The answer may depend on the values of the object, not only on its kind.</summary>
    public static bool ReadsValues(Change change) => change.Resource is KubernetesId { Group: "", Kind: "Secret" };

    // What a Git diff deletes is still in Git's history; a controller makes again what it owns.
    private static bool IsOnlyCopy(Change change)
    {
        if (change.Origin is not (ChangeOrigin.Live or ChangeOrigin.Review or ChangeOrigin.Drift)) return false;
        if (change.Before.At("metadata", "ownerReferences") is SequenceNode { Count: > 0 }) return false;
        return SecretManifest.Values(change.Before).Count > 0;
    }
}
