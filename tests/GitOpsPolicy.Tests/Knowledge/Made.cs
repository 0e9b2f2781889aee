using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>Objects and changes written in YAML, for tests.</summary>
internal static class Made
{
    public static MappingNode Object(string yaml)
    {
        var bytes = Encoding.UTF8.GetBytes(yaml);
        var loaded = YamlReader.Read(new TextFile("test.yaml", bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? (MappingNode)stream.Documents[0].Root
            : throw new FormatException(string.Join("; ", loaded.Problems));
    }

    public static Change Change(
        Operation operation, string? before, string? after = null, ChangeOrigin origin = ChangeOrigin.Diff)
    {
        var (old, now) = (before is null ? null : Object(before), after is null ? null : Object(after));
        return new Change { Resource = IdOf(now ?? old!), Operation = operation, Origin = origin, Before = old, After = now };
    }

    public static Change Terraform(Operation operation, string type, string? before, string? after = null) => new()
    {
        Resource = new TerraformId($"{type}.main", type, "main", "registry.terraform.io/hashicorp/x"),
        Operation = operation,
        Origin = ChangeOrigin.Plan,
        Before = before is null ? null : Object(before),
        After = after is null ? null : Object(after),
    };

    /// <summary>
    /// A resource that is there before and after: a Kubernetes object, or attributes with the <c>type</c> of a Terraform
    /// resource. <c>file</c> is its file.
    /// </summary>
    public static Change Found(string yaml)
    {
        var node = Object(yaml);
        ResourceId id = node.TextAt("apiVersion") is null
            ? new TerraformId($"{node.TextAt("type")}.main", node.TextAt("type")!, "main", "registry.terraform.io/hashicorp/x")
            : IdOf(node);
        return new Change
        {
            Resource = id,
            Operation = Operation.None,
            Origin = ChangeOrigin.Diff,
            Before = node,
            After = node,
            File = node.TextAt("file"),
        };
    }

    public static KubernetesId IdOf(MappingNode node)
    {
        var api = node.TextAt("apiVersion") ?? "v1";
        var slash = api.IndexOf('/', StringComparison.Ordinal);
        return new KubernetesId(
            slash < 0 ? "" : api[..slash], api[(slash + 1)..], node.TextAt("kind") ?? "",
            node["metadata"].TextAt("namespace") ?? "", node["metadata"].TextAt("name") ?? "");
    }
}
