using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>
/// Who wrote a field last, by <c>metadata.managedFields</c> (Kubernetes, "Server-Side Apply", field management): <c>f:</c> is a
/// field, <c>k:</c> an item of a list by its keys, <c>v:</c> one by its value.
/// </summary>
internal static class FieldManagers
{
    /// <summary>
    /// The manager that wrote what differs, the latest where there are several; null where the object does not say.
    /// </summary>
    /// <param name="live">The object that lives.</param>
    /// <param name="desired">The object in Git, whose places the difference has.</param>
    /// <param name="difference">What differs.</param>
    public static string? Of(Node live, Node? desired, Difference difference)
    {
        string? name = null;
        var latest = "";
        foreach (var entry in live.At("metadata", "managedFields").ItemsOf())
        {
            if (entry.TextAt("manager") is not { } manager
                || !Owns(entry.At("fieldsV1"), difference.Before is null ? live : desired, difference.Steps))
                continue;
            var time = entry.TextAt("time") ?? "";
            if (name is null || string.CompareOrdinal(time, latest) > 0) (name, latest) = (manager, time);
        }

        return name;
    }

    // What owns an atomic field owns everything below it.
    private static bool Owns(Node? fields, Node? at, string[] steps)
    {
        var any = false;
        foreach (var step in steps)
        {
            var (child, next) = at is SequenceNode list
                ? (ItemIn(fields, list, step), ItemAt(list, step))
                : (fields.At("f:" + step), at.At(step));
            if (child is null) return any && IsLeaf(fields);
            (fields, at, any) = (child, next, true);
        }

        return any;
    }

    private static bool IsLeaf(Node? fields) => fields is MappingNode { Count: 0 };

    private static Node? ItemAt(SequenceNode list, string step) =>
        int.TryParse(step, out var index) && index < list.Count ? list[index] : null;

    private static Node? ItemIn(Node? fields, SequenceNode list, string step)
    {
        var item = ItemAt(list, step);
        foreach (ref readonly var entry in fields.EntriesOf())
            if (entry.Key.StartsWith("k:", StringComparison.Ordinal)
                ? HasKeys(item, entry.Key[2..])
                : entry.Key == $"v:{(item is ScalarNode scalar ? Quoted(scalar) : null)}")
                return entry.Value;
        return null;
    }

    private static string Quoted(ScalarNode scalar) => scalar.Kind == NodeKind.String ? $"\"{scalar.Text}\"" : scalar.Text;

    private static bool HasKeys(Node? item, string json)
    {
        try
        {
            using var keys = JsonDocument.Parse(json);
            return keys.RootElement.ValueKind == JsonValueKind.Object
                && keys.RootElement.EnumerateObject().All(key => IsKey(item, key));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A key that is not written has its default, which is what the server compares by.
    private static bool IsKey(Node? item, JsonProperty key) =>
        (item.At(key.Name) is ScalarNode scalar
            ? scalar.Text
            : NoiseTable.Shipped.Defaults.GetValueOrDefault(key.Name)) == key.Value.ToString();
}
