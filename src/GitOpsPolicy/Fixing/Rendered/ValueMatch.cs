using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>An edit of values that may be the right one.</summary>
/// <param name="Rank">How unlikely it is; the lowest is tried first.</param>
/// <param name="Steps">What is done.</param>
internal sealed record ValueEdit(int Rank, FixStep[] Steps);

/// <summary>
/// Looks through values for what a difference may come from: a scalar that is, or is a part of, what is rendered; two that make
/// up a reference to an image; a mapping or a list that is rendered as it stands.
/// </summary>
/// <param name="rendered">The rendered object.</param>
/// <param name="difference">What differs.</param>
internal sealed class ValueMatch(Node rendered, Difference difference)
{
    private readonly string name = difference.Steps[^1];
    private readonly List<ValueEdit> found = [];

    /// <summary>The edits of some values.</summary>
    public IReadOnlyList<ValueEdit> In(MappingNode values)
    {
        found.Clear();
        Visit(values, "");
        return [.. found];
    }

    private void Visit(Node node, string key)
    {
        switch (node)
        {
            case MappingNode mapping:
                TakeParts(mapping);
                TakeMapping(mapping, key);
                foreach (var entry in mapping.Entries.ToArray()) Visit(entry.Value, entry.Key);
                break;
            case SequenceNode list:
                TakeList(list, key);
                foreach (var item in list.Items.ToArray()) Visit(item, key);
                break;
            case ScalarNode scalar:
                TakeScalar(scalar, key);
                break;
            default:
                break;
        }
    }

    private void TakeScalar(ScalarNode value, string key)
    {
        if (difference is not { Before: ScalarNode before, After: ScalarNode after }) return;
        if (value.Text == before.Text) Set(IsNamed(key) ? 0 : 2, value, after.Text);
        else if (PartOf(before.Text, value.Text, after.Text) is { } part) Set(IsNamed(key) ? 3 : 4, value, part);
    }

    // The part of a text that one value makes up, as the other text has it; null where more than that differs.
    private static string? PartOf(string before, string part, string after)
    {
        if (part.Length == 0) return null;
        for (var at = before.IndexOf(part, StringComparison.Ordinal); at >= 0;)
        {
            var (start, end) = (before[..at], before[(at + part.Length)..]);
            if (after.Length > start.Length + end.Length
                && after.StartsWith(start, StringComparison.Ordinal)
                && after.EndsWith(end, StringComparison.Ordinal))
                return after[start.Length..^end.Length];
            at = at + 1 < before.Length ? before.IndexOf(part, at + 1, StringComparison.Ordinal) : -1;
        }

        return null;
    }

    // A repository and its tag, both of which were changed.
    private void TakeParts(MappingNode mapping)
    {
        if (difference is not { Before: ScalarNode before, After: ScalarNode after }) return;
        var (old, made) = (Cut(before.Text), Cut(after.Text));
        if (old.Tag is null || made.Tag is null || old.Tag == made.Tag || old.Name == made.Name) return;
        var scalars = mapping.Entries.ToArray().Select(static entry => entry.Value).OfType<ScalarNode>().ToList();
        if (scalars.Find(one => one.Text == old.Tag) is not { } tag) return;
        foreach (var one in scalars)
            if ((one.Text == old.Name ? made.Name : PartOf(old.Name, one.Text, made.Name)) is { } repository)
                found.Add(new(
                    1, [new FixStep.Set(one, Like(one, repository)), new FixStep.Set(tag, Like(tag, made.Tag))]));
    }

    private static (string Name, string? Tag) Cut(string image) =>
        image.IndexOf(':', image.LastIndexOf('/') + 1) is var colon and >= 0
            ? (image[..colon], image[(colon + 1)..])
            : (image, null);

    private void TakeMapping(MappingNode mapping, string key)
    {
        if (difference is { Before: null, After: MappingNode { Count: > 0 } whole } && mapping.Count == 0 && IsNamed(key))
            found.Add(new(
                0,
                [.. whole.Entries.ToArray().Select(entry => new FixStep.Add(mapping, entry.Key, ValueNodes.Copy(entry.Value)))]));
        if (ParentOf() is not { } parent || !IsWithin(mapping, parent.Node)) return;
        var rank = string.Equals(key, parent.Key, StringComparison.OrdinalIgnoreCase) ? 1 : mapping.Count > 0 ? 2 : 5;
        if (difference is { Before: null, After: { } added } && mapping[name] is null)
            found.Add(new(rank, [new FixStep.Add(mapping, name, ValueNodes.Copy(added))]));
        else if (difference is { Before: not null, After: null } && mapping[name] is { } gone)
            found.Add(new(rank, [new FixStep.Remove(gone)]));
    }

    private void TakeList(SequenceNode list, string key)
    {
        if (difference is { Before: null, After: SequenceNode { Count: > 0 } whole } && list.Count == 0 && IsNamed(key))
            found.Add(new(0, [.. whole.Items.ToArray().Select(item => new FixStep.Append(list, ValueNodes.Copy(item)))]));
    }

    private (string Key, MappingNode Node)? ParentOf() =>
        difference.Steps.Length > 1
            && JsonPointer.Find(rendered, JsonPointer.Format(difference.Steps[..^1])) is MappingNode parent
            ? (difference.Steps[^2], parent)
            : null;

    private static bool IsWithin(MappingNode values, MappingNode parent) =>
        values.Entries.ToArray().All(entry => parent[entry.Key] is { } same
            && (NodeEquality.AreEqual(entry.Value, same)
                || ((entry.Value, same) is (ScalarNode value, ScalarNode other) && value.Text == other.Text)));

    private bool IsNamed(string key) =>
        string.Equals(key, name, StringComparison.OrdinalIgnoreCase)
            || key.EndsWith(name, StringComparison.OrdinalIgnoreCase);

    private void Set(int rank, ScalarNode value, string text) =>
        found.Add(new(rank, [new FixStep.Set(value, Like(value, text))]));

    // A number stays a number, and a text a text: charts quote, count and compare.
    private static ScalarNode Like(ScalarNode value, string text) => value.Kind switch
    {
        NodeKind.Number when IsNumber(text) => ScalarNode.Numeric(text),
        NodeKind.Boolean when text is "true" or "false" => ScalarNode.Boolean(text == "true"),
        _ => ScalarNode.String(text),
    };

    private static bool IsNumber(string text) =>
        decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text;
}
