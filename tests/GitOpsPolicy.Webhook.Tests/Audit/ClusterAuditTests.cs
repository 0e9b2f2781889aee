using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Fakes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Webhook.Audit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Audit;

/// <summary>
/// What an audit makes of what a server does not do on demand: it forgets a list, keeps a kind back, or is asked to stop
/// half-way.
/// </summary>
public sealed class ClusterAuditTests
{
    private const string Expired = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410,"message":"too old"}""";
    private const string Forbidden = """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,"message":"secrets is forbidden"}""";

    [Fact]
    public async Task A_list_that_begins_anew_is_not_counted_twice()
    {
        var asked = 0;
        await using var server = await StartAsync((path, query) => (path, query.Contains("continue", StringComparison.Ordinal),
            ++asked) switch
        {
            ("/api/v1/configmaps", true, 2) => (410, Expired),
            ("/api/v1/configmaps", true, _) => (200, List("", "c", "d")),
            ("/api/v1/configmaps", false, _) => (200, List("more", "a", "b")),
            _ => (200, List("")),
        });
        using var audit = Audit(server);
        await audit.RunAsync(default);
        Assert.Equal(["a", "b", "c", "d"], Names(audit.Decide()));
        Assert.Equal(4, audit.Sum.Count);
    }

    [Fact]
    public async Task A_kind_that_may_not_be_listed_is_a_problem_and_the_others_are_judged()
    {
        await using var server = await StartAsync(static (path, _) =>
            path == "/api/v1/secrets" ? (403, Forbidden) : (200, List("", "a")));
        using var audit = Audit(server);
        await audit.RunAsync(default);
        var decision = audit.Decide();
        Assert.Equal(["a"], Names(decision));
        Assert.Equal(
            "secrets: cannot be listed: secrets is forbidden (grant `list` on it, or leave it out with `--kinds`)",
            Assert.Single(decision.ChangeSet.Problems).ToString());
        Assert.Equal(ExitCode.NoAnswer, ExitCode.For(decision, FindingAction.Deny, allowUndetermined: false));
    }

    [Fact]
    public async Task A_server_that_has_no_right_to_a_kind_leaves_it_out_and_says_so()
    {
        await using var server = await StartAsync(static (path, _) =>
            path == "/api/v1/secrets" ? (403, Forbidden) : (200, List("", "a")));
        using var client = new KubernetesClient(server.Connection);
        using var audit = new ClusterAudit(client, AuditRules.Usual, AuditScope.All, new()) { SkipsForbidden = true };
        await audit.RunAsync(default);
        var decision = audit.Decide();
        Assert.Empty(decision.ChangeSet.Problems);
        Assert.Equal("secrets are not judged: there is no right to list them", Assert.Single(decision.ChangeSet.Incomplete));
    }

    [Fact]
    public async Task An_interrupted_audit_tells_what_it_found_and_that_it_is_not_all()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await StartAsync((path, query) =>
        {
            if (query.Contains("continue", StringComparison.Ordinal)) stop.Cancel();
            return (200, path == "/api/v1/configmaps" ? List("more", "a", "b") : List(""));
        });
        using var audit = Audit(server);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audit.RunAsync(stop.Token));
        var decision = audit.Decide();
        Assert.Equal(["a", "b"], Names(decision));
        Assert.Equal("2 of 2 kinds of objects were not judged to the end", Assert.Single(decision.ChangeSet.Incomplete));
    }

    [Fact]
    public async Task Only_kinds_that_a_rule_judges_are_listed_and_events_only_when_they_are_named()
    {
        var any = AuditRules.Load("""
            export default {
              name: "any", title: "Any", severity: "low", match: { operations: ["create"] },
              check(change, { report }) { report.warn("is there"); },
            };
            """);
        Assert.Equal(["configmaps", "secrets"], await ListedAsync(AuditRules.Usual, AuditScope.All));
        Assert.Equal(["configmaps", "namespaces", "secrets"], await ListedAsync(any, AuditScope.All));
        Assert.Equal(["events"], await ListedAsync(any, new() { Kinds = [new("Event")] }));
        Assert.Equal(["configmaps", "secrets"], await ListedAsync(any, new() { Namespaces = [new("team-*")] }));
    }

    [Fact]
    public async Task A_waiver_is_told_of_once_however_many_objects_do_without_it()
    {
        static string Waiver(string name, string resource) => $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Waiver
            metadata: { name: {{name}} }
            spec: { rule: pinned, resource: {{resource}}, owner: a, approver: b, ticket: T-1, reason: soon, expires: "2030-01-20" }
            """;
        var rules = AuditRules.Load("""
            export default {
              name: "pinned", title: "Data is pinned", severity: "high", match: { operations: ["create"], kubernetes: { kinds: ["ConfigMap"] } },
              check(change, { report }) { if (change.after.metadata.name !== "good") report.deny("not pinned", change.after.data); },
            };
            """, Waiver("used", "ConfigMap shop/*"), Waiver("of-no-use", "ConfigMap shop/nobody"), Waiver("not-needed", "ConfigMap shop/good"));
        await using var server = await StartAsync(static (_, _) => (200, List("", "a", "b", "good")));
        using var client = new KubernetesClient(server.Connection);
        using var audit = new ClusterAudit(client, rules, AuditScope.All, new() { Today = new(2030, 1, 1) });
        await audit.RunAsync(default);
        var decision = audit.Decide();
        Assert.Equal(
            [
                "Audit the waiver `of-no-use` is unused: there is no `ConfigMap shop/nobody` here",
                "Warn the waiver `not-needed` is not needed: `pinned` finds nothing to excuse about `ConfigMap shop/good`"
            ],
            decision.Findings.Where(static finding => finding.Rule == "waiver")
                .Select(static finding => $"{finding.Action} {finding.Message}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(2, decision.Findings.Count(static finding => finding.Waiver == "used"));
    }

    private static async Task<IEnumerable<string>> ListedAsync(RuleSet rules, AuditScope scope)
    {
        var listed = new List<string>();
        await using var server = await StartAsync((path, _) =>
        {
            lock (listed) listed.Add(path.Split('/')[^1]);
            return (200, List(""));
        });
        using var client = new KubernetesClient(server.Connection);
        using var audit = new ClusterAudit(client, rules, scope, new());
        await audit.RunAsync(default);
        return listed;
    }

    private static ClusterAudit Audit(FaultyApiServer server) =>
        new(new(server.Connection, new() { MaxAttempts = 1 }), AuditRules.Usual, AuditScope.All, new());

    private static IEnumerable<string> Names(Decision decision) =>
        decision.Findings.Where(static finding => finding.Rule == "pinned")
            .Select(static finding => finding.Resource!.ToString().Split('/')[1])
            .Order(StringComparer.Ordinal);

    // ConfigMaps that are not pinned.
    private static string List(string next, params string[] names) =>
        $$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"continue":"{{next}}","resourceVersion":"1"},"items":[{{string.Join(',', names.Select(static name => $$$"""{"metadata":{"name":"{{{name}}}","namespace":"shop"},"data":{"pinned":"no"} }"""))}}]}""";

    private static Task<FaultyApiServer> StartAsync(
        Func<string, string,
            (int Code, string Body)> list) => FaultyApiServer.StartAsync([.. Enumerable.Repeat<RequestDelegate>(context =>
    {
        var (code, body) = context.Request.Path.Value switch
        {
            "/api" => (200, """{"kind":"APIVersions","versions":["v1"]}"""),
            "/apis" => (200, """{"kind":"APIGroupList","groups":[]}"""),
            "/api/v1" => (200, """
                {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"secrets","kind":"Secret","namespaced":true,"verbs":["list"]},{"name":"configmaps","kind":"ConfigMap","namespaced":true,"verbs":["list"]},
                {"name":"events","kind":"Event","namespaced":true,"verbs":["list"]},{"name":"namespaces","kind":"Namespace","namespaced":false,"verbs":["list"]},{"name":"bindings","kind":"Binding","namespaced":true,"verbs":["create"]}]}
                """),
            { } path => list(path, context.Request.QueryString.Value ?? ""),
            null => (404, ""),
        };
        return FaultyApiServer.Json(code, body)(context);
    }, 40)]);
}
