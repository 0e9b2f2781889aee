using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>An object that a tool made, and that lives otherwise.</summary>
/// <param name="Change">The drift.</param>
/// <param name="Places">Where it lives otherwise.</param>
internal sealed record RenderedChange(Change Change, IReadOnlyList<RenderedPlace> Places)
{
    /// <summary>What it is.</summary>
    public KubernetesId Id => (KubernetesId)Change.Resource;

    /// <summary>Finds where it lives otherwise, and what may come into Git at all.</summary>
    public static RenderedChange Of(Change change, AdoptionBars bars) => new(
        change,
        [.. Drifting.DifferencesOf(change).Select(difference =>
        {
            var told = AdoptionBars.Tell(change, difference, change.Before!);
            return new RenderedPlace(difference, told with { Refusal = bars.Of(change, difference, told.Manager) });
        })]);

    /// <summary>Holds what lives against the object as it would be made.</summary>
    public List<Difference> DifferencesTo(Node made) => LiveComparison.Between(Id, made, Change.After!, Change.Drift);
}

/// <summary>One place at which an object that a tool made lives otherwise.</summary>
/// <param name="difference">The difference.</param>
/// <param name="told">The same as it is told.</param>
internal sealed class RenderedPlace(Difference difference, AdoptedPlace told)
{
    /// <summary>The difference.</summary>
    public Difference Difference { get; } = difference;

    /// <summary>Nothing keeps it out of Git, if only it is found where Git says it.</summary>
    public bool IsWanted { get; } = told.Refusal is null;

    /// <summary>An edit that was taken makes Git say it.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>How it is told.</summary>
    public AdoptedPlace Told { get; private set; } = told;

    /// <summary>An edit makes Git say it.</summary>
    public void Take(SourceLocation where) => (IsTaken, Told) = (true, Told with { Where = where });

    /// <summary>No edit makes Git say it.</summary>
    public void Leave(AdoptionRefusal why) => Told = Told with { Refusal = why };

    /// <summary>
    /// It is this difference that the object has once it is rendered anew, where lists may stand in another order.
    /// </summary>
    public bool IsSameAs(Difference other) =>
        ReferenceEquals(Difference.After, other.After)
            && (Difference.After is not null
                || (Difference.Path == other.Path && NodeEquality.AreEqual(Difference.Before, other.Before)));
}
