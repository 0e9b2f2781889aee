using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Fixing;

/// <summary>How Git takes over what lives.</summary>
/// <param name="Places">Every place that has drifted, with what becomes of it, in the order given.</param>
/// <param name="Files">What is done to files, by name.</param>
public sealed record Adoption(ImmutableArray<AdoptedPlace> Places, ImmutableArray<FixedFile> Files)
{
    /// <summary>How many places Git takes over.</summary>
    public int Count => Places.Count(static place => place.Refusal is null);
}

/// <summary>One place of an object that lives otherwise than Git says.</summary>
/// <param name="Resource">The object.</param>
/// <param name="Path">JSON pointer into it; empty for the whole object.</param>
public sealed record AdoptedPlace(ResourceId Resource, string Path)
{
    /// <summary>Where Git says otherwise.</summary>
    public SourceLocation Where { get; init; }

    /// <summary>The field manager that wrote it; null where the object does not say.</summary>
    public string? Manager { get; init; }

    /// <summary>Why Git does not take it over, in one line; null where it does.</summary>
    public AdoptionRefusal? Refusal { get; init; }
}

/// <summary>Why Git does not take something over.</summary>
/// <param name="Why">Why, in one line.</param>
/// <param name="Advice">What to do instead.</param>
public sealed record AdoptionRefusal(string Why, string Advice);
