using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>
/// An object that lives in a cluster, as a change: one that brings it about, since nothing is known of an earlier state. Rules
/// that judge <c>create</c> judge it as they judge a manifest and the request that creates it.
/// </summary>
public static class LiveObject
{
    /// <summary>
    /// A change set of this one object, so that what is found in it hangs on nothing else that lives beside it.
    /// </summary>
    /// <param name="item">The object with its <c>apiVersion</c> and <c>kind</c>. What is secret in it is marked.</param>
    public static ChangeSet Read(MappingNode item)
    {
        var id = IdOf(item);
        var secrets = new SecretMarks();
        secrets.Mark(new RawObject(item, id.ApiVersion, id.Kind, ""));
        return new() { Changes = [Of(id) with { After = item }], SensitiveTexts = secrets.Texts };
    }

    /// <summary>
    /// What can be said of every object of a kind before one is seen: enough to ask whether any rule judges it.
    /// </summary>
    public static Change OfKind(string group, string version, string kind) => Of(new(group, version, kind, "", ""));

    private static Change Of(KubernetesId id) => new()
    {
        Resource = id,
        Operation = Operation.Create,
        Origin = ChangeOrigin.Live,
        Surface = Surface.Audit,
        Location = new("", 0, 0),
    };

    private static KubernetesId IdOf(MappingNode item)
    {
        var version = item.Text("apiVersion") ?? "";
        var slash = version.IndexOf('/');
        return new(
            slash < 0 ? "" : version[..slash],
            version[(slash + 1)..],
            item.Text("kind") ?? "",
            item.Text("metadata", "namespace") ?? "",
            item.Text("metadata", "name") ?? "");
    }
}
