using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Tests.Families;

/// <summary>A request to the API server, made from its operation, its objects and who asks, and read as one.</summary>
internal static class CaseReview
{
    /// <summary>Reads the request.</summary>
    public static ChangeSet Read(MappingNode written)
    {
        var problems = new ProblemList();
        var fields = new FieldReader(written, problems);
        var (before, after) = (Object(fields.Any("before")), Object(fields.Any("after")));
        var user = fields.Text("user") ?? "alice";
        var operation = fields.Text("operation") ?? (before is null ? "CREATE" : after is null ? "DELETE" : "UPDATE");
        fields.Finish();
        if (problems.Count > 0) throw new FormatException(string.Join("\n", problems.InFileOrder()));
        var review = Envelope(
            operation, user,
            (after ?? before) as MappingNode ?? throw new FormatException($"{written.Location}: the request has no object"),
            before, after);
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(review));
        return loaded.TryGet(out var read) ? read.ToChanges() : throw new FormatException(string.Join("\n", loaded.Problems));
    }

    private static string Envelope(string operation, string user, MappingNode named, Node? before, Node? after)
    {
        var (group, version) = named.TextAt("apiVersion")!.Split('/') is [var g, var v]
            ? (g, v)
            : ("", named.TextAt("apiVersion")!);
        return $$"""
            { "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "case", "operation": "{{operation}}", "userInfo": { "username": {{Json(ScalarNode.String(user))}} },
              "kind": { "group": "{{group}}", "version": "{{version}}", "kind": "{{named.TextAt("kind")}}" },
              "name": {{Json(named.At("metadata", "name"))}}, "namespace": {{Json(named.At("metadata", "namespace") ?? ScalarNode.String(""))}},
              "object": {{Json(after)}}, "oldObject": {{Json(before)}} } }
            """;
    }

    private static Node? Object(Node? written)
    {
        if (written is not ScalarNode { Kind: NodeKind.String } text) return written;
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        var loaded = YamlReader.Read(new TextFile("request.yaml", bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? stream.Documents[0].Root
            : throw new FormatException(string.Join("\n", loaded.Problems));
    }

    private static string Json(Node? node) => node is null ? "null" : NodeWriter.ToJson(node);
}
