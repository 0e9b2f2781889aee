using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>What a path of the API means.</summary>
/// <param name="Group">The group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Namespace">The namespace; empty for none.</param>
/// <param name="Plural">The type; empty for the group's own page.</param>
/// <param name="Name">The object; empty for all of them.</param>
/// <param name="Subresource">A part of it; empty for the object.</param>
internal sealed record FakePath(string Group, string Version, string Namespace, string Plural, string Name, string Subresource)
{
    /// <summary>Reads a path below <c>/api</c> or <c>/apis</c>; null for another.</summary>
    public static FakePath? Read(string path)
    {
        var steps = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        string At(int i) => i < steps.Length ? steps[i] : "";
        if (At(0) is not ("api" or "apis")) return null;
        var rest = At(0) == "api" ? 2 : 3;
        var (group, version) = At(0) == "api" ? ("", At(1)) : (At(1), At(2));
        if (version.Length == 0) return null;
        // /namespaces/x/… is inside of a namespace, unless it ends there or at a part of the namespace itself.
        var isInside = At(rest) == "namespaces" && At(rest + 2).Length > 0 && At(rest + 2) is not ("status" or "finalize");
        return isInside
            ? new(group, version, At(rest + 1), At(rest + 2), At(rest + 3), At(rest + 4))
            : new(group, version, "", At(rest), At(rest + 1), At(rest + 2));
    }
}

/// <summary>The pages on which a server tells what it serves, in the form that every version knows.</summary>
internal static class FakeDiscovery
{
    /// <summary>The page at a path; null when it is none.</summary>
    public static JsonObject? At(string path, IReadOnlyList<FakeType> types) => path switch
    {
        "/version" => new() { ["gitVersion"] = "v1.33.0-fake", ["major"] = "1", ["minor"] = "33" },
        "/api" => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") },
        "/apis" => new()
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. types.Where(static type => type.Group.Length > 0)
                .GroupBy(static type => type.Group, StringComparer.Ordinal)
                .Select(static group => Group(group.Key, [.. group]))]),
        },
        _ when FakePath.Read(path) is { Plural: "" } page => Resources(page, types),
        _ => null,
    };

    private static JsonObject Group(string name, FakeType[] types)
    {
        JsonObject VersionOf(string version) => new() { ["groupVersion"] = $"{name}/{version}", ["version"] = version };
        return new()
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. types.Select(static type => type.Version)
                .Distinct(StringComparer.Ordinal)
                .Select(VersionOf)]),
            ["preferredVersion"] = VersionOf(types[0].Version),
        };
    }

    private static JsonObject Resources(FakePath page, IReadOnlyList<FakeType> types)
    {
        var list = new JsonArray();
        foreach (var type in types.Where(type => type.Group == page.Group && type.Version == page.Version))
        {
            list.Add(Resource(type, ""));
            if (type.HasStatus) list.Add(Resource(type, "/status"));
        }

        return new()
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = page.Group.Length == 0 ? page.Version : $"{page.Group}/{page.Version}",
            ["resources"] = list,
        };
    }

    private static JsonObject Resource(FakeType type, string part) => new()
    {
        ["name"] = type.Plural + part,
        ["singularName"] = type.Kind.ToLowerInvariant(),
        ["namespaced"] = type.IsNamespaced,
        ["kind"] = type.Kind,
        ["verbs"] = part.Length > 0
            ? new JsonArray("get", "patch", "update")
            : new JsonArray("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"),
    };
}

/// <summary>What a request says in its headers and query.</summary>
internal static class FakeHeaders
{
    /// <summary>Who asks: tests use the bearer token as a name.</summary>
    public static string Actor(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } header ? header[7..] : "anonymous";

    /// <summary>The field manager; the program's name where none is given.</summary>
    public static string Manager(HttpRequest request) =>
        request.Query["fieldManager"].ToString() is { Length: > 0 } named ? named
            : request.Headers.UserAgent.ToString().Split('/')[0] is { Length: > 0 } agent ? agent
            : "unknown";

    /// <summary>What is done, by the method and the form of the body.</summary>
    public static string Verb(HttpRequest request, string name) => (request.Method, name) switch
    {
        ("GET", "") => request.Query["watch"].ToString() is "true" or "1" ? "watch" : "list",
        ("GET", _) => "get",
        ("POST", _) => "create",
        ("PUT", _) => "update",
        ("PATCH", _) =>
            request.ContentType?.StartsWith("application/apply-patch", StringComparison.Ordinal) == true ? "apply" : "patch",
        ("DELETE", "") => "deletecollection",
        ("DELETE", _) => "delete",
        _ => request.Method,
    };
}
