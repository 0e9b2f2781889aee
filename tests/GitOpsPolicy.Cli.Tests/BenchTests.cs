using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>What rules cost: the same fuel each time, held against a baseline, with times as information only.</summary>
public sealed partial class BenchTests : IDisposable
{
    private const string Cheap = "export default { name: 'few', title: 'Few replicas', match: { kubernetes: { kinds: ['Deployment'] } }, check(change, { report }) { if (change.object.spec.replicas > 3) report.deny('too many', change.object.spec.replicas); } };\n";
    private const string Dear = "export default { name: 'few', title: 'Few replicas', match: { kubernetes: { kinds: ['Deployment'] } }, check(change, { report }) { for (let i = 0; i < 50; i++); if (change.object.spec.replicas > 3) report.deny('too many', change.object.spec.replicas); } };\n";

    private readonly CommandFolder folder = new CommandFolder().Write("policies/few.rule.js", Cheap)
        .Write("policies/few.test.yaml", Tests(2, 5));

    public void Dispose() => folder.Dispose();

    private static string Tests(params int[] replicas) =>
        "apiVersion: gitopspolicy.dev/v1alpha1\nkind: RuleTest\nmetadata: { name: few }\nspec:\n  rule: few\n  cases:\n"
        + string.Concat(replicas.Select(
            static count =>
                $"    - name: {count} replicas\n      change: {{ after: {Deployment(count)} }}\n      expect: [{(count > 3 ? "{ action: deny }" : "")}]\n"));

    private static string Deployment(int replicas) =>
        $"{{ apiVersion: apps/v1, kind: Deployment, metadata: {{ name: web }}, spec: {{ replicas: {replicas} }} }}";

    [Fact]
    public async Task Fuel_and_allocations_are_the_same_in_every_run()
    {
        var (first, again) = (await folder.RunAsync("bench", "--format", "json", "--rounds", "3"),
            await folder.RunAsync("bench", "--format", "json", "--rounds", "4"));
        Assert.Equal((0, ""), (first.Exit, first.Error));
        Assert.Equal(WithoutTimes(first.Out), WithoutTimes(again.Out));

        using var report = JsonDocument.Parse(first.Out);
        var rule = Assert.Single(report.RootElement.GetProperty("rules").EnumerateArray());
        Assert.Equal(
            (2, 2, 1.0),
            (rule.GetProperty("shown").GetInt32(), rule.GetProperty("matched").GetInt32(),
                rule.GetProperty("shareOfFuel").GetDouble()));
        Assert.InRange(rule.GetProperty("fuel").GetInt64(), 10, 500);
        Assert.InRange(rule.GetProperty("nanosecondsPerRun").GetProperty("median").GetInt64(), 1, 1_000_000_000);
    }

    [Fact]
    public async Task The_table_names_the_dearest_rule_first_and_what_never_ran_last()
    {
        folder.Write("policies/dear.rule.js", Dear.Replace("'few'", "'dear'", StringComparison.Ordinal))
            .Write(
                "policies/idle.rule.js",
                Cheap.Replace("'few'", "'idle'", StringComparison.Ordinal).Replace(
                    "'Deployment'", "'Service'", StringComparison.Ordinal))
            .Write("web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 1 }\n");
        var (exit, table, _) = await folder.RunAsync("bench", "web.yaml", "--rounds", "3");
        Assert.Equal(0, exit);
        Assert.Equal(["rule", "dear", "few", "idle", "3"], table.TrimEnd().Split('\n').Select(static line => line.Split(' ')[0]));
        Assert.Matches(@"(?m)^idle +0 of 1$", table);
        Assert.Contains("CPU: median of 3 rounds", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_became_dearer_fails_the_gate_and_is_named()
    {
        Assert.Equal(0, (await folder.RunAsync("bench", "--rounds", "1", "--save", "bench.json")).Exit);
        var same = await folder.RunAsync("bench", "--rounds", "1", "--compare", "bench.json", "--fail-on-increase", "0");
        Assert.Equal((0, ""), (same.Exit, same.Error));
        Assert.Matches(@"few +2 of 2 +\d+ +\d+ +=  +=", same.Out);

        folder.Write("policies/few.rule.js", Dear);
        var dearer = await folder.RunAsync("bench", "--rounds", "1", "--compare", "bench.json", "--fail-on-increase", "5");
        Assert.Equal(1, dearer.Exit);
        Assert.Matches(
            @"^gitops-policy: few uses \d+ fuel where the baseline has \d+ \(\+[\d,.]+ %\); at most \+5 % is allowed\n$",
            dearer.Error);
        Assert.Equal(0, (await folder.RunAsync("bench", "--rounds", "1", "--compare", "bench.json")).Exit);
    }

    [Fact]
    public async Task A_case_that_was_added_or_changed_is_no_increase()
    {
        await folder.RunAsync("bench", "--rounds", "1", "--save", "bench.json");
        folder.Write("policies/few.test.yaml", Tests(2, 5, 6, 7));
        var added = await folder.RunAsync("bench", "--rounds", "1", "--compare", "bench.json", "--fail-on-increase", "0");
        Assert.Equal(0, added.Exit);
        Assert.Matches(@"few +2 of 4 ", added.Out);

        folder.Write("policies/few.test.yaml", Tests(8));
        var other = await folder.RunAsync("bench", "--rounds", "1", "--compare", "bench.json", "--fail-on-increase", "0");
        Assert.Equal(
            (3,
                "gitops-policy: `bench.json` and this run have no input in common, so nothing could be compared; write it anew with `--save`\n"), (other.Exit, other.Error));
    }

    [Fact]
    public async Task A_baseline_says_the_same_wherever_it_is_written_but_for_the_times()
    {
        await folder.RunAsync("bench", "--rounds", "1", "--save", "one.json");
        await folder.RunAsync("bench", "--rounds", "1", "--save", "two.json");
        Assert.Equal(WithoutTimes(folder.Read("one.json")), WithoutTimes(folder.Read("two.json")));
    }

    [Theory]
    [InlineData(2, "`--fail-on-increase` needs a baseline", "--fail-on-increase", "5")]
    [InlineData(2, "takes a number of percent", "--compare", "good.json", "--fail-on-increase", "-1")]
    [InlineData(2, "takes a number of percent", "--compare", "good.json", "--fail-on-increase", "x")]
    [InlineData(2, "takes a number from 1 to 1000", "--rounds", "0")]
    [InlineData(2, "there is no baseline `absent.json`; write it with `--save absent.json`", "--compare", "absent.json")]
    [InlineData(2, "broken.json:1:20: unknown format `9.0`", "--compare", "broken.json")]
    [InlineData(2, "cut.json", "--compare", "cut.json")]
    [InlineData(2, "there is nothing to run the rules on", "--policies", "untested")]
    [InlineData(2, "gitops-policy: the rules and their tests do not load: 1 problem\n", "--policies", "odd")]
    [InlineData(3, "costs are not known while inputs cannot be read", "absent.yaml")]
    [InlineData(3, "there is no such file", "--plan", "absent.json")]
    public async Task A_mistake_gets_one_clear_message_and_its_exit_code(int expected, string message, params string[] args)
    {
        folder.Write("good.json", """{"schemaVersion":"1.0","toolVersion":"0.1.0","rules":[]}""")
            .Write(
                "broken.json",
                """{ "schemaVersion": "9.0", "toolVersion": "9", "rules": [{ "name": "a", "inputs": [{ "fuel": -1 }] }] }""")
            .Write("cut.json", """{ "schemaVersion": "1.0", """)
            .Write("odd/few.rule.yaml", "a: [")
            .Write("untested/few.rule.js", Cheap);
        var (exit, _, errors) = await folder.RunAsync(["bench", .. args]);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Equal(expected, exit);
    }

    private static string WithoutTimes(string json) => Times().Replace(json, "");

    [GeneratedRegex("""(?s)"(rounds|shareOfTime)": [\d.]+|"nanosecondsPerRun": (\{.*?\}|\d+)""", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
