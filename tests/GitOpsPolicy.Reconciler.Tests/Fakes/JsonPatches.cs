using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>The two forms of patch that clients of the fake send.</summary>
internal static class JsonPatches
{
    /// <summary>A merge patch, RFC 7386.</summary>
    public static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject fields) return patch?.DeepClone();
        var merged = target as JsonObject ?? [];
        foreach (var (key, value) in fields)
        {
            if (value is null) merged.Remove(key);
            else merged[key] = Merge(merged[key]?.DeepClone(), value);
        }

        return merged;
    }

    /// <summary>A JSON patch, RFC 6902, without copy and move; false when a test fails or a path is not there.</summary>
    public static bool TryApply(JsonObject target, JsonArray steps)
    {
        foreach (var step in steps)
        {
            var path = ((string)step!["path"]!).Split('/')[1..]
                .Select(static one => one.Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal))
                .ToArray();
            JsonNode? parent = target;
            foreach (var one in path[..^1]) parent = Child(parent, one);
            if (!Carry((string)step["op"]!, parent, path[^1], step["value"])) return false;
        }

        return true;
    }

    private static bool Carry(string operation, JsonNode? parent, string last, JsonNode? value)
    {
        switch (operation, parent)
        {
            case ("test", _):
                return JsonNode.DeepEquals(Child(parent, last), value);
            case ("remove", JsonObject map):
                return map.Remove(last);
            case ("remove", JsonArray list) when int.Parse(last) < list.Count:
                list.RemoveAt(int.Parse(last));
                return true;
            case ("add" or "replace", JsonObject map):
                map[last] = value?.DeepClone();
                return true;
            case ("add", JsonArray list):
                list.Insert(last == "-" ? list.Count : int.Parse(last), value?.DeepClone());
                return true;
            default:
                return false;
        }
    }

    private static JsonNode? Child(JsonNode? parent, string step) => parent switch
    {
        JsonObject map => map[step],
        JsonArray list when int.TryParse(step, out var i) && i < list.Count => list[i],
        _ => null,
    };
}
