using System.Text.Json;
using GitOpsPolicy.Script.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Script.Tests.RegularExpressions;

public sealed class PatternTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RegularExpressions");

    [Fact]
    public void Patterns_answer_as_node_does()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "patterns.cases.jsonl"));
        var wrong = lines.Select(Judge).OfType<string>().ToList();
        Assert.True(lines.Length > 3500, $"only {lines.Length} cases");
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {lines.Length}:\n{string.Join('\n', wrong.GroupBy(w => w[..12]).SelectMany(g => g.Take(2)).Take(30))}");
    }

    [Theory]
    [InlineData(@"(a)\1", "", "backreference")]
    [InlineData(@"\1(a)", "", "backreference")]
    [InlineData(@"(?<q>['""]).*\k<q>", "", "backreference")]
    [InlineData(@"(?:a{1000}){1000}", "", "repeats too much")]
    [InlineData(@"((((a{0,99}){0,99}){0,99}){0,99}){0,99}", "", "repeats too much")]
    [InlineData(@"(?:(?:(?:\b){9999}){9999}){9999}", "", "repeats too much")]
    [InlineData(@"(){100000000}", "", "repeats too much")]
    [InlineData(@"\p{Script=Greek}", "u", "not known here")]
    [InlineData(@"\u{10400}", "", "repeats too much")]
    [InlineData("a", "v", "newer than ECMAScript 2023")]
    public void What_a_linear_matcher_cannot_do_is_refused_with_the_reason(string source, string flags, string reason)
    {
        Assert.False(Pattern.TryCompile(source, flags, out _, out var problem));
        Assert.True(problem.IsUnsupported);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gg")]
    [InlineData("x")]
    [InlineData("G")]
    public void Wrong_flags_are_wrong(string flags)
    {
        Assert.False(Pattern.TryCompile("a", flags, out _, out var problem));
        Assert.False(problem.IsUnsupported);
    }

    [Fact]
    public void Groups_nested_beyond_the_limit_are_refused_not_a_crash()
    {
        Assert.False(Pattern.TryCompile(new string('(', 100_000) + new string(')', 100_000), "", out _, out var problem));
        Assert.True(problem.IsUnsupported);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("a*a*a*a*a*a*a*b")]
    [InlineData("(.*)(.*)(.*)(.*)x")]
    [InlineData("(?:a?){60}a{60}b")]
    [InlineData("(?=(?:a+)+b)c")]
    [InlineData("(?<=(?:a|aa)+)b")]
    [InlineData("[ab]*?[ab]*?[ab]*?c")]
    public void Patterns_that_hang_other_engines_take_steps_in_proportion_to_the_input(string source)
    {
        var (once, twice) = (StepsFor(source, 20_000), StepsFor(source, 40_000));
        Assert.InRange(twice, once, (long)(once * 2.2));
        Assert.InRange(once, 1, 20_000L * 600);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^v\\d+\\.\\d+\\.\\d+$")]
    [InlineData("(?=(?:a+)+b)c")]
    public void The_same_match_costs_the_same_steps_every_time(string source) =>
        Assert.Equal(StepsFor(source, 500), StepsFor(source, 500));

    [Fact]
    public void A_version_tag_costs_about_a_step_a_character()
    {
        var meter = new Counter();
        var pattern = Pattern.Compile(@"^v\d+\.\d+\.\d+$", PatternFlags.None);
        Assert.NotNull(new PatternMatcher(pattern, "v10.20.30", meter).Match(0, sticky: false));
        Assert.InRange(meter.Steps, 9, 20);
    }

    private static long StepsFor(string source, int length)
    {
        var meter = new Counter();
        var matcher = new PatternMatcher(Pattern.Compile(source, PatternFlags.None), new string('a', length) + "!", meter);
        matcher.Match(0, sticky: false);
        return meter.Steps;
    }

    /// <summary>What is wrong with one case; null when nothing is.</summary>
    private static string? Judge(string line)
    {
        var fields = JsonSerializer.Deserialize<JsonElement[]>(line)!;
        Assert.True(fields.Length == 5, $"not a case: {line}");
        var (source, flags) = (fields[0].Text(), fields[1].Text());
        var (input, start) = (fields[2].Text(), fields[3].GetInt32());
        var expected = fields[4].GetRawText();
        var actual = Answer(source, flags, input, start, lockstep: false);
        if (actual != expected) return $"{line} but got {actual}";
        var other = Answer(source, flags, input, start, lockstep: true);
        return other == expected ? null : $"{line} but got {other} in lockstep";
    }

    private static string Answer(string source, string flags, string input, int start, bool lockstep)
    {
        if (!Pattern.TryCompile(source, flags, out var pattern, out var problem))
            return problem.IsUnsupported ? problem.Message : "\"error\"";
        var matcher = new PatternMatcher(pattern, input, new Counter());
        var slots = matcher.Match(start, flags.Contains('y', StringComparison.Ordinal), lockstep);
        return slots is null ? "null" : $"[{string.Join(',', slots.Take((pattern.GroupCount + 1) * 2))}]";
    }

    /// <summary>Counts steps, and ends a test that would not end.</summary>
    private sealed class Counter : StepMeter
    {
        public long Steps { get; private set; }

        public override void Spend(long steps)
        {
            Steps += steps;
            if (Steps > 100_000_000) throw new InvalidOperationException("The match takes too many steps.");
        }

        public override void Reserve(long bytes) => Assert.InRange(bytes, 0, 64 << 20);
    }
}
