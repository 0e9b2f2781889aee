using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Families;

/// <summary>
/// A plan of a case: the name of a file below <c>tests/Fixtures/plans</c>, or its changes in short, from which a plan is made as
/// <c>terraform show -json</c> writes one and read as such.
/// </summary>
internal static class CasePlan
{
    private const string Name = "plan.json";

    /// <summary>Reads the plan.</summary>
    public static ChangeSet Read(Node plan)
    {
        if (plan is ScalarNode)
        {
            using var file = File.OpenRead(Path.Combine(Fixtures.Folder, "plans", plan.AsText()!));
            return TerraformPlanInput.Read(plan.AsText()!, file);
        }

        using var made = new MemoryStream(Encoding.UTF8.GetBytes(NodeWriter.ToJson(Make(plan))));
        return TerraformPlanInput.Read(Name, made);
    }

    private static MappingNode Make(Node plan)
    {
        var entries = new List<(string, Node)> { ("format_version", Text("1.2")), ("terraform_version", Text("1.11.4")) };
        var changes = plan;
        if (plan is MappingNode whole)
        {
            changes = whole["changes"] ?? throw new FormatException($"{plan.Location}: the plan has no `changes`");
            entries.AddRange(whole.Entries.ToArray()
                .Where(entry => entry.Key != "changes")
                .Select(entry => (entry.Key, entry.Value)));
        }

        entries.Add(("resource_changes", new SequenceNode([.. changes.ItemsOf().ToArray().Select(Change)], default)));
        return Mapping(entries);
    }

    private static MappingNode Change(Node node)
    {
        var problems = new ProblemList();
        var fields = new FieldReader((MappingNode)node, problems);
        var address = fields.RequiredText("address");
        var provider = fields.Text("provider")
            ?? $"registry.terraform.io/hashicorp/{PlanAddress.Parse(address, "").Type.Split('_')[0]}";
        var id = PlanAddress.Parse(address, provider);
        var (before, after) = (fields.Any("before"), fields.Any("after"));
        var entry = new List<(string, Node?)>
        {
            ("address", Text(address)),
            ("previous_address", Optional(fields.Text("previous"))),
            ("module_address", Optional(id.Module)),
            ("mode", Text(id.IsData ? "data" : "managed")),
            ("type", Text(id.Type)),
            ("name", Text(id.Name)),
            ("index", Optional(id.Index)),
            ("provider_name", Text(provider)),
            ("deposed", Optional(fields.Text("deposed"))),
            ("action_reason", Optional(fields.Text("reason"))),
            ("change", Mapping(
                ("actions", Texts(fields.TextList("actions") is { IsEmpty: false } actions ? actions : ActionsOf(before, after))),
                ("before", before ?? ScalarNode.Null()),
                ("after", after ?? ScalarNode.Null()),
                ("after_unknown", fields.Any("unknown")),
                ("before_sensitive", fields.Any("sensitive")),
                ("after_sensitive", fields.Any("sensitive")),
                ("replace_paths", fields.Any("replace")))),
        };
        fields.Finish();
        return problems.Count == 0 ? Mapping([.. entry]) : throw new FormatException(string.Join("\n", problems.InFileOrder()));
    }

    private static ImmutableArray<string> ActionsOf(Node? before, Node? after) => (before, after) switch
    {
        (null, _) => ["create"],
        (_, null) => ["delete"],
        _ => NodeEquality.AreEqual(before, after) ? ["no-op"] : ["update"],
    };

    private static MappingNode Mapping(IEnumerable<(string Key, Node Value)> entries) =>
        Mapping([.. entries.Select(entry => (entry.Key, (Node?)entry.Value))]);

    private static MappingNode Mapping(params (string Key, Node? Value)[] entries) =>
        new(
            [.. entries.Where(entry => entry.Value is not null)
                .Select(entry => new MappingEntry(entry.Key, default, Copy(entry.Value!)))], default);

    // A node belongs to one parent.
    private static Node Copy(Node node) => ValueNodes.Copy(node);

    private static SequenceNode Texts(ImmutableArray<string> texts) => new([.. texts.Select(Text)], default);

    private static ScalarNode? Optional(string? text) => string.IsNullOrEmpty(text) ? null : Text(text);

    private static ScalarNode Text(string text) => ScalarNode.String(text);
}
