using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>A kind of object that the fake serves.</summary>
internal sealed record FakeType(string Group, string Version, string Plural, string Kind, bool IsNamespaced)
{
    /// <summary>It has a <c>status</c> that is written apart.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Its generation goes up with its spec.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>It comes with the server.</summary>
    public bool IsBuiltIn { get; init; } = true;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kinds that come with the server; more come with definitions.</summary>
    public static IEnumerable<FakeType> BuiltIn =>
    [
        new("", "v1", "namespaces", "Namespace", false) { HasStatus = true },
        new("", "v1", "configmaps", "ConfigMap", true),
        new("", "v1", "secrets", "Secret", true),
        new("", "v1", "services", "Service", true) { HasStatus = true },
        new("", "v1", "serviceaccounts", "ServiceAccount", true),
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true) { HasStatus = true },
        new("", "v1", "pods", "Pod", true) { HasStatus = true },
        new("", "v1", "events", "Event", true),
        new("events.k8s.io", "v1", "events", "Event", true),
        new("apps", "v1", "deployments", "Deployment", true) { HasStatus = true, HasGeneration = true },
        new("apps", "v1", "statefulsets", "StatefulSet", true) { HasStatus = true, HasGeneration = true },
        new("batch", "v1", "jobs", "Job", true) { HasStatus = true, HasGeneration = true },
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true) { HasGeneration = true },
        new("rbac.authorization.k8s.io", "v1", "roles", "Role", true),
        new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", true),
        new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false),
        new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", false),
        new("storage.k8s.io", "v1", "storageclasses", "StorageClass", false),
        new("coordination.k8s.io", "v1", "leases", "Lease", true),
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false)
        {
            HasStatus = true,
            HasGeneration = true,
        },
    ];

    /// <summary>The kinds of a definition, one for each version that it serves.</summary>
    public static IEnumerable<FakeType> Of(JsonObject definition)
    {
        var spec = definition["spec"]!;
        return from version in spec["versions"]!.AsArray()
               where (bool?)version!["served"] == true
               select new FakeType(
                   (string)spec["group"]!, (string)version["name"]!, (string)spec["names"]!["plural"]!,
                   (string)spec["names"]!["kind"]!, (string?)spec["scope"] == "Namespaced")
               {
                   HasStatus = version["subresources"]?["status"] is not null,
                   HasGeneration = true,
                   IsBuiltIn = false,
               };
    }
}

/// <summary>Which object.</summary>
internal sealed record FakeKey(string Group, string Kind, string Namespace, string Name)
{
    public override string ToString() =>
        $"{(Group.Length == 0 ? "" : Group + "/")}{Kind} {(Namespace.Length == 0 ? "" : Namespace + "/")}{Name}";
}
