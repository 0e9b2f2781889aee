using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Fixing;

/// <summary>What keeps a difference out of a patch, wherever Git says otherwise.</summary>
/// <param name="masked">Tells what must not be shown.</param>
/// <param name="isByHand">A field manager is somebody at a keyboard; what others wrote is theirs.</param>
internal sealed class AdoptionBars(MaskedExcerpt masked, Predicate<string> isByHand)
{
    private const string Sealed = "ENC[AES256_GCM,";

    /// <summary>A difference as it is told.</summary>
    /// <param name="change">The change.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="git">The object in Git.</param>
    public static AdoptedPlace Tell(Change change, Difference difference, Node git) => new(change.Resource, difference.Path)
    {
        Manager = FieldManagers.Of(change.After!, git, difference),
        Where = Drifting.PlaceOf(change with { Before = git }, difference)?.Location ?? change.Location,
    };

    /// <summary>Why Git does not take it over; null where it may.</summary>
    /// <param name="change">The change.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="manager">The field manager that wrote it; null where the object does not say.</param>
    public AdoptionRefusal? Of(Change change, Difference difference, string? manager)
    {
        if (HoldsSecret(difference.Before) || HoldsSecret(difference.After)) return AdoptionRefusals.Secret;
        if (difference.After is { } seen && (difference.Steps.Any(IsUnseen) || Any(seen, IsUnseen)))
            return AdoptionRefusals.Unseen;
        if (manager is not null && !isByHand(manager)) return AdoptionRefusals.OfOther(manager);
        if (manager is null
            && difference.After is not null
            && change.After!.At("metadata", "managedFields") is SequenceNode { Count: > 0 })
            return AdoptionRefusals.Nobodys;
        var applied = change.Drift?.Applied;
        if (applied is not null
            && difference.Before is not null
            && !NodeEquality.AreEqual(JsonPointer.Find(applied, difference.Path), difference.Before))
            return AdoptionRefusals.MovedOn;
        return null;
    }

    private bool HoldsSecret(Node? node) =>
        node is not null
            && (node.HoldsSensitive
                || Any(node, text => text.Contains(Sealed, StringComparison.Ordinal) || masked.Hides([], 0, text)));

    private static bool IsUnseen(string text) =>
        !text.Replace("\t", "", StringComparison.Ordinal).Split('\n').All(static line => SafeText.IsSeen(line));

    private static bool Any(Node node, Predicate<string> fits) => node switch
    {
        MappingNode mapping => mapping.Entries.ToArray().Any(entry => fits(entry.Key) || Any(entry.Value, fits)),
        SequenceNode list => list.Items.ToArray().Any(item => Any(item, fits)),
        ScalarNode scalar => fits(scalar.Text),
        _ => false,
    };
}
