using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;

namespace GitOpsPolicy.Reconciler.Tests.Model;

/// <summary>The revisions that Git had, in the order in which they were pushed.</summary>
internal sealed class Revisions
{
    private readonly List<(string Commit, Dictionary<FakeKey, JsonObject> Objects)> pushed = [];

    /// <summary>The newest; empty before the first.</summary>
    public IReadOnlyDictionary<FakeKey, JsonObject> Head => pushed.Count == 0 ? new() : pushed[^1].Objects;

    /// <summary>How many there are.</summary>
    public int Count => pushed.Count;

    /// <summary>Takes the mark of a push.</summary>
    public void Push(JsonObject mark) =>
        pushed.Add(
            ((string)mark["commit"]!,
                mark["objects"]!.AsArray().Select(static one => one!.AsObject()).ToDictionary(KeyOf, static one => one)));

    /// <summary>Which revisions say of an object what was sent.</summary>
    public HashSet<int> Saying(FakeKey key, JsonObject sent) =>
        [.. Enumerable.Range(
            0,
            pushed.Count).Where(i =>
                pushed[i].Objects.TryGetValue(key, out var wanted) && JsonNode.DeepEquals(Bare(wanted), Bare(sent)))];

    /// <summary>What lives has all that some revision says of it, whatever else somebody put there.</summary>
    public bool AnyHeldBy(FakeKey key, JsonObject live) =>
        pushed.Exists(one => one.Objects.TryGetValue(key, out var wanted) && Holds(live, wanted));

    /// <summary>Every revision from one on wants the object.</summary>
    public bool AllWant(FakeKey key, int from) =>
        pushed.Count > 0 && Enumerable.Range(from, pushed.Count - from).All(i => pushed[i].Objects.ContainsKey(key));

    /// <summary>The identity that an object of Git has.</summary>
    public static FakeKey KeyOf(JsonObject wanted)
    {
        var version = (string)wanted["apiVersion"]!;
        return new(
            version.Contains('/', StringComparison.Ordinal) ? version.Split('/')[0] : "", (string)wanted["kind"]!,
            (string?)wanted["metadata"]!["namespace"] ?? "", (string)wanted["metadata"]!["name"]!);
    }

    /// <summary>What lives has all that Git says.</summary>
    public static bool Holds(JsonNode? live, JsonNode? wanted) => (live, wanted) switch
    {
        (JsonObject map, JsonObject fields) => fields.All(field => Holds(map[field.Key], field.Value)),
        _ => JsonNode.DeepEquals(live, wanted),
    };

    // What the engine adds to what Git says: labels of the unit, and which object in which state is meant.
    private static JsonObject Bare(JsonObject one)
    {
        var bare = one.DeepClone().AsObject();
        bare.Remove("status");
        if (bare["metadata"] is not JsonObject metadata) return bare;
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"])
            metadata.Remove(field);
        if (metadata["labels"] is JsonObject labels)
        {
            foreach (var label in labels.Select(static label => label.Key)
                .Where(static key => key.StartsWith("gitops-policy.dev/", StringComparison.Ordinal))
                .ToList())
                labels.Remove(label);
            if (labels.Count == 0) metadata.Remove("labels");
        }

        return bare;
    }
}
