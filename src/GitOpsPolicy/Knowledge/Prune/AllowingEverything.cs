using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// Policies of AWS in JSON that allow everything: a statement with the effect <c>Allow</c>, the action <c>*</c> or <c>*:*</c>,
/// and the resource <c>*</c> (AWS, "IAM JSON policy elements reference").
/// </summary>
internal static class AllowingEverything
{
    /// <summary>A text within a node allows everything.</summary>
    /// <param name="root">The object.</param>
    /// <param name="places">Where its policies are.</param>
    public static bool IsIn(Node? root, IReadOnlyList<FieldPattern> places) => root is not null && IsIn(root, places, []);

    private static bool IsIn(Node node, IReadOnlyList<FieldPattern> places, List<string> steps)
    {
        if (node.AsText() is { } text) return places.Any(place => place.Is(steps)) && Allows(text);
        var items = node.ItemsOf();
        for (var i = 0; i < items.Length; i++)
            if (IsBelow(items[i], i.ToString(System.Globalization.CultureInfo.InvariantCulture), places, steps)) return true;
        foreach (ref readonly var entry in node.EntriesOf())
            if (IsBelow(entry.Value, entry.Key, places, steps)) return true;
        return false;
    }

    private static bool IsBelow(Node node, string step, IReadOnlyList<FieldPattern> places, List<string> steps)
    {
        steps.Add(step);
        var isIn = IsIn(node, places, steps);
        steps.RemoveAt(steps.Count - 1);
        return isIn;
    }

    private static bool Allows(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!JsonReader.Read(new TextFile("policy", bytes), bytes, ReaderLimits.Default).TryGet(out var document)) return false;
        foreach (var statement in Each(document.Root.At("Statement")))
            if (statement.TextAt("Effect") == "Allow"
                && Names(statement.At("Action"), "*", "*:*")
                && Names(statement.At("Resource"), "*"))
                return true;
        return false;
    }

    private static bool Names(Node? node, params ReadOnlySpan<string> words)
    {
        foreach (var item in Each(node))
            if (item.AsText() is { } text && words.Contains(text)) return true;
        return false;
    }

    // One statement or name may stand without a list.
    private static ReadOnlySpan<Node> Each(Node? node) =>
        node is null ? [] : node is SequenceNode list ? list.Items : new Node[] { node };
}
