using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Planning;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>
/// What hangs on objects that the same commit writes first. Of those a server cannot be asked before, or what it answers may not
/// hold any more when their turn comes.
/// </summary>
/// <param name="left">What is still to be written, in order.</param>
/// <param name="objects">Everything of the unit.</param>
internal sealed class Prerequisites(IReadOnlyList<PlanStep> left, IReadOnlyList<PassObject> objects)
{
    private const string Rbac = "rbac.authorization.k8s.io";

    private readonly HashSet<string> namespaces =
    [
        .. First(left, objects).Where(static one => one.Id is { Group: "", Kind: "Namespace" }).Select(static one => one.Id.Name)
    ];
    private readonly HashSet<(string?, string?)> kinds = [.. KindsOf(First(left, objects))];

    /// <summary>Its namespace or its definition is made, changed or waited for first.</summary>
    public bool Precede(PlanStep step) =>
        namespaces.Contains(step.Object.Id.Namespace) || kinds.Contains((step.Object.Id.Group, step.Object.Id.Kind));

    /// <summary>The unit has defined its kind, which a server serves a moment later.</summary>
    public bool HaveDefined(PlanStep step) => KindsOf(objects).Contains((step.Object.Id.Group, step.Object.Id.Kind));

    /// <summary>That the cluster does not take it may be because of what is not written yet.</summary>
    public bool MayExplain(PlanStep step, WriteOutcome.Failed refusal)
    {
        var before = left.TakeWhile(other => other != step).ToList();
        return Applier.HasToPrepare(step) || refusal switch
        {
            // an operator of an earlier wave may bring it
            { IsUnserved: true } => before.Exists(other => other.Wave.Number < step.Wave.Number),
            { IsPassing: true } => before.Exists(other =>
                refusal.Message.Contains($".{other.Object.Id.Namespace}.svc", StringComparison.Ordinal)),
            _ => before.Exists(other => IsNamed(refusal.Message, other.Object.Id, step.Object.Id))
                || (refusal.Answer is { IsForbidden: true }
                    && refusal.Message.Contains(" cannot ", StringComparison.Ordinal)
                    && before.Exists(static other => other.Object.Id.Group == Rbac)),
        };
    }

    private static IEnumerable<PassObject> First(IReadOnlyList<PlanStep> left, IReadOnlyList<PassObject> objects) =>
        left.Select(static step => step.Object).Concat(objects.Where(static one => one is { Desired: not null, IsGoing: true }));

    // The kinds that objects define.
    private static IEnumerable<(string? Group, string? Kind)> KindsOf(IEnumerable<PassObject> objects) =>
        from one in objects
        where one is { Desired: not null, Id: { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } }
        let definition = one.Desired!.Object
        select (definition.Text("spec", "group"), definition.Text("spec", "names", "kind"));

    // One of its own name it names for sure, unless it says that it was not found.
    private static bool IsNamed(string message, KubernetesId other, KubernetesId own)
    {
        if (other.Name == own.Name && !message.Contains("found", StringComparison.Ordinal)) return false;
        for (var at = message.IndexOf(other.Name, StringComparison.Ordinal); at >= 0;
            at = message.IndexOf(other.Name, at + 1, StringComparison.Ordinal))
        {
            var end = at + other.Name.Length;
            if ((at == 0 || "\"'` /".Contains(message[at - 1])) && (end == message.Length || "\"'`, ".Contains(message[end])))
                return true;
        }

        return false;
    }
}
