using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Tests.Policies;
using Xunit;
using Outcome = GitOpsPolicy.Evaluation.Outcome;

namespace GitOpsPolicy.Tests.Evaluation;

/// <summary>Laws that hold for all rules, changes and waivers, tried on small random ones.</summary>
public sealed class EvaluationLawTests
{
    private static readonly string[] Kinds = ["Pod", "Service", "Deployment"];
    private static readonly string[] Names = ["a", "b"];

    /// <summary>A rule set and a change set in the space where they touch one another often.</summary>
    private sealed record World(
        ImmutableArray<string> Rules, ImmutableArray<string> Waivers,
        ImmutableArray<(string Kind, string Name, int Size, Operation Operation)> Changes)
    {
        public Policies.Repository Build(int skipWaivers = 0)
        {
            var repository = new Repository();
            for (var i = 0; i < Rules.Length; i++) repository.WithRule($"r{i}", Rules[i]);
            for (var i = skipWaivers; i < Waivers.Length; i++)
                repository.WithDocument($"waivers/w{i}.yaml", "Waiver", $"w{i}", Waivers[i]);
            return repository;
        }

        public ChangeSet Set => new()
        {
            Changes = [.. Changes.Select((c, i) => new Change
            {
                Resource = new KubernetesId("", "v1", c.Kind, "prod", c.Name + i),
                Operation = c.Operation,
                Origin = ChangeOrigin.Diff,
                Before = c.Operation == Operation.Create ? null : Object(c, i),
                After = c.Operation == Operation.Delete ? null : Object(c, i),
                Location = new($"{i}.yaml", 1, 1),
            })],
        };

        private static Documents.Node Object((string Kind, string Name, int Size, Operation Operation) c, int i) =>
            Policies.Repository.Read(
                $"kind: {c.Kind}\nmetadata: {{ name: {c.Name}{i} }}\nspec: {{ size: {c.Size} }}\n", $"{i}.yaml");
    }

    private static readonly Gen<string> Rules =
        from action in Gen.Elements("deny", "warn", "audit")
        from kind in Gen.Elements(Kinds)
        from limit in Gen.Choose(0, 3)
        from operations in Gen.Elements("[create]", "[update, delete]", "[create, update, delete]")
        from limited in Gen.Elements("deny", "warn")
        select $"enforcement: {limited}\nmatch: {{ operations: {operations}, kubernetes: {{ kinds: [{kind}] }} }}\nrequire: [{{ pattern: {{ spec: {{ size: {{ atLeast: {limit} }} }} }}, action: {action} }}]";

    // The same ones in each run; `GITOPS_POLICY_LONG` has many more, and others each time.
    private static readonly Config Cases = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 }
        ? Config.QuickThrowOnFailure.WithMaxTest(5_000)
        : Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260101UL, 43UL);

    private static readonly Gen<string> Waivers =
        from rule in Gen.Choose(0, 3)
        from kind in Gen.Elements(Kinds)
        from name in Gen.Elements(Names)
        select $"rule: r{rule}\nresource: {kind} prod/{name}*\nowner: o\napprover: p\nticket: t\nreason: r\nexpires: 2026-02-01";

    private static readonly Gen<(string, string, int, Operation)> Changed =
        from kind in Gen.Elements(Kinds)
        from name in Gen.Elements(Names)
        from size in Gen.Choose(0, 3)
        from operation in Gen.Elements(Operation.Create, Operation.Update, Operation.Delete)
        select (kind, name, size, operation);

    private static readonly Arbitrary<World> Worlds = (
        from rules in Rules.ListOf(4)
        from waiverCount in Gen.Choose(0, 3)
        from waivers in Waivers.ListOf(waiverCount)
        from changeCount in Gen.Choose(0, 6)
        from changes in Changed.ListOf(changeCount)
        select new World([.. rules], [.. waivers], [.. changes])).ToArbitrary();

    private static void Holds(Func<World, bool> law) =>
        Prop.ForAll(Worlds, law).Check(Cases);

    private static Decision Judge(Repository repository, ChangeSet set, int workers = 1) =>
        repository.Judge(set, Repository.Options with { Workers = workers });

    private static string Bytes(Decision decision)
    {
        using var text = new StringWriter();
        Report.ByName["json"].Write(decision, new() { ToolVersion = "1", ExitCode = 0 }, text);
        return text.ToString();
    }

    [Fact]
    public void One_more_denying_rule_never_turns_deny_into_allow() => Holds(world =>
    {
        var fewer = world with
        {
            Rules = world.Rules.RemoveAt(3),
            Waivers = [.. world.Waivers.Where(w => !w.StartsWith("rule: r3", StringComparison.Ordinal))],
        };
        var before = Judge(fewer.Build(), world.Set).Outcome;
        return before != Outcome.Deny || Judge(world.Build(), world.Set).Outcome == Outcome.Deny;
    });

    [Fact]
    public void One_more_waiver_never_adds_a_denial_and_never_hides_a_finding() => Holds(world =>
    {
        var (with, without) = (Judge(world.Build(), world.Set), Judge(world.Build(skipWaivers: 1), world.Set));
        string[] Denials(Decision d) => [.. d.Findings.Where(f => f.Action == FindingAction.Deny).Select(f => f.Fingerprint)];
        string[] Own(Decision d) =>
            [.. d.Findings.Where(f => f.Rule != "waiver").Select(f => f.Fingerprint).Order(StringComparer.Ordinal)];
        return Denials(with).All(Denials(without).Contains) && Own(with).SequenceEqual(Own(without));
    });

    [Fact]
    public void The_same_question_gives_the_same_bytes() =>
        Holds(world => Bytes(Judge(world.Build(), world.Set)) == Bytes(Judge(world.Build(), world.Set)));

    [Fact]
    public void The_order_of_changes_matters_to_no_finding() => Holds(world =>
    {
        var (one, other) = (Judge(world.Build(), world.Set),
            Judge(world.Build(), world.Set with { Changes = [.. world.Set.Changes.Reverse()] }));
        return one.Outcome == other.Outcome && one.Findings.Select(Told).SequenceEqual(other.Findings.Select(Told));
        static string Told(Finding f) => $"{f.Location} {f.Rule} {f.Action} {f.Message} {f.Fingerprint} {f.Waiver}";
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 700; i++)
            text.Append($"apiVersion: v1\nkind: Service\nmetadata: {{ name: s{i % 350}, namespace: n{i / 350} }}\nspec: {{ size: {i % 5} }}\n---\n");
        var set = Repository.Manifests(text.ToString());
        var repository = new Repository().WithRule("a", "require: { spec: { size: { atLeast: 2 } } }")
            .WithRule("b", "forbid: { spec: { size: { in: [1, 4] } } }");
        var decision = Judge(repository, set, workers);
        Assert.Equal(560, decision.Findings.Length);
        Assert.Equal(Bytes(Judge(repository, set)), Bytes(decision));
    }

    [Fact]
    public void Judging_the_same_set_by_changed_rules_tells_what_they_alter()
    {
        var set = Repository.Manifests("apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { size: 1 }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: b }\nspec: { size: 3 }\n");
        Decision By(string rule) => new Repository().WithRule("a", rule).Judge(set);
        var inForce = By("require: { spec: { size: { atLeast: 2 } } }");
        Assert.Equal(
            "+1 denials, −0", RuleSetComparison.Of(inForce, By("require: { spec: { size: { atLeast: 5 } } }")).ToString());
        Assert.Equal(
            "+1 denials, −1", RuleSetComparison.Of(inForce, By("require: { spec: { size: { atMost: 2 } } }")).ToString());
        Assert.Equal(
            "+0 denials, −1; +1 warnings, −0",
            RuleSetComparison.Of(inForce, By("enforcement: warn\nrequire: { spec: { size: { atLeast: 2 } } }")).ToString());
        Assert.Equal("the same findings", RuleSetComparison.Of(inForce, inForce).ToString());
    }
}
