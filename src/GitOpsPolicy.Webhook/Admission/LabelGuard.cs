using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>
/// Guards the label by which a namespace is taken out of the webhook's sight: whoever may change a Namespace could otherwise
/// switch the rules off for it. Needs no rules, and denies when in doubt.
/// </summary>
/// <param name="label">The label's key.</param>
/// <param name="mayChange">Names of users and groups, as the server authenticates them, who may set, change or remove it.</param>
public sealed class LabelGuard(string label, ImmutableArray<string> mayChange) : IJudge
{
    /// <inheritdoc/>
    bool IJudge.IsReady => true;

    /// <inheritdoc/>
    Answer IJudge.Judge(AdmissionReview review, CancellationToken deadline) => Judge(review);

    /// <summary>Answers a review.</summary>
    internal Answer Judge(AdmissionReview review)
    {
        if (review.Resource is not { Group: "", Kind: "Namespace" })
            return Denied($"only Namespaces are judged here, not {review.Resource}");
        if (review.Operation is not (Operation.Create or Operation.Update)) return new() { IsAllowed = true };
        if (review.Object is not MappingNode after) return Denied("the request does not tell what the namespace would be");
        if (review is { Operation: Operation.Update, OldObject: null })
            return Denied("the request does not tell what the namespace is");
        var (had, wants) = (ValueIn(review.OldObject), ValueIn(after));
        if (had == wants) return new() { IsAllowed = true };
        var what = (had, wants) switch
        {
            (null, _) => $"sets `{label}` to `{wants}`",
            (_, null) => $"removes `{label}`",
            _ => $"changes `{label}` from `{had}` to `{wants}`",
        };
        return mayChange.Contains(review.User) || review.Groups.Any(group => mayChange.Contains(group))
            ? new() { IsAllowed = true, Annotations = [("exempt-label", SafeText.OneLine(what))] }
            : Denied($"{what}, which takes a namespace out of the rules' sight: `{review.User}` may not do that");
    }

    // A label without text is none that the server would take; it counts as there.
    private string? ValueIn(Node? node)
    {
        var labels = ((node as MappingNode)?["metadata"] as MappingNode)?["labels"] as MappingNode;
        return labels?[label] is { } value ? (value as ScalarNode)?.Text ?? "" : null;
    }

    private static Answer Denied(string why) =>
        new() { IsAllowed = false, Message = SafeText.OneLine(why), Annotations = [("exempt-label", SafeText.OneLine(why))] };
}
