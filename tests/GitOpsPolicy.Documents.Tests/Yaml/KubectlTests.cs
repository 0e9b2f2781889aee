using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests.Yaml;

/// <summary>A cluster gets what kubectl reads. What we judge must be the same, or we refuse and say why.</summary>
public sealed class KubectlTests
{
    public static TheoryData<Vector> Vectors() => [.. Vector.All()];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void We_read_what_kubectl_reads_or_refuse(Vector vector)
    {
        var read = Read.Yaml(FileOf(vector));
        var problem = read.StartsWith("f.yaml", StringComparison.Ordinal)
            ? read[(read.IndexOf(": ", StringComparison.Ordinal) + 2)..]
            : null;
        if (vector.Ours.StartsWith("refused: ", StringComparison.Ordinal))
        {
            Assert.StartsWith(vector.Ours["refused: ".Length..], problem ?? read);
            return;
        }

        var expected = vector.Ours.StartsWith("read: ", StringComparison.Ordinal)
            ? vector.Ours["read: ".Length..]
            : vector.Kubectl;
        Assert.True((expected == "error") == problem is not null, $"expected {expected}, got {read}");
        if (problem is null) AssertSame(expected, read, vector.IsWhole);
    }

    [Theory]
    [InlineData("value 1")]
    [InlineData("unheard 1 => 1")]
    [InlineData("value 1 => 1 | maybe")]
    public void A_table_line_that_is_no_vector_is_noticed(string line) =>
        Assert.Throws<FormatException>(() => Vector.Table(line).Count());

    [Theory]
    [InlineData("#### title\na: 1\n")]
    [InlineData("#### title\na: 1\n==== | refused: x\n")]
    public void A_block_that_is_no_vector_is_noticed(string block) =>
        Assert.Throws<FormatException>(() => Vector.Blocks(block).Count());

    [Fact]
    public void Where_kubectl_is_at_hand_it_reads_what_the_vectors_say()
    {
        if (!Kubectl.IsAtHand) return;
        var vectors = Vector.All().Where(vector => vector.Kubectl is not ("error" or "nothing" or "varies")).ToList();
        var expected = vectors.SelectMany(vector => Objects(vector.Kubectl).Select(value => (vector, value))).ToList();
        var read = Kubectl.Read(vectors.Select(FileOf)).Objects;
        foreach (var ((vector, value), found) in expected.Zip(read))
            Assert.True(
                NodeEquality.AreEqual(value, vector.IsWhole ? found : WithoutHead(found)),
                $"{vector.Name}: {NodeWriter.ToJson(found)}");
        Assert.Equal(expected.Count, read.Count);
    }

    [Fact]
    public void Where_kubectl_is_at_hand_it_refuses_what_the_vectors_say()
    {
        if (!Kubectl.IsAtHand) return;
        var vectors = Vector.All().Where(vector => vector.Kubectl == "error").ToList();
        var complaints = Kubectl.Read(vectors.Select(FileOf)).Complaints;
        Assert.All(
            vectors.Index(),
            item => Assert.True(complaints.Contains(Kubectl.NameOf(item.Index), StringComparison.Ordinal), item.Item.Name));
    }

    private static byte[] FileOf(Vector vector) =>
        vector.IsWhole ? vector.Text : [.. Encoding.UTF8.GetBytes(Vector.Head), .. vector.Text];

    private static void AssertSame(string expected, string read, bool whole)
    {
        var want = Objects(expected == "nothing" ? "" : expected);
        var got = Objects(read);
        Assert.True(want.Count == got.Count, $"expected {expected}, read {read}");
        for (var i = 0; i < want.Count; i++)
            Assert.True(IsSame(want[i], whole ? got[i] : WithoutHead(got[i])), $"expected {expected}, read {read}");
    }

    internal static List<Node> Objects(string json) =>
        YamlReader.Read(new TextFile("json", default), Encoding.UTF8.GetBytes(json), ReaderLimits.Default).TryGet(out var stream)
            ? [.. stream.Documents.Select(document => document.Root)]
            : throw new FormatException(json);

    private static MappingNode WithoutHead(Node node) => Kubectl.Without(node, "apiVersion", "kind", "metadata");

    /// <summary>Equal, but that kubectl has rounded what is no 64-bit integer to a double.</summary>
    private static bool IsSame(Node expected, Node read) => (expected, read) switch
    {
        (ScalarNode { Kind: NodeKind.Number } a, ScalarNode { Kind: NodeKind.Number } b) =>
            a.Number == b.Number && (NodeEquality.AreEqual(a, b) || !long.TryParse(b.Text, out _)),
        (SequenceNode a, SequenceNode b) => a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => IsSame(a[i], b[i])),
        (MappingNode a, MappingNode b) =>
            a.Count == b.Count
                && a.Entries.ToArray().All(entry => b.TryGet(entry.Key, out var value) && IsSame(entry.Value, value)),
        _ => NodeEquality.AreEqual(expected, read),
    };
}
