using System.Text;
using System.Text.Json;
using Xunit;

namespace GitOpsPolicy.Documents.Tests.Json;

public sealed class JsonStreamReaderTests
{
    private const string Plan = """
        {
          "format_version": "1.2",
          "configuration": { "skipped": [1, {"a": [2]}] },
          "resource_changes": [
            { "address": "aws_db_instance.é", "change": { "actions": ["delete", "create"] } },
            { "address": "aws_s3_bucket.b", "size": 12345678901234567890 }
          ]
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1 << 16)]
    public void Walked_skipped_and_taken_values_come_out_whatever_the_pieces_the_stream_hands_out(int pieces)
    {
        var reader = new JsonStreamReader(
            new DripStream(Encoding.UTF8.GetBytes(Plan), pieces), new TextFile("plan.json", default), ReaderLimits.Plan);
        var addresses = new List<string>();
        Assert.True(reader.Read());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.PropertyName != "resource_changes")
            {
                reader.SkipValue();
                continue;
            }

            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var value = Assert.IsType<MappingNode>(reader.ReadValue());
                addresses.Add($"{((ScalarNode)value["address"]!).Text}@{value["address"]!.Position}");
                if (value["size"] is ScalarNode size) Assert.Equal("12345678901234567890", size.Text);
            }
        }

        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        Assert.False(reader.Read());
        Assert.Equal(
            [$"aws_db_instance.é@{new SourcePosition(5, 18)}", $"aws_s3_bucket.b@{new SourcePosition(6, 18)}"],
            addresses);
    }

    [Fact]
    public void A_token_longer_than_the_buffer_is_read()
    {
        var text = new string('x', 1_000_000);
        var reader = new JsonStreamReader(
            new MemoryStream(Encoding.UTF8.GetBytes($"[\"{text}\", 1]")), new TextFile("a", default), ReaderLimits.Plan);
        reader.Read();
        var list = (SequenceNode)reader.ReadValue();
        Assert.Equal(text, ((ScalarNode)list[0]).Text);
        Assert.Equal(new SourcePosition(1, 1_000_006), list[1].Position);
    }

    [Theory]
    [InlineData("{\"a\": 1,\n \"b\": tru}", "plan.json:2:10: ")]
    [InlineData(
        "{\"a\": 1,\n \"a\": 2}", "plan.json:2:2: the key `a` stands at line 1, column 2 already (remove one of the two)")]
    [InlineData(
        "{\"a\": {\"b\": 1, \"\\u0062\": 2}}",
        "plan.json:1:16: the key `b` stands at line 1, column 8 already (remove one of the two)")]
    [InlineData(
        "{\"é\": \"\\ud800\"}", "plan.json:1:7: the string holds half of a surrogate pair (write both `\\uD8xx\\uDCxx` halves)")]
    [InlineData(
        "{\"a\": [1, []", "plan.json:1:13: the text ends before every `{` and `[` is closed (the file may have been cut off)")]
    [InlineData("[1e999]", "plan.json:1:2: the number `1e999` is too large (write it in quotes)")]
    [InlineData("[1] x", "plan.json:1:5: `x` is invalid after a single JSON value")]
    public void A_mistake_is_told_with_its_place(string text, string message)
    {
        var thrown = Assert.Throws<MalformedTextException>(() =>
        {
            var reader = new JsonStreamReader(
                new DripStream(Encoding.UTF8.GetBytes(text), 1), new TextFile("plan.json", default), ReaderLimits.Plan);
            reader.Read();
            if (text.Contains("\"a\": 1,", StringComparison.Ordinal))
            {
                while (reader.Read()) { }
            }
            else
            {
                reader.ReadValue();
                reader.Read();
            }
        });
        Assert.StartsWith(message, thrown.Problem.ToString());
    }

    /// <summary>Hands out a few bytes at a time, as a pipe may.</summary>
    private sealed class DripStream(byte[] bytes, int pieces) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(pieces, buffer.Length)]);
    }
}
