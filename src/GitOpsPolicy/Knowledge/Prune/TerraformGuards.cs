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
            if (mapping.TryGet(flag, out var node) && IsTrue(node) && !data.IsFalseFriend(flag, type)) guards.Add(new Guard(flag, $"`{flag}`", GuardEffect.Prevents, GuardReach.Delete, node));
        foreach (var row in data.Words)
            if (row.Fits(type) && mapping.TextAt(row.Attribute) is { } word && row.Words.Contains(word))
                guards.Add(OfWord(row, word, mapping[row.Attribute]!));
        foreach (var row in data.GuardedUnset)
            if (row.Fits(type) && mapping[row.Attribute] is null or ScalarNode { Kind: NodeKind.Null, IsUnknown: false })
                guards.Add(new Guard(row.Attribute, $"`{row.Attribute}` is on unless it is set", GuardEffect.Prevents, GuardReach.Delete, mapping));
        return guards;
    }

    /// <summary>What makes destroying it worse.</summary>
    public static List<Danger> DangersOf(Node? attributes, string type)
    {
        var dangers = new List<Danger>();
        foreach (var row in Data.Value.Dangers)
        {
            if (row.Fits(type) && attributes.At(row.Attribute) is ScalarNode { IsUnknown: false } node && node.Text == row.Words[0])
                dangers.Add(new Danger(row.Attribute, row.Does, node));
        }

        return dangers;
    }

    private static Guard OfWord(Row row, string word, Node node)
    {
        var leaves = word == "ABANDON";
        return new(row.Attribute, $"`{row.Attribute}` is {word}", leaves ? GuardEffect.Retains : GuardEffect.Prevents, leaves ? GuardReach.Data : GuardReach.Delete, node);
    }

    private static bool IsTrue(Node node) => node is ScalarNode { IsUnknown: false } scalar && (scalar.IsTrue || scalar.Text is "true" or "True");

    private sealed record Row(string Attribute, ImmutableArray<string> Words, ImmutableArray<Glob> Types, string Does)
    {
        // No types means every type.
        public bool Fits(string type) => Types.IsEmpty || Types.Any(glob => glob.Fits(type));
    }

    private sealed record Tables(ImmutableArray<string> Flags, ImmutableArray<Row> Words, ImmutableArray<Row> GuardedUnset, ImmutableArray<Row> FalseFriends, ImmutableArray<Row> Dangers)
    {
        public static Tables Read()
        {
            var data = KnowledgeData.Read("terraform-guards.yaml");
            return new Tables(Texts(data["flags"]), Rows(data["words"]), Rows(data["guardedUnset"]), Rows(data["falseFriends"]), Rows(data["dangers"]));
        }

        public bool IsFalseFriend(string attribute, string type) => FalseFriends.Any(row => row.Attribute == attribute && row.Fits(type));

        private static ImmutableArray<Row> Rows(Node? list)
        {
            var rows = ImmutableArray.CreateBuilder<Row>();
            foreach (var node in list.ItemsOf())
            {
                var words = node.TextAt("value") is { } value ? [value] : Texts(node.At("words"));
                rows.Add(new Row(node.TextAt("attribute")!, words, [.. Texts(node.At("types")).Select(text => new Glob(text))], node.TextAt("does") ?? ""));
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
