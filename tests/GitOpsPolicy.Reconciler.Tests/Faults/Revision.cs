using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// What a revision of a test says: some ConfigMaps, a claim and a Secret that outlive their leaving, and now and then a
/// namespaced set of other kinds.
/// </summary>
internal static class Revision
{
    /// <summary>The objects of a revision.</summary>
    /// <param name="number">Stands in each of them.</param>
    /// <param name="from">The first ConfigMap.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="unit">Stands in their names.</param>
    public static List<JsonObject> Maps(int number, int from, int count, string unit = "shop") =>
        [.. Enumerable.Range(
            from,
            count).Select(i => Of(
                "v1", "ConfigMap", $"{unit}-{i:000}",
                new() { ["data"] = new JsonObject { ["revision"] = $"r{number}", ["i"] = $"{i}" } }))];

    /// <summary>A claim, which nobody deletes without a word.</summary>
    public static JsonObject Claim(string name = "data") => Of("v1", "PersistentVolumeClaim", name, new()
    {
        ["spec"] = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["volumeName"] = "v",
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "1Gi" } },
        },
    });

    /// <summary>Any object in the namespace of the tests.</summary>
    public static JsonObject Of(string apiVersion, string kind, string name, JsonObject rest)
    {
        var one = new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        };
        foreach (var (key, value) in rest) one[key] = value?.DeepClone();
        return one;
    }

    /// <summary>Pushes it, and tells the log.</summary>
    public static void Push(
        string folder, OperationLog log, string commit, IReadOnlyCollection<JsonObject> objects, string unit = "shop")
    {
        log.Push(commit, objects);
        FolderRevisions.Push(
            Path.Join(folder, unit), commit, string.Join("\n---\n", objects.Select(static one => one.ToJsonString())));
    }

    /// <summary>A key of a ConfigMap of the tests.</summary>
    public static FakeKey Map(int i, string unit = "shop") => new("", "ConfigMap", "default", $"{unit}-{i:000}");
}
