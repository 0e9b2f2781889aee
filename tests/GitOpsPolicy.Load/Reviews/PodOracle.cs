using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Load.Reviews;

/// <summary>
/// The rules of the folder <c>Rules</c> once more, by hand over <see cref="JsonElement"/>: what a Pod has to be told does not
/// come from the product.
/// </summary>
internal static partial class PodOracle
{
    private static readonly Dictionary<string, Func<JsonElement, bool>> Checks = new(StringComparer.Ordinal)
    {
        ["approved-registry"] = static pod => AnyContainer(
            pod,
            static c => Text(c, "image") is var image
                && !image.StartsWith("registry.example.com/", StringComparison.Ordinal)
                && !image.StartsWith("ghcr.io/shop/", StringComparison.Ordinal)),
        ["release-tag"] = static pod => AnyContainer(
            pod,
            static c => !Text(c, "image").Contains("@sha256:", StringComparison.Ordinal) && !Release().IsMatch(Text(c, "image"))),
        ["no-privileged"] = static pod => AnyContainer(pod, static c => IsTrue(At(c, "securityContext", "privileged"))),
        ["no-escalation"] = static pod => AnyContainer(
            pod, static c => At(c, "securityContext", "allowPrivilegeEscalation").ValueKind != JsonValueKind.False),
        ["run-as-non-root"] = static pod => AnyContainer(
            pod,
            c =>
                !IsTrue(At(c, "securityContext", "runAsNonRoot") is { ValueKind: not JsonValueKind.Undefined } own
                    ? own
                    : At(pod, "spec", "securityContext", "runAsNonRoot"))),
        ["read-only-root"] = static pod => AnyContainer(
            pod, static c => !IsTrue(At(c, "securityContext", "readOnlyRootFilesystem"))),
        ["drop-capabilities"] = static pod => AnyContainer(
            pod,
            static c => !Items(At(c, "securityContext", "capabilities", "drop")).Any(static name => name.GetString() == "ALL")
                || Items(At(c, "securityContext", "capabilities", "add")).Any()),
        ["no-host-path"] = static pod => Items(At(pod, "spec", "volumes")).Any(static volume => volume.TryGetProperty(
            "hostPath", out _)),
        ["no-host-namespaces"] = static pod =>
            IsTrue(At(pod, "spec", "hostNetwork")) || IsTrue(At(pod, "spec", "hostPID")) || IsTrue(At(pod, "spec", "hostIPC")),
        ["memory-limits"] = static pod => AnyContainer(
            pod, static c => At(c, "resources", "limits", "memory").ValueKind == JsonValueKind.Undefined),
        ["cpu-requests"] = static pod => AnyContainer(
            pod, static c => At(c, "resources", "requests", "cpu").ValueKind == JsonValueKind.Undefined),
        ["probes"] = static pod => AnyContainer(
            pod, static c => !c.TryGetProperty("livenessProbe", out _) || !c.TryGetProperty("readinessProbe", out _)),
        ["owner-label"] = static pod => At(
            pod, "metadata", "labels", "app.kubernetes.io/name").ValueKind == JsonValueKind.Undefined
            || At(pod, "metadata", "labels", "example.com/owner").ValueKind == JsonValueKind.Undefined,
        ["pull-policy"] = static pod => AnyContainer(pod, static c => Text(c, "imagePullPolicy") != "IfNotPresent"),
        ["no-host-port"] = static pod => AnyContainer(
            pod, static c => Items(At(c, "ports")).Any(static port => port.TryGetProperty("hostPort", out _))),
        ["seccomp"] = static pod => At(
            pod, "spec", "securityContext", "seccompProfile", "type") is not { ValueKind: JsonValueKind.String } type
            || type.GetString() is not ("RuntimeDefault" or "Localhost"),
        ["no-plain-password"] = static pod => AnyContainer(
            pod,
            static c => Items(At(c, "env")).Any(static variable =>
                Telling(Text(variable, "name")) && variable.TryGetProperty("value", out _))),
    };

    /// <summary>What a Pod has to be told.</summary>
    /// <param name="json">The Pod.</param>
    /// <param name="inForce">Names of the rules in force; a copy is called <c>copy-N-of-</c> its original.</param>
    public static Expected Judge(string json, IReadOnlyCollection<string> inForce)
    {
        using var document = JsonDocument.Parse(json);
        string[] denied = [.. inForce.Where(rule => Checks[Original(rule)](document.RootElement)).Order(StringComparer.Ordinal)];
        return new(denied.Length == 0, denied);
    }

    private static string Original(string rule) =>
        rule.IndexOf("-of-", StringComparison.Ordinal) is var at and > 0 ? rule[(at + 4)..] : rule;

    private static bool AnyContainer(JsonElement pod, Func<JsonElement, bool> fits) =>
        Items(At(pod, "spec", "containers")).Any(fits);

    private static JsonElement.ArrayEnumerator Items(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static JsonElement At(JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from)) return default;
        return from;
    }

    private static string Text(JsonElement from, string name) =>
        At(from, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True;

    private static bool Telling(string name) =>
        name.EndsWith("PASSWORD", StringComparison.Ordinal) || name.EndsWith("TOKEN", StringComparison.Ordinal);

    [GeneratedRegex(
        @":v[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release();
}
