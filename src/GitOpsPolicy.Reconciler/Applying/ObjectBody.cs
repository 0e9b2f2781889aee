using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>What is sent for an object: what Git says, the marks of its unit, and which object in which state is meant.</summary>
public static class ObjectBody
{
    /// <summary>Label with the name of the unit that manages an object.</summary>
    public const string UnitName = "gitops-policy.dev/unit-name";

    /// <summary>Label with the namespace of that unit.</summary>
    public const string UnitNamespace = "gitops-policy.dev/unit-namespace";

    /// <summary>
    /// A version that no object has ever had, since the first that is stored has a later one. The server compares versions where
    /// there is an object and not where there is none, so that what is sent with this one makes an object and changes none.
    /// </summary>
    public const string NotYetStored = "1";

    private static readonly string[] ServersOwn = [
        "managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"
    ];

    /// <summary>Makes it.</summary>
    /// <param name="manifest">What Git says.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="live">The object that was read and is meant, in that very state; null for one that is to be made.</param>
    public static MappingNode Of(Manifest manifest, UnitKey unit, MappingNode? live)
    {
        var body = JsonNode.Parse(NodeWriter.ToJson(manifest.Object))!.AsObject();
        body.Remove("status");
        if (manifest.Id.Group is "" or "apps" or "batch") PortKeys.Complete(body);
        if (body["metadata"] is not JsonObject metadata) body["metadata"] = metadata = [];
        foreach (var field in ServersOwn) metadata.Remove(field);
        if (manifest.Id.Namespace.Length > 0) metadata["namespace"] = manifest.Id.Namespace;
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels[UnitName] = unit.Name;
        labels[UnitNamespace] = unit.Namespace;
        if (live?.Text("metadata", "uid") is { } uid) metadata["uid"] = uid;
        if (live is null) metadata["resourceVersion"] = NotYetStored;
        else if (live.Text("metadata", "resourceVersion") is { } version) metadata["resourceVersion"] = version;
        return (MappingNode)SentNode.Of(body);
    }

    /// <summary>The unit that an object says it belongs to; null for none.</summary>
    public static UnitKey? UnitOf(MappingNode live) =>
        live.Text("metadata", "labels", UnitName) is { Length: > 0 } name
            ? new(live.Text("metadata", "labels", UnitNamespace) ?? "", name)
            : null;
}
