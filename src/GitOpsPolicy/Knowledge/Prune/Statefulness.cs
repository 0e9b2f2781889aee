using GitOpsPolicy.Changes;
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
        return ReadsValues(change) && IsOnlyCopy(change, table);
    }

    /// <summary>The answer may depend on the values of the object, not only on its kind.</summary>
    public static bool ReadsValues(Change change) => change.Resource is KubernetesId { Group: "", Kind: "Secret" };

    // What a Git diff deletes is still in Git's history; what the table lets be pruned is made again from where it came.
    private static bool IsOnlyCopy(Change change, DriftTable table)
    {
        if (change.Origin is not (ChangeOrigin.Live or ChangeOrigin.Review or ChangeOrigin.Drift)) return false;
        var lives = change.Before ?? change.After;
        return table.ClassOf(change.Resource, lives).IsOnlyCopy && SecretManifest.Values(lives).Count > 0;
    }
}
