using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>A request as the fake takes it.</summary>
internal sealed record FakeRequest(string Actor, string Verb, FakeType Type, FakeKey Key)
{
    public string Subresource { get; init; } = "";

    public string Impersonated { get; init; } = "";

    public JsonNode? Body { get; init; }

    public string Manager { get; init; } = "unknown";

    public bool Force { get; init; }

    public bool IsDryRun { get; init; }

    public JsonObject Object => Body as JsonObject ?? [];
}

/// <summary>An answer.</summary>
internal sealed record FakeAnswer(int Code, JsonObject Body)
{
    public bool IsGood => Code < 300;
}

/// <summary>
/// Refusals in the server's words. https://github.com/kubernetes/apimachinery/blob/master/pkg/api/errors/errors.go.
/// </summary>
internal static class Refusals
{
    public static FakeAnswer NotFound(FakeType type, string name) =>
        Of(404, "NotFound", $"{NameOf(type)} \"{name}\" not found", Details(type, name));

    public static FakeAnswer AlreadyExists(FakeType type, string name) =>
        Of(409, "AlreadyExists", $"{NameOf(type)} \"{name}\" already exists", Details(type, name));

    public static FakeAnswer Conflict(FakeType type, string name, string why) =>
        Of(409, "Conflict", $"Operation cannot be fulfilled on {NameOf(type)} \"{name}\": {why}", Details(type, name));

    public static FakeAnswer Changed(FakeType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static FakeAnswer Precondition(FakeType type, string name, string field, string asked, string found) =>
        Conflict(type, name, $"Precondition failed: {field} in precondition: {asked}, {field} in object meta: {found}");

    // A patch is carried out on the object that is there, so that another uid in it counts as a change.
    public static FakeAnswer Immutable(FakeType type, string name, string field, string asked) =>
        Of(
            422, "Invalid", $"{type.Kind} \"{name}\" is invalid: {field}: Invalid value: \"{asked}\": field is immutable",
            Details(type, name));

    public static FakeAnswer FieldConflicts(FakeType type, string name, IReadOnlyCollection<OwnedField> conflicts)
    {
        var details = Details(type, name);
        details["causes"] = new JsonArray([.. conflicts.Select(static one => new JsonObject
        {
            ["reason"] = "FieldManagerConflict",
            ["message"] = one.Owner.Conflict,
            ["field"] = one.Field,
        })]);
        var told = string.Join(", ", conflicts.Select(static one => $"{one.Owner.Conflict}: {one.Field}"));
        return Of(
            409, "Conflict", $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {told}", details);
    }

    public static FakeAnswer Expired(string message) => Of(410, "Expired", message);

    public static FakeAnswer Of(int code, string reason, string message, JsonObject? details = null)
    {
        var body = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = message,
            ["reason"] = reason,
            ["code"] = code,
        };
        if (details is not null) body["details"] = details;
        return new(code, body);
    }

    private static string NameOf(FakeType type) => type.Group.Length == 0 ? type.Plural : $"{type.Plural}.{type.Group}";

    private static JsonObject Details(FakeType type, string name)
    {
        var details = new JsonObject { ["name"] = name, ["kind"] = type.Plural };
        if (type.Group.Length > 0) details["group"] = type.Group;
        return details;
    }
}
