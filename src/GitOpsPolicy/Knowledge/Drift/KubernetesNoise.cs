using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>Differences of Kubernetes objects that the server and well-known controllers make.</summary>
internal sealed class KubernetesNoise : IDriftNoise
{
    private readonly NoiseTable table = NoiseTable.Shipped;
    private readonly ImmutableArray<FieldPattern> hidden;
    private readonly ImmutableArray<FieldPattern> owned;

    private KubernetesNoise(string kind, Node? root)
    {
        hidden = PathsOf(table.Hidden, kind, root);
        owned = PathsOf(table.Owned, kind, root);
    }

    /// <summary>The noise of one kind.</summary>
    /// <param name="id">What the object is.</param>
    /// <param name="root">The object as Git has it, on whose contents some rows hang; null where there is none.</param>
    public static KubernetesNoise For(KubernetesId id, Node? root = null) => new(GuardTable.NameOf(id.Group, id.Kind), root);

    /// <inheritdoc/>
    public bool Hides(List<string> steps) => FitsAny(hidden, steps);

    /// <summary>
    /// An addition at this place counts. An item of a list that Git writes is not Git's as a whole: the server fills in what Git
    /// leaves out.
    /// </summary>
    /// <param name="steps">The place.</param>
    /// <param name="item">Which of the steps is the innermost item of a list; negative for none. A key may be a number, too.</param>
    public bool Owns(List<string> steps, int item)
    {
        foreach (var path in owned)
            if (path.Covers(steps) && (item < 0 || !path.Covers(steps[..(item + 1)]))) return true;
        return false;
    }

    /// <inheritdoc/>
    public bool AreEqual(ScalarNode before, ScalarNode after) =>
        Quantity.TryParse(before.Text, out var left) && Quantity.TryParse(after.Text, out var right) && left == right;

    /// <summary>Two spellings of one value at a place.</summary>
    public bool AreEqualAt(List<string> steps, ScalarNode left, ScalarNode right)
    {
        if (steps.Exists(table.Quantities.Contains) && AreEqual(left, right)) return true;
        return steps.Count > 0
            && table.Durations.Contains(steps[^1])
            && Duration.TryParse(left.Text, out var one)
            && Duration.TryParse(right.Text, out var other)
            && one == other;
    }

    /// <inheritdoc/>
    public bool IsDefault(string step, Node node) =>
        node is ScalarNode scalar && table.Defaults.TryGetValue(step, out var value) && value == scalar.Text;

    /// <summary>The server does not keep this value under this key, as it says nothing.</summary>
    public bool IsOmitted(string step, Node node) =>
        node is ScalarNode { Kind: NodeKind.Boolean, IsTrue: false } or ScalarNode { Kind: NodeKind.Number, Number: 0 }
            && table.Omitted.Contains(step);

    /// <summary>The keys by which items of a list are known; empty where they are known by their order.</summary>
    public ImmutableArray<string> KeysOf(List<string> steps)
    {
        foreach (var row in table.Keys)
            foreach (var path in row.Paths)
                if (path.Is(steps)) return row.Keys;
        return [];
    }

    /// <summary>The value of a key; the default where it is not written; null where there is neither.</summary>
    public string? KeyOf(Node item, string key) =>
        item.At(key) is ScalarNode scalar ? scalar.Text : table.Defaults.GetValueOrDefault(key);

    /// <summary>Order means nothing in this list.</summary>
    public bool IsSet(List<string> steps)
    {
        foreach (var path in table.Sets)
            if (path.Is(steps)) return true;
        return false;
    }

    private static bool FitsAny(ImmutableArray<FieldPattern> paths, List<string> steps)
    {
        if (steps.Count == 0) return false;
        foreach (var path in paths)
            if (path.Covers(steps)) return true;
        return false;
    }

    private static ImmutableArray<FieldPattern> PathsOf(ImmutableArray<PathsOfKinds> rows, string kind, Node? root) =>
    [
        .. rows.Where(row => (row.Kinds.IsEmpty || row.Kinds.Contains(kind))
            && (row.Having is null || (root is not null && JsonPointer.Find(root, row.Having) is not null)))
            .SelectMany(row => row.Paths),
    ];
}

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>90s</c> (package time, ParseDuration).</summary>
internal static class Duration
{
    private static readonly (string Unit, decimal Seconds)[] Units = [
        ("ns", 1e-9m), ("us", 1e-6m), ("µs", 1e-6m), ("ms", 1e-3m), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("w", 604800)
    ];

    /// <summary>
    /// Reads a duration in seconds; false when the text is none. Days and weeks, which Prometheus knows, are read too.
    /// </summary>
    public static bool TryParse(string text, out decimal seconds)
    {
        seconds = 0;
        var at = 0;
        while (at < text.Length)
        {
            var digits = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
            if (at == digits
                || at - digits > 12
                || !decimal.TryParse(
                    text.AsSpan(digits, at - digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out var number))
                return false;
            var unit = at;
            while (at < text.Length && !char.IsAsciiDigit(text[at]) && text[at] != '.') at++;
            var name = text[unit..at];
            var factor = Array.Find(Units, entry => entry.Unit == name).Seconds;
            if (factor == 0) return false;
            seconds += number * factor;
        }

        return text.Length > 0;
    }
}
