using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>Reads what the API server sends to a webhook.</summary>
public static class AdmissionReviewReader
{
    /// <summary>The one version of reviews that is understood; servers before 1.16 know only others.</summary>
    public const string ApiVersion = "admission.k8s.io/v1";

    /// <summary>The answer repeats the uid. API servers send 36 characters.</summary>
    private const int MaxUid = 256;

    /// <summary>
    /// The server itself takes objects of 3 MiB; an update holds two. Nodes are bounded by the bytes, since the shortest one with
    /// its comma has two.
    /// </summary>
    private static readonly ReaderLimits Limits = ReaderLimits.Default with
    {
        MaxBytes = 8L << 20,
        MaxNodes = 4 << 20,
        MaxDepth = 400,
    };

    /// <summary>Reads a review, or tells what is wrong with it.</summary>
    /// <param name="utf8">The body of the request; it must not change while the review or anything made from it is in
    /// use.</param>
    public static Loaded<AdmissionReview> Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return Read(ReviewParts.Read(new TextFile(AdmissionReview.SourceName, utf8), utf8, Limits), utf8.Length);
        }
        catch (MalformedTextException e)
        {
            return new([e.Problem]);
        }
    }

    private static Loaded<AdmissionReview> Read(ReviewParts parts, int size)
    {
        if (parts.Envelope.Text("apiVersion") is not ApiVersion || parts.Envelope.Text("kind") is not "AdmissionReview")
            return Wrong(
                parts.Envelope, $"this is no AdmissionReview of `{ApiVersion}`",
                $"list `v1` in the webhook's `admissionReviewVersions`, and nothing else calls this address");
        if (parts.Request is not { } request) return Wrong(parts.Envelope, "the review has no `request`");
        if (request.Text("uid") is not { } uid) return Wrong(request, "the request has no `uid`");
        if (OperationOf(request.Text("operation")) is not { } operation)
            return Wrong(request, "the request has no operation that is known here");
        if (parts.Object is not (null or MappingNode)) return Wrong(parts.Object, "`object` is no object");
        if (parts.OldObject is not (null or MappingNode)) return Wrong(parts.OldObject, "`oldObject` is no object");
        if (uid.Length > MaxUid) return Wrong(request, $"the `uid` has more than {MaxUid} characters");
        if (operation is Operation.Create or Operation.Update && parts.Object is null)
            return Wrong(request, "the request has no `object`, which only a delete and a connection may lack");
        return request.Text("kind", "kind") is { } kind
            ? new(Review(parts, uid, operation, kind) with { Size = size })
            : Wrong(request, "the request does not tell its `kind`");
    }

    private static AdmissionReview Review(ReviewParts parts, string uid, Operation operation, string kind)
    {
        var request = parts.Request!;
        var (after, before) = (parts.Object as MappingNode, parts.OldObject as MappingNode);
        var secrets = new SecretMarks();
        Mark(after, kind, secrets);
        Mark(before, kind, secrets);
        var place = request.Text("namespace") ?? "";
        var group = request.Text("kind", "group") ?? "";
        var isNamespace = group.Length == 0 && kind == "Namespace";
        return new()
        {
            Uid = uid,
            Operation = operation,
            Resource = new(
                group, request.Text("kind", "version") ?? "", kind, isNamespace ? "" : place, NameOf(request, after, before)),
            RequestKind = RequestKindOf(request),
            Subresource = request.Text("subResource") ?? "",
            Namespace = isNamespace && place.Length == 0 ? NameOf(request, after, before) : place,
            User = request.Text("userInfo", "username") ?? "",
            Groups = Texts(request.At("userInfo", "groups")),
            IsDryRun = request["dryRun"] is ScalarNode { Kind: NodeKind.Boolean, Text: "true" },
            Object = after,
            OldObject = before,
            SensitiveTexts = secrets.Texts,
        };
    }

    // A request for a whole collection comes as one request per object, each without a name; an object that the server will name
    // has none yet.
    private static string NameOf(MappingNode request, MappingNode? after, MappingNode? before)
    {
        foreach (var name in (ReadOnlySpan<string?>)[
            request.Text("name"),
            before?.Text("metadata", "name"),
            after?.Text("metadata", "name")
        ])
            if (name is { Length: > 0 }) return name;
        return after?.Text("metadata", "generateName") + "*";
    }

    private static string RequestKindOf(MappingNode request)
    {
        var kind = request["requestKind"] ?? request["kind"];
        return string.Join(
            '/', new[] { kind?.Text("group"), kind?.Text("version"), kind?.Text("kind") }.Where(part => part is not null));
    }

    private static void Mark(MappingNode? node, string kind, SecretMarks secrets)
    {
        if (node is null) return;
        secrets.Mark(new RawObject(node, node.Text("apiVersion") ?? "", node.Text("kind") ?? kind, AdmissionReview.SourceName));
    }

    private static ImmutableArray<string> Texts(Node? node) =>
        node is SequenceNode list ? [.. list.Items.ToArray().OfType<ScalarNode>().Select(item => item.Text)] : [];

    private static Operation? OperationOf(string? word) => word switch
    {
        "CREATE" => Operation.Create,
        "UPDATE" => Operation.Update,
        "DELETE" => Operation.Delete,
        "CONNECT" => Operation.Connect,
        _ => null,
    };

    private static Loaded<AdmissionReview> Wrong(Node at, string message, string? hint = null) =>
        new([new Problem(at.Location, message, hint)]);
}
