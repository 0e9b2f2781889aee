using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Reconciler.Applying;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>
/// Carries the steps of one case out at one server, and writes down what came of each in words that are the same for every
/// server.
/// </summary>
internal sealed class HonestyRun(KubernetesClient client, string inNamespace)
{
    private readonly List<string> versions = ["0", "0"];
    private string uid = "";

    /// <summary>One line for each step.</summary>
    public async Task<List<string>> RunAsync(MappingNode row)
    {
        var of = (row.Text("of") is { Length: > 0 } named ? named : "v1 ConfigMap").Split(' ');
        var group = of[0].Contains('/', StringComparison.Ordinal) ? of[0].Split('/')[0] : "";
        var type = await client.Discovery.FindAsync(group, of[1], of[0].Split('/')[^1], default)
            ?? throw new InvalidOperationException($"{row.Text("of")} is not served.");
        var show = row.Texts("show") is { Length: > 0 } pointers ? pointers.ToArray() : ["/data"];
        var told = new List<string>();
        foreach (var step in row.Mappings("steps"))
        {
            var line = await StepAsync(type, step, show);
            told.Add($"{step.Text("do")} by {step.Text("as")}: {line}");
        }

        return told;
    }

    private async Task<string> StepAsync(ResourceType type, MappingNode step, string[] show)
    {
        var where = step.Text("namespace") is { Length: > 0 } elsewhere ? elsewhere : inNamespace;
        var address = new ObjectAddress(type, where, "x");
        try
        {
            switch (step.Text("do"))
            {
                case "get": return Tell(await client.GetAsync(address, default), show);
                case "create":
                    return Tell((await client.CreateAsync(type, where, Body(type, step), Options(step), default)).Object, show);
                case "update":
                    return Tell((await client.UpdateAsync(address, Body(type, step), Options(step), default)).Object, show);
                case "merge":
                    return Tell(
                        (await client.PatchAsync(address, PatchForm.Merge, Fill(step["body"]!), Options(step), default)).Object,
                        show);
                case "json":
                    return Tell(
                        (await client.PatchAsync(address, PatchForm.Json, Listed(step["patch"]!), Options(step), default)).Object,
                        show);
                case "delete":
                    return $"gone: {await client.DeleteAsync(address, new() { Uid = Given(step, "uid"), ResourceVersion = Given(step, "rv"), GracePeriodSeconds = 0 }, default)}";
                default: return await ApplyAsync(address, step, show);
            }
        }
        catch (KubernetesException e)
        {
            return $"{e.Failure.Code} {e.Failure.Reason}";
        }
    }

    private async Task<string> ApplyAsync(ObjectAddress address, MappingNode step, string[] show)
    {
        var options = new ApplyOptions { FieldManager = step.Text("as"), Force = step.Flag("force"), DryRun = step.Flag("dry") };
        return await client.ApplyAsync(address, Body(address.Type, step), options, default) switch
        {
            Applied.Done done =>
                $"{(done.Result.WasCreated ? "made " : "")}{Tell(done.Result.Object, show, isKept: !options.DryRun)}",
            Applied.Refused refused =>
                $"conflicts: {string.Join(", ", refused.Conflicts.Select(static one => $"{one.Manager} {one.Field}").Order(StringComparer.Ordinal))}",
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    private static WriteOptions Options(MappingNode step) => new() { FieldManager = step.Text("as") };

    private string? Given(MappingNode step, string name) => step.Text(name) is { Length: > 0 } text ? Fill(text) : null;

    private string Fill(string text) =>
        text.Replace("$oldrv", versions[^2], StringComparison.Ordinal)
            .Replace("$rv", versions[^1], StringComparison.Ordinal)
            .Replace("$uid", uid, StringComparison.Ordinal);

    private MappingNode Fill(Node body) => Sample.Object(Fill(NodeWriter.ToJson(body)));

    private Node Listed(Node patch) => SentNode.Of(JsonNode.Parse(Fill(NodeWriter.ToJson(patch)))!);

    private MappingNode Body(ResourceType type, MappingNode step)
    {
        var body = JsonNode.Parse(Fill(NodeWriter.ToJson(step["body"]!)))!.AsObject();
        (body["apiVersion"], body["kind"]) = (type.ApiVersion, type.Kind);
        (body["metadata"] ??= new JsonObject())["name"] = "x";
        return Sample.Object(body.ToJsonString());
    }

    private string Tell(MappingNode answer, string[] show, bool isKept = true)
    {
        var metadata = new ObjectMetadata(answer);
        var changed = metadata.ResourceVersion != versions[^1];
        if (isKept && changed) versions.Add(metadata.ResourceVersion);
        if (isKept) uid = metadata.Uid;
        var values = show.Select(
            pointer =>
                $"{pointer}={(JsonPointer.Find(answer, pointer) is { } found ? NodeWriter.ToJson(Sorted(found)) : "none")}");
        return $"{(isKept ? changed ? "changed" : "same" : "dry")} {string.Join(' ', values)}{(metadata.IsDeleting ? " deleting" : "")} owners: {Owners(answer)}";
    }

    private static Node Sorted(Node node) => node is MappingNode
        ? Sample.Object(
            new JsonObject(
                JsonNode.Parse(NodeWriter.ToJson(node))!.AsObject()
                    .OrderBy(static one => one.Key, StringComparer.Ordinal)
                    .Select(static one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))).ToJsonString())
        : node;

    // Which field whose: structure that a field implies is left out, and what the server itself wrote.
    private static string Owners(MappingNode answer) => string.Join(
        "; ", (answer.Mapping("metadata")?.Mappings("managedFields") ?? [])
            .Where(static entry => entry.Text("manager") != "kube-controller-manager")
            .Select(
                static entry =>
                    $"{entry.Text("manager")}/{entry.Text("operation")} {string.Join(' ', Leaves(entry.Mapping("fieldsV1")!, "").Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Leaves(MappingNode fields, string path)
    {
        var inner = fields.Entries.ToArray().Where(static entry => entry.Key != ".").ToArray();
        if (inner.Length == 0) return [path];
        return inner.SelectMany(entry => Leaves((MappingNode)entry.Value, $"{path}.{entry.Key[2..]}"));
    }
}
