namespace GitOpsPolicy.Evaluation;

/// <summary>
/// The fingerprints of the findings of one decision, worked out when the first of them is asked for: an answer to an API server
/// needs none. Findings of one rule at one place are told apart by their order.
/// </summary>
/// <param name="inOrder">The findings, in their order.</param>
/// <threadsafety>Safe from any thread: two may both work them out, to the same result.</threadsafety>
internal sealed class Fingerprints(Finding[] inOrder)
{
    private string[]? texts;

    /// <summary>The fingerprint of the finding at an index.</summary>
    public string this[int index] => (texts ??= Make())[index];

    private string[] Make()
    {
        var seen = new Dictionary<(string Rule, string? Resource, string Place), int>();
        var made = new string[inOrder.Length];
        for (var i = 0; i < made.Length; i++)
        {
            var finding = inOrder[i];
            var place = finding.Node is { } node
                ? Fingerprint.StablePointer(node, finding.Change?.Before, finding.Change?.After)
                : "";
            var key = (finding.Rule, finding.Resource?.Canonical, place);
            var ordinal = seen.GetValueOrDefault(key);
            seen[key] = ordinal + 1;
            made[i] = Fingerprint.Of(finding.Rule, finding.Resource, place, ordinal);
        }

        return made;
    }
}

/// <summary>The fingerprint of a finding: a text, or one of those of its decision.</summary>
internal readonly struct FindingPrint : IEquatable<FindingPrint>
{
    private readonly object source;
    private readonly int index;

    /// <summary>A fingerprint that is known.</summary>
    public FindingPrint(string text) => source = text;

    /// <summary>The fingerprint at an index.</summary>
    public FindingPrint(Fingerprints all, int index) => (source, this.index) = (all, index);

    /// <summary>The fingerprint.</summary>
    public string Text => source as string ?? ((Fingerprints)source)[index];

    /// <inheritdoc/>
    public bool Equals(FindingPrint other) => Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FindingPrint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}
