using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <content>Writing objects.</content>
internal sealed partial class FakeCluster
{
    private FakeAnswer Create(FakeRequest request)
    {
        var body = request.Object.DeepClone().AsObject();
        var metadata = MetadataOf(body);
        if ((string?)metadata["name"] is null or "")
            metadata["name"] = (string?)metadata["generateName"] is { Length: > 0 } prefix
                ? $"{prefix}{objects.Version:x5}"
                : request.Key.Name;
        var key = request.Key with { Name = (string)metadata["name"]! };
        if (objects.Find(key) is not null) return Refusals.AlreadyExists(request.Type, key.Name);
        if (metadata["resourceVersion"] is not null)
            return Refusals.Of(500, "", "resourceVersion should not be set on objects to be created");
        return Make(request with { Key = key }, body, AfterUpdateOf([], body, [], request));
    }

    private FakeAnswer Make(FakeRequest request, JsonObject body, List<FieldOwner> owners)
    {
        if (request.Type.IsNamespaced
            && objects.Find(new("", "Namespace", "", request.Key.Namespace)) is not { IsDeleting: false })
            return Refusals.Of(404, "NotFound", $"namespaces \"{request.Key.Namespace}\" not found");
        var metadata = MetadataOf(body);
        (body["apiVersion"], body["kind"]) = (request.Type.ApiVersion, request.Type.Kind);
        metadata["name"] = request.Key.Name;
        if (request.Type.IsNamespaced) metadata["namespace"] = request.Key.Namespace;
        metadata["creationTimestamp"] = Now;
        metadata.Remove("uid");
        if (request.Type.HasGeneration) metadata["generation"] = 1;
        if (request.Type.HasStatus) body.Remove("status");
        Mutation?.Invoke(request.Type, body);
        if (request.Type.Kind == "Namespace") body["status"] = new JsonObject { ["phase"] = "Active" };
        return new(201, Keep(request, body, owners));
    }

    private FakeAnswer Update(FakeRequest request, Stored found)
    {
        var body = request.Verb == "update" ? request.Object.DeepClone().AsObject() : Patched(request, found);
        if (body is null) return Refusals.Of(422, "Invalid", "the server rejected our request due to an error in our request");
        if (Refusal(request, MetadataOf(body), found) is { } refusal) return refusal;
        var now = Combined(request, found, body);
        return new(200, Change(request, found, now, AfterUpdateOf(found.Object, now, OwnersIn(body, found), request)));
    }

    // Whoever writes them anew says who owns what; an empty list leaves the fields to nobody.
    private static List<FieldOwner> OwnersIn(JsonObject body, Stored found) =>
        body["metadata"]?["managedFields"] is not JsonArray given
                || JsonNode.DeepEquals(given, found.Object["metadata"]?["managedFields"])
            ? found.Owners
            : [.. given.Select(static one => FieldOwner.Read(one!.AsObject()))];

    private FakeAnswer ApplyTo(FakeRequest request, Stored? found)
    {
        var config = request.Object.DeepClone().AsObject();
        var metadata = MetadataOf(config);
        if (metadata["managedFields"] is not null) return Refusals.Of(400, "BadRequest", "metadata.managedFields must be nil");
        var by = OwnerOf(request, "Apply");
        if (found is null)
        {
            if (metadata["uid"] is { } uid)
                return Refusals.Conflict(
                    request.Type, request.Key.Name,
                    $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
            metadata.Remove("resourceVersion"); // a server compares it where there is something to compare it with
            var made = ServerSideApply.Apply([], [], config, by, (request.Force, RulesOf(request.Type)));
            return Make(request, made.Object, made.Owners);
        }

        if (Refusal(request, metadata, found) is { } refusal) return refusal;
        foreach (var field in (string[])["uid", "resourceVersion"]) metadata.Remove(field);
        var outcome = ServerSideApply.Apply(found.Object, found.Owners, config, by, (request.Force, RulesOf(request.Type)));
        return outcome.Conflicts.Count > 0
            ? Refusals.FieldConflicts(request.Type, request.Key.Name, outcome.Conflicts)
            : new(200, Change(request, found, Combined(request, found, outcome.Object), outcome.Owners));
    }

    private FakeAnswer Delete(FakeRequest request, Stored found)
    {
        var asked = request.Object["preconditions"];
        if ((string?)asked?["uid"] is { } uid && uid != found.Uid)
            return Refusals.Precondition(request.Type, request.Key.Name, "UID", uid, found.Uid);
        if ((string?)asked?["resourceVersion"] is { } version && version != found.Version.ToString())
            return Refusals.Precondition(request.Type, request.Key.Name, "ResourceVersion", version, found.Version.ToString());
        if (request.IsDryRun) return Gone(request, found);
        if (!found.HasFinalizers) return End(request, found);
        if (found.IsDeleting) return new(200, found.Object);
        var going = found.Object.DeepClone().AsObject();
        going["metadata"]!["deletionTimestamp"] = Now;
        going["metadata"]!["deletionGracePeriodSeconds"] = 0;
        return new(200, objects.Put(found.Type, found.Key, going, found.Owners).Object);
    }

    private FakeAnswer End(FakeRequest request, Stored found)
    {
        objects.Remove(found);
        if (found.Type.Kind == "Namespace") EmptyAfter(found);
        if (found.Type.Kind == "CustomResourceDefinition") ForgetTypes(found);
        return Gone(request, found);
    }

    private static FakeAnswer Gone(FakeRequest request, Stored found) => new(200, new JsonObject
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success",
        ["details"] = new JsonObject { ["name"] = request.Key.Name, ["kind"] = request.Type.Plural, ["uid"] = found.Uid },
    });

    // What the namespace controller does in a while happens here at once.
    private void EmptyAfter(Stored ns)
    {
        foreach (var inside in objects.All.Where(one => one.Key.Namespace == ns.Key.Name).ToList())
            Handle(new("system:namespace-controller", "delete", inside.Type, inside.Key));
    }

    private void ForgetTypes(Stored definition)
    {
        foreach (var type in FakeType.Of(definition.Object).ToList())
        {
            foreach (var inside in objects.Of(type).ToList())
                Handle(new("system:apiextensions", "delete", inside.Type, inside.Key));
            types.Remove(type);
        }
    }

    /// <summary>Why a write of an object that is there is refused: it means another, or another state.</summary>
    private static FakeAnswer? Refusal(FakeRequest request, JsonObject metadata, Stored found)
    {
        if ((string?)metadata["uid"] is { } uid && uid != found.Uid)
            return request.Verb == "update"
                ? Refusals.Precondition(request.Type, request.Key.Name, "UID", uid, found.Uid)
                : Refusals.Immutable(request.Type, request.Key.Name, "metadata.uid", uid);
        return (string?)metadata["resourceVersion"] is { } version && version != found.Version.ToString()
            ? Refusals.Changed(request.Type, request.Key.Name)
            : null;
    }

    // What a write through one door cannot change stays; the spec's changes count as generations.
    private static JsonObject Combined(FakeRequest request, Stored found, JsonObject body)
    {
        var now = request.Subresource == "status" ? found.Object.DeepClone().AsObject() : body;
        if (request.Subresource == "status") now["status"] = body["status"]?.DeepClone();
        else if (request.Type.HasStatus && found.Object["status"] is { } status) now["status"] = status.DeepClone();
        else if (request.Type.HasStatus) now.Remove("status");
        (now["apiVersion"], now["kind"]) = (request.Type.ApiVersion, request.Type.Kind);
        var metadata = MetadataOf(now);
        foreach (var field in (string[])[
            "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"
        ])
        {
            metadata.Remove(field);
            if (found.Object["metadata"]![field] is { } kept) metadata[field] = kept.DeepClone();
        }

        if (request.Type.HasGeneration && !JsonNode.DeepEquals(now["spec"], found.Object["spec"]))
            metadata["generation"] = long.Parse(found.Object["metadata"]!["generation"]!.ToJsonString()) + 1;
        return now;
    }

    private JsonObject Change(FakeRequest request, Stored found, JsonObject now, List<FieldOwner> owners)
    {
        if (found.IsDeleting && now["metadata"]!["finalizers"] is not JsonArray { Count: > 0 } && !request.IsDryRun)
        {
            objects.Remove(found);
            FakeObjects.Name(now, owners);
            return now;
        }

        Mutation?.Invoke(request.Type, now);
        return IsSame(found, now, owners) ? found.Object : Keep(request, now, owners);
    }

    private static bool IsSame(Stored found, JsonObject now, List<FieldOwner> owners)
    {
        var (old, other) = (found.Object.DeepClone().AsObject(), now.DeepClone().AsObject());
        foreach (var one in (JsonObject[])[old, other])
        {
            one["metadata"]!.AsObject().Remove("managedFields");
            one["metadata"]!.AsObject().Remove("resourceVersion");
        }

        return JsonNode.DeepEquals(old, other) && owners.Count == found.Owners.Count
            && owners.TrueForAll(owner => found.Owners.Exists(before => before.IsSame(owner)
                && before.Fields.Paths.Count == owner.Fields.Paths.Count
                && before.Fields.Without(owner.Fields).Paths.Count == 0));
    }

    private JsonObject Keep(FakeRequest request, JsonObject body, List<FieldOwner> owners)
    {
        if (request.IsDryRun)
        {
            MetadataOf(body)["uid"] ??= "00000000-0000-4000-8000-0000000000dd";
            FakeObjects.Name(body, owners);
            return body;
        }

        if (request.Type.Kind == "CustomResourceDefinition") Define(body);
        Controller?.Invoke(request.Type, body);
        return objects.Put(request.Type, request.Key, body, owners).Object;
    }

    private void Define(JsonObject definition)
    {
        foreach (var type in FakeType.Of(definition).Where(type => !types.Contains(type)).ToList()) types.Add(type);
        definition["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(
                new JsonObject { ["type"] = "NamesAccepted", ["status"] = "True" },
                new JsonObject { ["type"] = "Established", ["status"] = "True" }),
        };
    }

    // Null where a test of the patch fails.
    private static JsonObject? Patched(FakeRequest request, Stored found)
    {
        var body = found.Object.DeepClone().AsObject();
        if (request.Body is not JsonArray steps) return (JsonObject)JsonPatches.Merge(body, request.Object)!;
        return JsonPatches.TryApply(body, steps) ? body : null;
    }

    private List<FieldOwner> AfterUpdateOf(JsonObject before, JsonObject after, List<FieldOwner> owners, FakeRequest request) =>
        ServerSideApply.AfterUpdate(before, after, owners, OwnerOf(request, "Update"), RulesOf(request.Type));

    private static FieldOwner OwnerOf(FakeRequest request, string operation) =>
        new(request.Manager, operation, request.Type.ApiVersion, request.Subresource, Now, FieldSet.Empty);

    private static ListRules RulesOf(FakeType type) => new(type.IsBuiltIn);

    private static JsonObject MetadataOf(JsonObject body) => (JsonObject)(body["metadata"] ??= new JsonObject());

    private static string Now => ServerSideApply.Stamp(TimeProvider.System.GetUtcNow());
}
