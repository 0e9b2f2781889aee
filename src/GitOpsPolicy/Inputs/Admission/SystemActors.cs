using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>
/// Requests by which a cluster keeps itself alive. To deny them stops nothing that a person wants and locks the cluster out of
/// its own repair, so rules may do no more than record them. Who asks is what the server has authenticated, never what an object
/// says.
/// </summary>
public static class SystemActors
{
    private const string ControllerPrefix = "system:serviceaccount:kube-system:";

    /// <summary>
    /// All controllers act as this one user where the controller manager runs without <c>--use-service-account-credentials</c>.
    /// What is deleted on behalf of an owner or a namespace cannot be told from its other deletes then, each of which also
    /// carries out what somebody has asked for before (fewer replicas, a Job's time to live). RBAC trusts the same name with all
    /// of it: whoever can be that user needs no gap in the rules.
    /// </summary>
    private const string ControllerManager = "system:kube-controller-manager";

    private const string ServiceAccountsGroup = "system:serviceaccounts";
    private const string NodePrefix = "system:node:";
    private const string NodesGroup = "system:nodes";

    /// <summary>
    /// Why the request must not be denied, in a word for annotations and metrics; null when rules have their way.
    /// </summary>
    public static string? ReasonToSpare(AdmissionReview review) => review switch
    {
        { Resource: { Group: "coordination.k8s.io", Kind: "Lease", Namespace: "kube-node-lease" } } => "node-lease",
        { Resource: { Group: "", Kind: "Node" } } when IsNode(review)
            && review.Resource.Name == review.User[NodePrefix.Length..] =>
            "node",
        _ when Cascades(review) => "cascade",
        _ when OnlyTakesFinalizers(review) => "finalizer",
        _ => null,
    };

    /// <summary>
    /// The delete carries out what deleting an owner, a namespace or a claim has set going: that earlier request is the one to
    /// judge.
    /// </summary>
    internal static bool Cascades(AdmissionReview review) =>
        review.Operation == Operation.Delete
        && (review.User is ControllerManager
            or ControllerPrefix + "namespace-controller"
            or ControllerPrefix + "generic-garbage-collector"
            or ControllerPrefix + "pod-garbage-collector"
            || FollowsItsClaim(review));

    /// <summary>
    /// A volume goes after its claim has gone. The storage behind it is deleted then, whatever becomes of the object. Its phase
    /// is the word of the controller that binds volumes (<c>Released</c>: the claim was deleted; <c>Failed</c>: so it was, and
    /// reclaiming the storage failed): creates and updates of a volume leave the status alone, and a claim that was bound has its
    /// uid in <c>claimRef</c>. The provisioner is a program, under a name that is anybody's; people are judged.
    /// </summary>
    private static bool FollowsItsClaim(AdmissionReview review) =>
        review is { Resource: { Group: "", Kind: "PersistentVolume" }, Subresource: "", OldObject: MappingNode volume }
        && review.Groups.Contains(ServiceAccountsGroup)
        && volume.Text("status", "phase") is "Released" or "Failed"
        && volume.Text("spec", "persistentVolumeReclaimPolicy") is "Delete"
        && volume.Text("spec", "claimRef", "uid") is { Length: > 0 };

    private static bool IsNode(AdmissionReview review) =>
        review.User.StartsWith(NodePrefix, StringComparison.Ordinal) && review.Groups.Contains(NodesGroup);

    // The object is going already; what holds it back is taken away and nothing else changes.
    private static bool OnlyTakesFinalizers(AdmissionReview review)
    {
        if (review is not { Operation: Operation.Update, Subresource: "", Object: MappingNode after,
            OldObject: MappingNode before })
            return false;
        if (before.Text("metadata", "deletionTimestamp") is null) return false;
        var (left, had) = (Finalizers(after), Finalizers(before));
        return left.Count < had.Count && left.IsSubsetOf(had) && AlikeBut(after, before, "metadata")
            && after["metadata"] is MappingNode a
                && before["metadata"] is MappingNode b
                && AlikeBut(a, b, "finalizers", "managedFields", "resourceVersion", "generation");
    }

    private static HashSet<string> Finalizers(MappingNode node) =>
        node.At("metadata", "finalizers") is SequenceNode list
            ? [.. list.Items.ToArray().OfType<ScalarNode>().Select(item => item.Text)]
            : [];

    private static bool AlikeBut(MappingNode left, MappingNode right, params ReadOnlySpan<string> keys)
    {
        foreach (ref readonly var entry in left.Entries)
            if (!keys.Contains(entry.Key) && !(right[entry.Key] is { } other && NodeEquality.AreEqual(entry.Value, other)))
                return false;
        foreach (ref readonly var entry in right.Entries)
            if (!keys.Contains(entry.Key) && left[entry.Key] is null) return false;
        return true;
    }
}
