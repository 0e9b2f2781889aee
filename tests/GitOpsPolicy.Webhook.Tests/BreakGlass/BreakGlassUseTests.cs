using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Tests.Metrics;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.BreakGlass;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Tests.RuleSets;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.BreakGlass;

/// <summary>What becomes of a denied request for which there is leave.</summary>
public sealed class BreakGlassUseTests : IDisposable
{
    private const string Update = "UPDATE /ConfigMap shop/a by alice";

    private readonly RuleFolder folder = new RuleFolder()
        .Write("policies/no.rule.yaml", RuleFolder.Rule("no-changes", "change.after.metadata.name === \"a\""))
        .Look(1);
    private readonly WebhookMetrics metrics = new();
    private readonly StringWriter log = new();
    private readonly BreakGlassRegister register = new();
    private readonly List<string> events = [];
    private readonly Clock clock = new();

    public void Dispose()
    {
        folder.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public void A_denied_request_inside_the_scope_is_let_through_and_leaves_its_trace()
    {
        Put(Grants.Good);
        var answer = Judge(Update);

        Assert.True(answer.IsAllowed);
        Assert.StartsWith(
            "gitops-policy: break-glass night-shift (until 14:00 UTC) lets through and records what the rules deny: [no-changes] no", answer.Warnings[0], StringComparison.Ordinal);
        var annotations = answer.Annotations.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        Assert.Equal("night-shift", annotations["break-glass"]);
        Assert.Equal("INC-7", annotations["break-glass-incident"]);
        Assert.Equal("bob", annotations["break-glass-approver"]);
        Assert.Equal("no-changes", annotations["denied-by"]);
        Assert.StartsWith("sha256:", annotations["decision"], StringComparison.Ordinal);
        Assert.StartsWith("sha256:", annotations["break-glass-before"], StringComparison.Ordinal);
        Assert.Equal(annotations["break-glass-before"], annotations["break-glass-after"]);
        Assert.True(annotations.Count <= 10);
        Assert.StartsWith(
            "break-glass night-shift: let alice Update ConfigMap shop/a against no-changes; incident INC-7, approved by bob; decision sha256:", log.ToString(), StringComparison.Ordinal);
        Assert.Equal(log.ToString().TrimEnd(), Assert.Single(events));
        Assert.Equal(1, Scrape.Of(metrics.WriteTo)["gitops_policy_break_glass_requests_total{operation=\"update\"}"]);
    }

    [Fact]
    public void A_created_object_has_nothing_before()
    {
        Put(Grants.Good);
        var annotations = Judge("CREATE /ConfigMap shop/a by alice").Annotations;
        Assert.Contains(("break-glass-before", "none"), annotations);
    }

    [Fact]
    public void A_dry_run_is_let_through_without_an_event()
    {
        Put(Grants.Good);
        Assert.True(Judge(Grants.Request(Update) with { IsDryRun = true }).IsAllowed);
        Assert.Empty(events);
        Assert.Contains("(dry run)", log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE /ConfigMap shop/a by bob")]
    [InlineData("UPDATE /ConfigMap prod/a by alice")]
    public void A_request_outside_the_scope_stays_denied_and_leaves_no_trace(string request)
    {
        Put(Grants.Good);
        Assert.False(Judge(request).IsAllowed);
        Assert.Empty(log.ToString());
        Assert.Empty(events);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(120)]
    [InlineData(24 * 60)]
    public void Leave_whose_time_is_not_now_does_nothing(int minutes)
    {
        Put(Grants.Good);
        clock.Now = Grants.Begin.AddMinutes(minutes);
        Assert.False(Judge(Update).IsAllowed);
        Assert.Equal(0, register.CountAt(clock.Now));
    }

    [Fact]
    public void An_allowed_request_uses_no_leave()
    {
        Put(Grants.Good);
        Assert.True(Judge("UPDATE /ConfigMap shop/other by alice").IsAllowed);
        Assert.Empty(log.ToString());
    }

    [Theory]
    [InlineData("{ operations: [update], namespaces: [other] }", "{ operations: [delete], namespaces: [shop] }")]
    [InlineData(
        "{ operations: [update], namespaces: [shop], kinds: [Secret] }",
        "{ operations: [update], namespaces: [prod], kinds: [ConfigMap] }")]
    [InlineData(
        "{ operations: [update], namespaces: [shop], rules: [no-changes] }",
        "{ operations: [update], namespaces: [shop], rules: [another] }")]
    public void Two_never_add_up(string first, string second)
    {
        folder.Write("policies/another.rule.yaml", RuleFolder.Rule("another", "change.after.metadata.name === \"a\"")).Look();
        Put(Grants.WithScope(first)
            + "---\n"
            + Grants.WithScope(second).Replace("night-shift", "second", StringComparison.Ordinal));
        Assert.Equal(2, register.CountAt(clock.Now));
        Assert.False(Judge(Update).IsAllowed);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", rules: [throws]", true)]
    [InlineData(", rules: [no-changes]", false)]
    public void Rules_that_fail_can_be_broken_too(string rules, bool isAllowed)
    {
        folder
            .Write(
                "policies/no.rule.yaml",
                RuleFolder.Rule("throws", "change.after.metadata.name === \"a\" && change.after.nothing.there.really"))
            .Look();
        Put(Grants.WithScope($"{{ operations: [update], namespaces: [shop]{rules} }}"));
        Assert.Equal(isAllowed, Judge(Update).IsAllowed);
    }

    [Fact]
    public void A_file_is_read_again_when_it_changes_and_while_it_cannot_be_read_there_is_no_leave()
    {
        var place = Directory.CreateTempSubdirectory("gitops-policy-leave-").FullName;
        try
        {
            var path = Path.Combine(place, "leave.yaml");
            var file = new BreakGlassFile(place, "leave.yaml", register, log);
            Looked(0, "leave.yaml: there is no such file");
            File.WriteAllText(path, Grants.Good);
            Looked(1, null);
            File.WriteAllText(path, Grants.Good + "---\n" + Grants.Good.Replace("bob", "alice", StringComparison.Ordinal));
            Looked(1, "`alice` cannot approve for themselves");
            File.WriteAllText(path, "a: [");
            Looked(0, "leave.yaml:");

            void Looked(int holding, string? trouble)
            {
                file.Look();
                Assert.Equal(holding, register.CountAt(Grants.Begin));
                if (trouble is null) Assert.Empty(register.Troubles);
                else Assert.Contains(trouble, Assert.Single(register.Troubles), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public void What_the_cluster_tells_is_followed()
    {
        var watch = new BreakGlassWatch(register, log);
        var (good, broken) = (Grants.One(Grants.Good).Node,
            Grants.One(Grants.Good.Replace("night-shift", "mine", StringComparison.Ordinal)).Node);
        var refused = Node(Grants.Good.Replace("night-shift", "mine", StringComparison.Ordinal).Replace(
            "bob", "alice", StringComparison.Ordinal));

        Told(0, new WatchEvent.Listing(), new WatchEvent.Listed(good));
        Told(1, new WatchEvent.Synced("1"));
        Told(2, new WatchEvent.Added(broken));
        Told(1, new WatchEvent.Modified(refused));
        Assert.StartsWith(
            "`mine` does nothing: `alice` cannot approve for themselves", Assert.Single(register.Troubles),
            StringComparison.Ordinal);
        Told(1, new WatchEvent.Deleted(refused));
        Assert.Empty(register.Troubles);
        Told(
            1,
            new WatchEvent.Interrupted(
                new ApiFailure { Stage = FailureStage.Refused, Request = "GET", Message = "away" }, TimeSpan.FromSeconds(1)));
        Told(1, new WatchEvent.Listing());
        Told(0, new WatchEvent.Synced("2"));

        void Told(int holding, params WatchEvent[] happened)
        {
            foreach (var one in happened) watch.Take(one);
            Assert.Equal(holding, register.CountAt(Grants.Begin));
        }
    }

    private static MappingNode Node(string yaml)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(yaml);
        Assert.True(YamlReader.Read(new TextFile("x", bytes), bytes, ReaderLimits.Default).TryGet(out var stream));
        return (MappingNode)stream.Documents[0].Root;
    }

    private void Put(string yaml) => register.Put("test", new([.. Grants.Read(yaml).Read], []));

    private Answer Judge(string request) => Judge(Grants.Request(request));

    private Answer Judge(AdmissionReview review)
    {
        var use = new BreakGlassUse(register, metrics, clock, log) { Used = (_, line) => events.Add(line) };
        return new RuleJudge(folder.InForce, null, new(clock, null), metrics, use).Judge(review, CancellationToken.None);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Grants.Begin.AddMinutes(5);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
