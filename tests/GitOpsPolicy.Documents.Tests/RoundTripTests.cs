using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace GitOpsPolicy.Documents.Tests;

/// <summary>Laws that hold for every value.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_as_JSON_is_read_as_the_same_value() => Check(value =>
        NodeEquality.AreEqual(value, ReadJson(NodeWriter.ToJson(value)))
            && NodeEquality.AreEqual(value, ReadJson(NodeWriter.ToJson(value, indented: true))));

    [Fact]
    public void What_is_written_as_JSON_is_read_as_the_same_value_as_YAML() => Check(value =>
        NodeEquality.AreEqual(value, Read.Root("[" + NodeWriter.ToJson(value) + "]") is SequenceNode list ? list[0] : null));

    [Fact]
    public void Equal_values_have_the_same_canonical_form_and_others_do_not() => Check(value =>
        Canonical(value) == Canonical(ReadJson(Canonical(value)))
            && Canonical(value) == Canonical(Reversed(value))
            && NodeEquality.AreEqual(value, Reversed(value)));

    [Fact]
    public void Every_node_is_found_by_its_pointer() => Check(value =>
    {
        var root = ReadJson(NodeWriter.ToJson(value));
        return Below(root).All(node => ReferenceEquals(JsonPointer.Find(root, node.Pointer), node));
    });

    [Fact]
    public void A_copy_without_masks_equals_the_value() =>
        Check(value => NodeEquality.AreEqual(value, MaskOverlay.Apply(value, null, null)));

    private static void Check(Func<Node, bool> law)
    {
        var values = Gen.Sized(size => ValueOf(Math.Min(size, 30))).Select(json => ReadJson(json));
        Prop.ForAll(values.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260101UL, 43UL));
    }

    // Texts with what the formats treat specially; numbers in many spellings.
    private static Gen<string> TextOf() =>
        Gen.Elements(
            "", "a", "/", "~", "~1", "~0", "a/b", " ", "é", "😀", "\"", "\\", "\n", "\t", "null", "true", "1", "<<", "y", "- a",
            "a: b", "#", "{", "%", "0777")
            .ArrayOf(3).Select(parts => string.Concat(parts));

    private static Gen<string> NumberOf() =>
        Gen.Elements(
            "0", "-1", "1", "10", "1.0", "1.50", "0.1", "1e3", "1E-3", "12e+2", "9007199254740993",
            "123456789012345678901234567890", "-0.0001", "100", "1e20");

    private static Gen<string> ScalarOf() => Gen.OneOf(NumberOf(), TextOf().Select(Quote), Gen.Elements("true", "false", "null"));

    private static Gen<string> ValueOf(int size) => size < 2 ? ScalarOf() : Gen.OneOf(
        ScalarOf(),
        ValueOf(size / 2).ListOf(size % 5).Select(items => "[" + string.Join(",", items) + "]"),
        TextOf().ListOf(size % 12).SelectMany(keys => ValueOf(size / 3).ListOf(keys.Count).Select(values =>
            "{"
                + string.Join(",", keys.Distinct(StringComparer.Ordinal).Zip(values, (key, value) => Quote(key) + ":" + value))
                + "}")));

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static Node ReadJson(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return JsonReader.Read(new TextFile("f.json", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? document.Root
            : throw new FormatException(json);
    }

    private static string Canonical(Node value)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        NodeWriter.WriteCanonicalJson(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static Node Reversed(Node value) => value switch
    {
        MappingNode mapping => new MappingNode([.. mapping.Entries.ToArray()
            .Reverse()
            .Select(entry => entry with { Value = Reversed(entry.Value) })]),
        SequenceNode sequence => new SequenceNode([.. sequence.Items.ToArray().Select(Reversed)]),
        _ => MaskOverlay.Apply(value, null, null),
    };

    private static IEnumerable<Node> Below(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.ToArray().SelectMany(entry => Below(entry.Value)).Prepend(node),
        SequenceNode sequence => sequence.Items.ToArray().SelectMany(Below).Prepend(node),
        _ => [node],
    };
}
