using System.Text.Json;

namespace GitOpsPolicy.Benchmarks;

/// <summary>One thing the checks over JSON have to say, and where: a JSON pointer from the root of the object.</summary>
internal readonly record struct JsonFinding(string Rule, string Message, string Pointer);

/// <summary>
/// The ten benchmark rules as a C# programmer would write them who has the bytes and <see cref="JsonElement"/> and nothing else:
/// the limit for bytes in, findings out. The same conditions and messages; a pointer stands for the place.
/// </summary>
internal static class HandWrittenJson
{
    private const string ContainersAt = "/spec/template/spec/containers/";

    private static readonly string[] Registries = ["registry.example.com/", "ghcr.io/shop/"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe"];
    private static readonly string[] Annotations = ["example.com/owner", "example.com/runbook", "example.com/tier"];

    /// <summary>The checks in the order of <see cref="HandWritten.All"/>.</summary>
    public static readonly Action<JsonElement, List<JsonFinding>>[] All =
    [
        ApprovedRegistry, DropCapabilities, MemoryLimits, NoHostPath, NoPrivilegeEscalation,
        OwnerAnnotation, HasProbes, ReadOnlyRoot, ReleaseTag, Replicas,
    ];

    /// <summary>Parses a review and runs the checks whose kind its object is of.</summary>
    /// <param name="review">An AdmissionReview in UTF-8.</param>
    /// <param name="checks">Checks with the kind each is for.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Judge(
        byte[] review, (string Kind, Action<JsonElement, List<JsonFinding>> Check)[] checks, List<JsonFinding> findings)
    {
        using var document = JsonDocument.Parse(review);
        var judged = document.RootElement.GetProperty("request").GetProperty("object");
        var kind = Text(judged, "kind");
        foreach (var (wanted, check) in checks)
            if (wanted == kind) check(judged, findings);
    }

    private static void ApprovedRegistry(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            var image = Text(container, "image");
            if (!Array.Exists(Registries, registry => image.StartsWith(registry, StringComparison.Ordinal)))
                findings.Add(new(
                    "approved-registry", $"{Text(container, "name")} runs {image}, which is from no approved registry",
                    $"{ContainersAt}{i}/image"));
        }
    }

    private static void ReleaseTag(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            var image = Text(container, "image");
            if (!image.Contains("@sha256:", StringComparison.Ordinal) && !HandWritten.IsRelease(image))
                findings.Add(new(
                    "release-tag", $"{Text(container, "name")} runs {image}, which carries no release tag",
                    $"{ContainersAt}{i}/image"));
        }
    }

    private static void MemoryLimits(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            if (At(At(At(container, "resources"), "limits"), "memory").ValueKind == JsonValueKind.Undefined)
                findings.Add(new("memory-limits", $"{Text(container, "name")} has no memory limit", $"{ContainersAt}{i}"));
        }
    }

    private static void NoPrivilegeEscalation(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            var context = At(container, "securityContext");
            if (IsTrue(At(context, "privileged"), false) || IsTrue(At(context, "allowPrivilegeEscalation"), true))
                findings.Add(new(
                    "no-privilege-escalation", $"{Text(container, "name")} may gain privileges", ContextAt(context, i)));
        }
    }

    private static void ReadOnlyRoot(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            var context = At(container, "securityContext");
            if (!IsTrue(At(context, "readOnlyRootFilesystem"), false))
                findings.Add(new(
                    "read-only-root", $"{Text(container, "name")} can write to its root file system", ContextAt(context, i)));
        }
    }

    private static void HasProbes(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            foreach (var probe in Probes)
                if (At(container, probe).ValueKind == JsonValueKind.Undefined)
                    findings.Add(new("probes", $"{Text(container, "name")} has no {probe}", $"{ContainersAt}{i}/name"));
        }
    }

    private static void OwnerAnnotation(JsonElement deployment, List<JsonFinding> findings)
    {
        var annotations = At(At(deployment, "metadata"), "annotations");
        foreach (var name in Annotations)
            if (Text(annotations, name).Length == 0)
                findings.Add(new(
                    "owner-annotation", $"the annotation {name} is missing",
                    annotations.ValueKind == JsonValueKind.Object ? "/metadata/annotations" : ""));
    }

    private static void NoHostPath(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var volume in Items(At(PodSpec(deployment), "volumes")))
        {
            i++;
            var hostPath = At(volume, "hostPath");
            if (hostPath.ValueKind == JsonValueKind.Object)
                findings.Add(new(
                    "no-host-path", $"volume {Text(volume, "name")} mounts {Text(hostPath, "path")} of the node",
                    $"/spec/template/spec/volumes/{i}/hostPath"));
        }
    }

    private static void DropCapabilities(JsonElement deployment, List<JsonFinding> findings)
    {
        var i = -1;
        foreach (var container in Containers(deployment))
        {
            i++;
            var capabilities = At(At(container, "securityContext"), "capabilities");
            var dropsAll = false;
            foreach (var drop in Items(At(capabilities, "drop"))) dropsAll |= drop.ValueEquals("ALL");
            var add = At(capabilities, "add");
            if (!dropsAll || (add.ValueKind == JsonValueKind.Array && add.GetArrayLength() > 0))
                findings.Add(new("drop-capabilities", $"{Text(container, "name")} keeps capabilities", $"{ContainersAt}{i}"));
        }
    }

    private static void Replicas(JsonElement deployment, List<JsonFinding> findings)
    {
        var spec = At(deployment, "spec");
        var metadata = At(deployment, "metadata");
        var replicas = At(spec, "replicas") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 1;
        if (replicas < 2)
            findings.Add(new(
                "replicas", $"Deployment {Text(metadata, "namespace")}/{Text(metadata, "name")} has {replicas} replica(s)",
                "/spec/replicas"));
        var labels = At(At(At(spec, "template"), "metadata"), "labels");
        foreach (var wanted in At(At(spec, "selector"), "matchLabels").EnumerateObject())
            if (Text(labels, wanted.Name) != wanted.Value.GetString())
                findings.Add(new(
                    "replicas", $"the selector's {wanted.Name} does not match the template's",
                    $"/spec/selector/matchLabels/{wanted.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));
    }

    private static JsonElement PodSpec(JsonElement deployment) => At(At(At(deployment, "spec"), "template"), "spec");

    private static JsonElement.ArrayEnumerator Containers(JsonElement deployment) => Items(At(PodSpec(deployment), "containers"));

    private static JsonElement.ArrayEnumerator Items(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static JsonElement At(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var found) ? found : default;

    private static string Text(JsonElement from, string name) =>
        At(from, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static bool IsTrue(JsonElement value, bool missing) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => missing,
    };

    private static string ContextAt(JsonElement context, int i) =>
        context.ValueKind == JsonValueKind.Object ? $"{ContainersAt}{i}/securityContext" : $"{ContainersAt}{i}";
}
