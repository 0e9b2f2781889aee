using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>What makes destroying a resource worse.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Does">What it does, for messages.</param>
/// <param name="Node">Its value.</param>
internal sealed record Danger(string Name, string Does, Node Node);

/// <summary>The guards and dangers that Terraform attributes say, by the tables of <c>terraform-guards.yaml</c>.</summary>
internal static class TerraformGuards
{
    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The guards of a resource.</summary>
    /// <param name="attributes">Its attributes as they are in the state: before the change.</param>
    /// <param name="type">Its type.</param>
    public static List<Guard> Of(Node? attributes, string type)
    {
        var guards = new List<Guard>();
        if (attributes is not MappingNode mapping) return guards;
        var data = Data.Value;
        foreach (var flag in data.Flags)
            if (mapping.TryGet(flag, out var node) && IsTrue(node) && !data.IsFalseFriend(flag, type))
                guards.Add(new Guard(flag, $"`{flag}`", GuardEffect.Prevents, GuardReach.Delete, node));
        foreach (var row in data.Words)
            if (row.Fits(type)
                && ValueOf(mapping, row.Attribute) is ScalarNode { IsUnknown: false } node
                && row.Words.Contains(node.Text))
                guards.Add(row.Guard($"`{row.Attribute}` is {node.Text}", node));
        foreach (var row in data.GuardedUnset)
            if (row.Fits(type) && IsUnset(ValueOf(mapping, row.Attribute)))
                guards.Add(row.Guard($"`{row.Attribute}` is on unless it is set", mapping));
        return guards;
    }

    /// <summary>What makes destroying it worse.</summary>
    public static List<Danger> DangersOf(Node? attributes, string type)
    {
        var dangers = new List<Danger>();
        if (attributes is not MappingNode mapping) return dangers;
        foreach (var row in Data.Value.Dangers)
        {
            if (!row.Fits(type)) continue;
            var node = ValueOf(mapping, row.Attribute);
            if (row.Words.IsEmpty ? IsUnset(node) : node is ScalarNode { IsUnknown: false } scalar && scalar.Text == row.Words[0])
                dangers.Add(new Danger(row.Attribute, row.Does, node ?? mapping));
        }

        return dangers;
    }

    // An attribute, or one of a nested block.
    private static Node? ValueOf(MappingNode attributes, string path)
    {
        Node? node = attributes;
        foreach (var step in path.Split('.')) node = node.Block()?[step];
        return node;
    }

    private static bool IsUnset(Node? node) =>
        node is null or ScalarNode { Kind: NodeKind.Null, IsUnknown: false } or ScalarNode { Kind: NodeKind.String, Text: "" };

    private static bool IsTrue(Node node) =>
        node is ScalarNode { IsUnknown: false } scalar && (scalar.IsTrue || scalar.Text is "true" or "True");

    private sealed record Row(
        string Attribute, ImmutableArray<string> Words, ImmutableArray<Glob> Types, string Does, bool Retains)
    {
        /// <summary>The guard that the row tells of.</summary>
        public Guard Guard(string by, Node node) =>
            new(
                Attribute, by, Retains ? GuardEffect.Retains : GuardEffect.Prevents,
                Retains ? GuardReach.Data : GuardReach.Delete, node);

        // No types means every type.
        public bool Fits(string type) => Types.IsEmpty || Types.Any(glob => glob.Fits(type));
    }

    private sealed record Tables(
        ImmutableArray<string> Flags, ImmutableArray<Row> Words, ImmutableArray<Row> GuardedUnset,
        ImmutableArray<Row> FalseFriends, ImmutableArray<Row> Dangers)
    {
        public static Tables Read()
        {
            var data = KnowledgeData.Read("terraform-guards.yaml");
            return new Tables(
                Texts(data["flags"]), Rows(data["words"]), Rows(data["guardedUnset"]), Rows(data["falseFriends"]),
                Rows(data["dangers"]));
        }

        public bool IsFalseFriend(string attribute, string type) =>
            FalseFriends.Any(row => row.Attribute == attribute && row.Fits(type));

        private static ImmutableArray<Row> Rows(Node? list)
        {
            var rows = ImmutableArray.CreateBuilder<Row>();
            foreach (var node in list.ItemsOf())
            {
                var words = node.TextAt("value") is { } value ? [value] : Texts(node.At("words"));
                rows.Add(new Row(
                    node.TextAt("attribute")!, words, [.. Texts(node.At("types")).Select(text => new Glob(text))],
                    node.TextAt("does") ?? "", node.TextAt("effect") == "retains"));
            }

            return rows.ToImmutable();
        }

        private static ImmutableArray<string> Texts(Node? list)
        {
            var texts = ImmutableArray.CreateBuilder<string>();
            foreach (var item in list.ItemsOf()) texts.Add(item.AsText()!);
            return texts.ToImmutable();
        }
    }
}
