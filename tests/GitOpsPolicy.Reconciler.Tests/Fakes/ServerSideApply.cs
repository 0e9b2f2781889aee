using System.Globalization;
using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>One entry of <c>managedFields</c>.</summary>
internal sealed record FieldOwner(
    string Manager, string Operation, string ApiVersion, string Subresource, string Time, FieldSet Fields)
{
    public bool IsSame(FieldOwner other) =>
        (Manager, Operation, ApiVersion, Subresource) == (other.Manager, other.Operation, other.ApiVersion, other.Subresource);

    public static FieldOwner Read(JsonObject entry) => new(
        (string?)entry["manager"] ?? "", (string?)entry["operation"] ?? "", (string?)entry["apiVersion"] ?? "",
        (string?)entry["subresource"] ?? "", (string?)entry["time"] ?? "", FieldSet.Read(entry["fieldsV1"] as JsonObject ?? []));

    public JsonObject ToJson()
    {
        var entry = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["time"] = Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToFieldsV1(),
        };
        if (Subresource.Length > 0) entry["subresource"] = Subresource;
        return entry;
    }

    public string Conflict => Operation == "Apply"
        ? $"conflict with \"{Manager}\"{Part} using {ApiVersion}"
        : $"conflict with \"{Manager}\"{Part} using {ApiVersion} at {Time}";

    private string Part => Subresource.Length == 0 ? "" : $" with subresource \"{Subresource}\"";
}

/// <summary>A field that another manager owns with another value.</summary>
internal sealed record OwnedField(string Field, FieldOwner Owner);

/// <summary>What an apply comes to: an object with its owners, or conflicts.</summary>
internal sealed record ApplyOutcome(JsonObject Object, List<FieldOwner> Owners, List<OwnedField> Conflicts);

/// <summary>Who owns which field, as the server keeps it. https://github.com/kubernetes-sigs/structured-merge-diff.</summary>
internal static class ServerSideApply
{
    /// <summary>Applies a configuration.</summary>
    public static ApplyOutcome Apply(
        JsonObject live, List<FieldOwner> owners, JsonObject config, FieldOwner by, (bool Force, ListRules Rules) how)
    {
        var applied = FieldSet.Of(config, how.Rules);
        var (liveValues, configValues) = (new FieldValues(live, how.Rules), new FieldValues(config, how.Rules));
        var others = owners.Where(owner => !owner.IsSame(by)).ToList();
        var changed = applied.Paths
            .Where(path => path.Split('\n')[^1][0] == 'f' && !JsonNode.DeepEquals(liveValues.At(path), configValues.At(path)))
            .ToHashSet(StringComparer.Ordinal);
        var conflicts = others
            .SelectMany(owner => owner.Fields.Paths.Where(changed.Contains)
                .Select(path => new OwnedField(FieldSet.Shown(path), owner)))
            .ToList();
        if (conflicts.Count > 0 && !how.Force) return new(live, owners, conflicts);

        var merged = (JsonObject)Merge(live, config, "", how.Rules)!;
        var before = owners.FirstOrDefault(owner => owner.IsSame(by))?.Fields ?? FieldSet.Empty;
        var kept = others.Select(owner => owner with { Fields = owner.Fields.Where(path => !changed.Contains(path)) }).ToList();
        var given = before.Without(applied).Paths
            .Where(path => !kept.Exists(owner => Owns(owner.Fields, path)))
            .OrderBy(static path => path.Length);
        foreach (var path in given) Remove(merged, path, how.Rules);
        return new(merged, Renew(kept, by with { Fields = applied }, owners), []);
    }

    /// <summary>The owners after a write that is no apply: whoever writes a field owns it.</summary>
    public static List<FieldOwner> AfterUpdate(
        JsonObject before, JsonObject after, List<FieldOwner> owners, FieldOwner by, ListRules rules)
    {
        var (changed, removed) = FieldSet.Compare(before, after, rules);
        var gone = changed.And(removed);
        var kept = owners.Where(owner => !owner.IsSame(by))
            .Select(owner => owner with { Fields = owner.Fields.Without(gone) })
            .ToList();
        var mine = owners.FirstOrDefault(owner => owner.IsSame(by))?.Fields ?? FieldSet.Empty;
        return Renew(kept, by with { Fields = mine.And(changed).Without(removed) }, owners);
    }

    // An entry whose fields stay keeps its time.
    private static List<FieldOwner> Renew(List<FieldOwner> kept, FieldOwner mine, List<FieldOwner> before)
    {
        var old = before.FirstOrDefault(owner => owner.IsSame(mine));
        if (old is not null
            && old.Fields.Paths.Count == mine.Fields.Paths.Count
            && old.Fields.Without(mine.Fields).Paths.Count == 0)
            mine = old;
        return [.. kept.Append(mine).Where(static owner => owner.Fields.Paths.Count > 0)];
    }

    private static bool Owns(FieldSet fields, string path) =>
        fields.Contains(path) || fields.Paths.Any(one => one.StartsWith(path + "\n", StringComparison.Ordinal));

    private static JsonNode? Merge(JsonNode? live, JsonNode? config, string path, ListRules rules)
    {
        if (live is JsonObject old && config is JsonObject now && !rules.IsAtomic(path))
        {
            var merged = (JsonObject)old.DeepClone();
            foreach (var (key, value) in now) merged[key] = Merge(old[key], value, FieldSet.Join(path, $"f:{key}"), rules);
            return merged;
        }

        if (live is JsonArray oldList && config is JsonArray newList && rules.KeysOf(path) is { } keys)
        {
            var merged = (JsonArray)oldList.DeepClone();
            foreach (var item in newList)
            {
                var step = ListRules.StepTo(item, keys);
                var at = Enumerable.Range(0, merged.Count).Where(i => ListRules.StepTo(merged[i], keys) == step)
                    .DefaultIfEmpty(-1)
                    .First();
                if (at < 0) merged.Add(item?.DeepClone());
                else if (keys.Length > 0) merged[at] = Merge(oldList[at], item, FieldSet.Join(path, step), rules);
            }

            return merged;
        }

        return config?.DeepClone();
    }

    private static void Remove(JsonObject root, string path, ListRules rules)
    {
        var steps = path.Split('\n');
        var parent = steps.Length == 1 ? root : new FieldValues(root, rules).At(string.Join('\n', steps[..^1]));
        if (parent is JsonObject map) map.Remove(steps[^1][2..]);
        if (parent is JsonArray list
            && rules.KeysOf(string.Join('\n', steps[..^1])) is { } keys
            && list.FirstOrDefault(item => ListRules.StepTo(item, keys) == steps[^1]) is { } item)
            list.Remove(item);
        if (steps.Length > 1 && parent is JsonObject { Count: 0 } or JsonArray { Count: 0 } && steps[^2][0] == 'f')
            Remove(root, string.Join('\n', steps[..^1]), rules);
    }

    /// <summary>The time as the server writes it.</summary>
    public static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
