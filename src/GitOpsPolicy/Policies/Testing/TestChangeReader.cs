using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>Reads changes that are written out in a rule test.</summary>
/// <param name="surface">The surface of a change that names none.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class TestChangeReader(Surface surface, ProblemList problems)
{
    private readonly SecretMarks secrets = new();

    /// <summary>Texts that must not be shown, of the Secrets read so far.</summary>
    public ImmutableHashSet<string> SensitiveTexts => secrets.Texts;

    /// <summary>Reads a change; null when it is too broken to be one.</summary>
    /// <param name="node">The change as written.</param>
    /// <param name="acknowledged">The change says that its deletion is acknowledged.</param>
    public Change? Read(Node node, out bool acknowledged)
    {
        acknowledged = false;
        if (Reads.Mapping(node, "change", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var (before, after) = (Detach(fields.Any("before")), Detach(fields.Any("after")));
        var resource = ReadId(fields, "resource") ?? IdOf(after ?? before);
        Mark(fields, "unknown", NodeFlags.Unknown, after);
        Mark(fields, "sensitive", NodeFlags.Sensitive, before, after);
        acknowledged = fields.Flag("acknowledged") ?? false;
        var change = new Change
        {
            Resource = resource ?? new KubernetesId("", "", "", "", ""),
            Operation = fields.Word<Operation>("operation") ?? OperationOf(before, after),
            Origin = fields.Word<ChangeOrigin>("origin") ?? OriginOf(resource, before),
            Surface = fields.Word<Surface>("surface") ?? surface,
            Cause = fields.Word<ChangeCause>("cause") ?? ChangeCause.Explicit,
            Before = before,
            After = after,
            Actor = fields.Text("actor"),
            Environment = fields.Text("environment"),
            Previous = ReadId(fields, "previous"),
            Reason = fields.Text("reason"),
            ReplacePaths = fields.TextList("replacePaths"),
            Location = (after ?? before)?.Location ?? mapping.Location,
            PairedWith = fields.Integer("pairedWith"),
            File = fields.Text("file") ?? mapping.Location.File,
            PreventDestroyBefore = Kept(fields, "preventDestroyBefore"),
            PreventDestroyAfter = Kept(fields, "preventDestroyAfter"),
            Drift = ReadDrift(fields),
        };
        fields.Finish();
        if (resource is not null) return change;
        problems.Add(
            mapping, "the change does not say what it changes", "give an object with `apiVersion` and `kind`, or `resource`");
        return null;
    }

    private DriftFacts? ReadDrift(FieldReader change)
    {
        if (!change.TryGetFields("drift", out var fields)) return null;
        fields.Require("kind");
        var facts = new DriftFacts(fields.Word<DriftKind>("kind") ?? DriftKind.Modified)
        {
            Applied = Detach(fields.Any("applied")),
            IsScaled = fields.Flag("scaled") ?? false,
            Because = fields.Text("because"),
        };
        fields.Finish();
        return facts;
    }

    // Its place is that of the field.
    private static Node? Kept(FieldReader fields, string name) => fields.Flag(name) == true ? fields.Any(name) : null;

    private static Operation OperationOf(Node? before, Node? after) => (before, after) switch
    {
        (null, _) => Operation.Create,
        (_, null) => Operation.Delete,
        _ => Operation.Update,
    };

    private static ChangeOrigin OriginOf(ResourceId? resource, Node? before) => (resource, before) switch
    {
        (TerraformId, _) => ChangeOrigin.Plan,
        (_, null) => ChangeOrigin.Manifest,
        _ => ChangeOrigin.Diff,
    };

    // The object becomes a document of its own, so that pointers start at it, with its places in the test file.
    private Node? Detach(Node? written)
    {
        if (written is null or ScalarNode { Kind: NodeKind.Null }) return null;
        var root = new Document(written.Document!.Source, 0, ValueNodes.Copy(written, keepPositions: true)).Root;
        if (root is MappingNode mapping && root.Text("kind") == "Secret" && root.Text("apiVersion") == "v1")
            secrets.Mark(mapping);
        return root;
    }

    private void Mark(FieldReader fields, string name, NodeFlags flags, params ReadOnlySpan<Node?> roots)
    {
        foreach (var node in fields.Items(name))
        {
            if (Reads.Text(node, name, problems) is not { } pointer) continue;
            var found = false;
            foreach (var root in roots)
            {
                if (root is null || JsonPointer.Find(root, pointer) is not { } marked) continue;
                marked.Mark(flags);
                found = true;
            }

            if (!found) problems.Add(node, $"`{name}` names `{pointer}`, which is not there", "write the value out; any will do");
        }
    }

    private ResourceId? ReadId(FieldReader change, string name)
    {
        if (!change.TryGetFields(name, out var fields)) return null;
        ResourceId id = fields.Has("address") ? TerraformIdOf(fields)
            : fields.Has("file") ? FileIdOf(fields)
            : KubernetesIdOf(fields);
        fields.Finish();
        return id;
    }

    private static TerraformId TerraformIdOf(FieldReader fields)
    {
        var address = fields.RequiredText("address");
        var last = address[(address.LastIndexOf("module.", StringComparison.Ordinal) is var at and >= 0
            ? address.IndexOf('.', at + 7) + 1
            : 0)..];
        var isData = last.StartsWith("data.", StringComparison.Ordinal);
        var parts = (isData ? last[5..] : last).Split('.', '[');
        return new(
            address,
            fields.Text("type") ?? parts[0],
            fields.Text("name") ?? (parts.Length > 1 ? parts[1] : ""),
            fields.Text("provider") ?? $"registry.terraform.io/hashicorp/{parts[0].Split('_')[0]}",
            fields.Text("module") ?? (last.Length == address.Length ? "" : address[..(address.Length - last.Length - 1)]),
            fields.Text("index"),
            fields.Text("deposed"),
            fields.Flag("isData") ?? isData);
    }

    private static FileId FileIdOf(FieldReader fields)
    {
        var path = fields.RequiredText("file");
        var kind = fields.Text("kind") ?? ToolFiles.KindAt(path);
        if (kind is null)
            fields.Problems.Add(
                fields.Mapping["file"]!, $"no tool looks for a file at `{path}`", "give a path where one does, or `kind`");
        return new(kind ?? "", path);
    }

    private static KubernetesId KubernetesIdOf(FieldReader fields)
    {
        var (group, version) = Split(fields.RequiredText("apiVersion"));
        return new(group, version, fields.RequiredText("kind"), fields.Text("namespace") ?? "", fields.RequiredText("name"));
    }

    private static KubernetesId? IdOf(Node? node)
    {
        if (node?.Text("apiVersion") is not { } apiVersion || node.Text("kind") is not { } kind) return null;
        var (group, version) = Split(apiVersion);
        var name = node.Text("metadata", "name") ?? node.Text("metadata", "generateName") + "*";
        return new(group, version, kind, node.Text("metadata", "namespace") ?? "", name);
    }

    private static (string Group, string Version) Split(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/');
        return slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
    }
}
