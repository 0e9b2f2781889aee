using System.Text;
using Xunit;

namespace GitOpsPolicy.Documents.Tests;

/// <summary>
/// Texts that are made to exhaust a reader. Each is refused by a limit, not by luck; what it took is measured in bytes, not in
/// time.
/// </summary>
public sealed class HostileTextTests
{
    /// <summary>What a reader may allocate before it refuses, beside the text itself.</summary>
    private const long Allowance = 160L << 20;

    [Theory]
    [InlineData("[", "deeper than 100")]
    [InlineData("{a: ", "deeper than 100")]
    [InlineData("[{a: ", "deeper than 100")]
    [InlineData("[[],", "deeper than 100")]
    [InlineData("- ", "deeper than 100")]
    [InlineData("- - ? ", "as a key")]
    [InlineData("{", "as a key")]
    [InlineData("? ", "as a key")]
    [InlineData("[? ", "as a key")]
    [InlineData("a,", "")]
    [InlineData("- a\n", "more than 200,000 values")]
    [InlineData("[a]: b\n", "as a key")]
    [InlineData("--- a\n", "more than 50,000 documents")]
    [InlineData("&a ", "two anchors")]
    [InlineData("*a ", "names no anchor")]
    [InlineData("a\n", "")]
    [InlineData("'", "")]
    [InlineData("#", "")]
    [InlineData("\t", "")]
    [InlineData("%", "directive")]
    public void A_megabyte_of_one_thing_is_read_or_refused(string unit, string message)
    {
        foreach (var size in new[] { 10_000, 1_000_000 })
        {
            var text = Repeat(unit, size / unit.Length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = Read.Yaml(text);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance);
            if (size == 1_000_000) Assert.Contains(message, read);
        }
    }

    [Theory]
    [InlineData("a:\n")]
    [InlineData("-\n")]
    [InlineData("? a\n:\n")]
    public void Block_structure_is_refused_when_it_is_too_deep(string unit)
    {
        var text = string.Concat(
            Enumerable.Range(0, 1_000).Select(depth => string.Concat(unit.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => new string(' ', depth) + line + "\n"))));
        Assert.Contains("deeper than 100", Read.Yaml(text));
    }

    [Fact]
    public void A_hundred_levels_are_read_and_one_more_is_not()
    {
        Assert.Equal(Repeat("[", 100) + Repeat("]", 100), Read.Yaml(Repeat("[", 100) + Repeat("]", 100)));
        Assert.Equal(
            "f.yaml:1:101: values nest deeper than 100 levels (flatten the document)",
            Read.Yaml(Repeat("[", 101) + Repeat("]", 101)));
        Assert.Equal(Repeat("[", 100) + Repeat("]", 100), Read.Json(Repeat("[", 100) + Repeat("]", 100)));
        Assert.Equal(
            "f.json:1:101: values nest too deeply (flatten the document)", Read.Json(Repeat("[", 101) + Repeat("]", 101)));
    }

    [Fact]
    public void Aliases_add_to_the_depth()
    {
        var text = $"a: &a {Repeat("[", 60)}{Repeat("]", 60)}\nb: {Repeat("[", 60)}*a{Repeat("]", 60)}\n";
        Assert.Contains("deeper than 100 levels with this alias", Read.Yaml(text));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(90)]
    public void Aliases_of_aliases_are_refused_before_they_are_written_out(int levels)
    {
        var text = new StringBuilder("v0: &v0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level <= levels; level++)
            text.Append($"v{level}: &v{level} [{string.Join(", ", Enumerable.Repeat($"*v{level - 1}", 10))}]\n");
        AssertRefusedCheaply(text.ToString(), "almost everything in this document comes from aliases");
    }

    [Fact]
    public void Merges_of_merges_are_refused_before_they_are_written_out()
    {
        var text = new StringBuilder("v0: &v0 {k0: x, k1: x, k2: x, k3: x, k4: x, k5: x, k6: x, k7: x, k8: x}\n");
        for (var level = 1; level <= 9; level++)
        {
            var nine = Enumerable.Range(0, 9).Select(i => $"n{level}{i}: {{<<: [*v{level - 1}]}}");
            text.Append($"v{level}: &v{level} {{{string.Join(", ", nine)}}}\n");
        }

        AssertRefusedCheaply(text.ToString(), "comes from aliases");
    }

    [Fact]
    public void Looking_at_the_same_merge_over_and_over_is_refused()
    {
        var big = string.Join(", ", Enumerable.Range(0, 5_000).Select(i => $"k{i}: {i}"));
        var text = $"a: &a {{{big}}}\nb: {{{string.Join(", ", Enumerable.Repeat("<<: *a", 10_000))}}}\n";
        AssertRefusedCheaply(text, "the merge keys of this document stand for more than 400,000 values");
    }

    [Fact]
    public void Comparing_the_same_values_over_and_over_is_refused()
    {
        var big = string.Join(", ", Enumerable.Range(0, 5_000));
        var text = $"a: &a {{k: [{big}]}}\nb: &b {{k: [{big}]}}\nc: {{{string.Join(", ", Enumerable.Repeat("<<: *a, <<: *b", 5_000))}, k: 1}}\n";
        AssertRefusedCheaply(text, "the merge keys of this document stand for more than 400,000 values");
    }

    [Fact]
    public void A_million_keys_are_refused() =>
        AssertRefusedCheaply(string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"k{i}: v\n")), "more than 200,000 values");

    [Fact]
    public void A_million_keys_of_JSON_are_refused()
    {
        var text = "{" + string.Join(",", Enumerable.Range(0, 1_000_000).Select(i => $"\"k{i}\":1")) + "}";
        Assert.Contains("more than 200,000 values", Read.Json(text));
    }

    [Fact]
    public void Keys_that_share_a_hash_bucket_by_name_alone_cost_no_more() =>
        Assert.StartsWith("{\"k0\":", Read.Yaml(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"k{i}: v\n"))));

    [Fact]
    public void A_text_longer_than_the_limit_is_refused_unread()
    {
        var text = new byte[1_001];
        Array.Fill(text, (byte)'a');
        Assert.Equal(
            "f.yaml: the text is longer than 1,000 bytes (split it)",
            Read.Yaml(text, ReaderLimits.Default with { MaxBytes = 1_000 }));
    }

    private static void AssertRefusedCheaply(string text, string message)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Read.Yaml(utf8);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowance);
        Assert.Contains(message, read);
    }

    private static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
