using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Benchmarks;

/// <summary>One thing the hand-written checks have to say.</summary>
internal readonly record struct HandFinding(string Rule, string Message, Node? Node);

/// <summary>
/// The ten benchmark rules as a C# programmer would write them over the same document: the limit that the evaluator is measured
/// against. They do the same work: the same conditions, the same messages, the place of the same value.
/// </summary>
internal static class HandWritten
{
    private static readonly string[] Registries = ["registry.example.com/", "ghcr.io/shop/"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe"];
    private static readonly string[] Annotations = ["example.com/owner", "example.com/runbook", "example.com/tier"];

    /// <summary>The checks by the name of the rule that does the same.</summary>
    public static readonly (string Rule, Action<MappingNode, List<HandFinding>> Check)[] All =
    [
        ("approved-registry", ApprovedRegistry),
        ("drop-capabilities", DropCapabilities),
        ("memory-limits", MemoryLimits),
        ("no-host-path", NoHostPath),
        ("no-privilege-escalation", NoPrivilegeEscalation),
        ("owner-annotation", OwnerAnnotation),
        ("probes", HasProbes),
        ("read-only-root", ReadOnlyRoot),
        ("release-tag", ReleaseTag),
        ("replicas", Replicas),
    ];

    private static void ApprovedRegistry(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
        {
            var image = Text(container["image"]);
            if (!Array.Exists(Registries, registry => image.StartsWith(registry, StringComparison.Ordinal)))
                findings.Add(new(
                    "approved-registry", $"{Text(container["name"])} runs {image}, which is from no approved registry",
                    Place(container["image"])));
        }
    }

    private static void ReleaseTag(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
        {
            var image = Text(container["image"]);
            if (!image.Contains("@sha256:", StringComparison.Ordinal) && !IsRelease(image))
                findings.Add(new(
                    "release-tag", $"{Text(container["name"])} runs {image}, which carries no release tag",
                    Place(container["image"])));
        }
    }

    // v1.2.3 after the last colon.
    internal static bool IsRelease(ReadOnlySpan<char> image)
    {
        var tag = image[(image.LastIndexOf(':') + 1)..];
        if (tag.Length == image.Length || tag.Length == 0 || tag[0] != 'v') return false;
        var parts = 0;
        foreach (var range in tag[1..].Split('.'))
        {
            var part = tag[1..][range];
            if (part.Length == 0 || part.ContainsAnyExceptInRange('0', '9')) return false;
            parts++;
        }

        return parts == 3;
    }

    private static void MemoryLimits(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
            if (Map(Map(container["resources"])?["limits"])?["memory"] is null)
                findings.Add(new("memory-limits", $"{Text(container["name"])} has no memory limit", Place(container)));
    }

    private static void NoPrivilegeEscalation(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
        {
            var context = Map(container["securityContext"]);
            if (IsTrue(context?["privileged"], false) || IsTrue(context?["allowPrivilegeEscalation"], true))
                findings.Add(new(
                    "no-privilege-escalation", $"{Text(container["name"])} may gain privileges",
                    Place((Node?)context ?? container)));
        }
    }

    private static void ReadOnlyRoot(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
        {
            var context = Map(container["securityContext"]);
            if (!IsTrue(context?["readOnlyRootFilesystem"], false))
                findings.Add(new(
                    "read-only-root", $"{Text(container["name"])} can write to its root file system",
                    Place((Node?)context ?? container)));
        }
    }

    private static void HasProbes(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
            foreach (var probe in Probes)
                if (container[probe] is null)
                    findings.Add(new("probes", $"{Text(container["name"])} has no {probe}", Place(container["name"])));
    }

    private static void OwnerAnnotation(MappingNode deployment, List<HandFinding> findings)
    {
        var annotations = Map(Map(deployment["metadata"])?["annotations"]);
        foreach (var name in Annotations)
            if (annotations?[name] is null or ScalarNode { Text: "" })
                findings.Add(new(
                    "owner-annotation", $"the annotation {name} is missing", Place((Node?)annotations ?? deployment)));
    }

    private static void NoHostPath(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var node in Items(PodSpec(deployment)?["volumes"]))
            if (Map(node)?["hostPath"] is MappingNode hostPath)
                findings.Add(new(
                    "no-host-path", $"volume {Text(Map(node)!["name"])} mounts {Text(hostPath["path"])} of the node",
                    Place(hostPath)));
    }

    private static void DropCapabilities(MappingNode deployment, List<HandFinding> findings)
    {
        foreach (var container in Containers(deployment))
        {
            var capabilities = Map(Map(container["securityContext"])?["capabilities"]);
            var dropsAll = false;
            foreach (var drop in Items(capabilities?["drop"])) dropsAll |= Text(drop) == "ALL";
            if (!dropsAll || Items(capabilities?["add"]).Length > 0)
                findings.Add(new("drop-capabilities", $"{Text(container["name"])} keeps capabilities", Place(container)));
        }
    }

    private static void Replicas(MappingNode deployment, List<HandFinding> findings)
    {
        var spec = Map(deployment["spec"])!;
        var replicas = (spec["replicas"] as ScalarNode)?.Number ?? 1;
        if (replicas < 2)
            findings.Add(new(
                "replicas",
                $"Deployment {Text(Map(deployment["metadata"])!["namespace"])}/{Text(Map(deployment["metadata"])!["name"])} has {replicas} replica(s)", Place(
                    spec["replicas"])));
        var labels = Map(Map(Map(spec["template"])?["metadata"])?["labels"]);
        foreach (var (key, _, value) in Map(Map(spec["selector"])?["matchLabels"])!.Entries)
            if (Text(labels?[key]) != Text(value))
                findings.Add(new("replicas", $"the selector's {key} does not match the template's", Place(value)));
    }

    private static MappingNode? PodSpec(MappingNode deployment) => Map(Map(Map(deployment["spec"])?["template"])?["spec"]);

    private static IEnumerable<MappingNode> Containers(MappingNode deployment)
    {
        if (PodSpec(deployment)?["containers"] is not SequenceNode containers) yield break;
        for (var i = 0; i < containers.Count; i++)
            if (containers[i] is MappingNode container) yield return container;
    }

    private static ReadOnlySpan<Node> Items(Node? node) => node is SequenceNode sequence ? sequence.Items : [];

    private static MappingNode? Map(Node? node) => node as MappingNode;

    private static string Text(Node? node) => node is ScalarNode scalar ? scalar.Text : "";

    private static bool IsTrue(Node? node, bool missing) =>
        node is ScalarNode { Kind: NodeKind.Boolean } scalar ? scalar.IsTrue : missing;

    private static Node? Place(Node? node) => node;
}
