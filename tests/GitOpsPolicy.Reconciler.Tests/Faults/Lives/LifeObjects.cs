using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;

namespace GitOpsPolicy.Reconciler.Tests.Faults.Lives;

/// <summary>
/// The objects that lives are about: of kinds that are treated differently when they drift and when they leave Git.
/// </summary>
internal static class LifeObjects
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names = [
        "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "s0", "s1", "a0", "d0", "d1", "k0", "w0", "w1", "n0"
    ];

    /// <summary>Which object has a name.</summary>
    public static FakeKey KeyOf(string name) => KindOf(name) switch
    {
        "Deployment" => new("apps", "Deployment", "default", name),
        "NetworkPolicy" => new("networking.k8s.io", "NetworkPolicy", "default", name),
        var kind => new("", kind, "default", name),
    };

    /// <summary>What Git says of one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Stands in it somewhere.</param>
    /// <param name="isBad">It will never get ready, or the rules forbid it, where it is of a kind of which there are
    /// such.</param>
    public static JsonObject Of(string name, int value, bool isBad = false) => KindOf(name) switch
    {
        "ConfigMap" => Revision.Of("v1", "ConfigMap", name, new() { ["data"] = new JsonObject { ["v"] = $"{value}" } }),
        "Secret" => Revision.Of(
            "v1", "Secret", name,
            isBad
                ? new() { ["data"] = new JsonObject { ["v"] = Convert.ToBase64String([1, (byte)value]) } }
                : new() { ["type"] = $"example.com/{value % 2}" }),
        "ServiceAccount" =>
            Revision.Of("v1", "ServiceAccount", name, new() { ["automountServiceAccountToken"] = value % 2 == 0 }),
        "Service" => Revision.Of(
            "v1", "Service", name,
            new()
            {
                ["spec"] = new JsonObject
                {
                    ["type"] = "ClusterIP",
                    ["selector"] = new JsonObject { ["v"] = $"{value}" },
                    ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["protocol"] = "TCP" }),
                },
            }),
        "NetworkPolicy" => Revision.Of(
            "networking.k8s.io/v1", "NetworkPolicy", name,
            new()
            {
                ["spec"] = new JsonObject
                {
                    ["podSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["v"] = $"{value}" } },
                },
            }),
        "PersistentVolumeClaim" => Revision.Claim(name),
        _ => Deployment(name, $"registry.example.com/web:{value}{(isBad ? "-bad" : "")}"),
    };

    /// <summary>What a controller makes of objects.</summary>
    public static void Control(FakeType type, JsonObject live) => Control(
        type, live, live["spec"]?["template"]?.ToJsonString().Contains("-bad", StringComparison.Ordinal) ?? false);

    /// <summary>The same, where something else says whether it gets ready.</summary>
    public static void Control(FakeType type, JsonObject live, bool isBad)
    {
        if (type.Kind == "PersistentVolumeClaim") live["status"] = new JsonObject { ["phase"] = "Bound" };
        if (type.Kind != "Deployment") return;
        var replicas = isBad ? 0 : (int?)live["spec"]!["replicas"] ?? 1;
        live["status"] = new JsonObject
        {
            ["observedGeneration"] = live["metadata"]!["generation"]!.DeepClone(),
            ["replicas"] = replicas,
            ["updatedReplicas"] = replicas,
            ["readyReplicas"] = replicas,
            ["availableReplicas"] = replicas,
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Progressing",
                ["status"] = isBad ? "False" : "True",
                ["reason"] = isBad ? "ProgressDeadlineExceeded" : "NewReplicaSetAvailable",
            }),
        };
    }

    /// <summary>Somebody changes it by hand.</summary>
    public static void Edit(JsonObject live, int value)
    {
        switch ((string)live["kind"]!)
        {
            case "ConfigMap": live["data"] = new JsonObject { ["v"] = $"by hand {value}" }; break;
            case "Secret": live["data"] = new JsonObject { ["v"] = Convert.ToBase64String([(byte)value]) }; break;
            case "ServiceAccount": live["automountServiceAccountToken"] = value % 2 != 0; break;
            case "Service": live["spec"]!["type"] = value % 2 == 0 ? "NodePort" : "LoadBalancer"; break;
            case "NetworkPolicy": live["spec"]!["podSelector"] = new JsonObject(); break;
            case "Deployment": live["spec"]!["replicas"] = 1 + (value % 5); break;
            default: live["metadata"]!["annotations"] = new JsonObject { ["by-hand"] = $"{value}" }; break;
        }
    }

    private static string KindOf(string name) => name[0] switch
    {
        'm' => "ConfigMap",
        's' => "Service",
        'a' => "ServiceAccount",
        'd' => "PersistentVolumeClaim",
        'k' => "Secret",
        'n' => "NetworkPolicy",
        _ => "Deployment",
    };

    private static JsonObject Deployment(string name, string image) => Revision.Of("apps/v1", "Deployment", name, new()
    {
        ["spec"] = new JsonObject
        {
            ["replicas"] = 2,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } },
                ["spec"] = new JsonObject
                {
                    ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = image }),
                },
            },
        },
    });
}
