using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>The chart as Helm renders it, over the values that change what it does.</summary>
public sealed partial class ChartTests
{
    private static readonly string Example = Repository.PathOf("docs", "examples", "webhooks");

    public static TheoryData<string> Values() =>
    [
        "",
        "replicas=3,webhook.failurePolicy=Ignore,webhook.ignoreReason=trial,webhook.annotations.a=b,webhook.timeoutSeconds=2",
        "certificates.existingSecret=tls,certificates.caBundle=Zm9v",
        "clientAuthentication.existingConfigMap=callers,clientAuthentication.names={kube-apiserver,front-proxy}",
        "webhook.exemptLabel=gitopspolicy.dev/exempt,webhook.exemptLabelUsers={alice}",
        "breakGlass.enabled=false,canary.existingConfigMap=next,canary.namespaces={team-*,sandbox}",
        "record.enabled=true,record.limit=1Gi,record.volumeSizeLimit=2Gi",
        "metrics.serviceMonitor.enabled=true,metrics.alerts.enabled=true,metrics.dashboard.enabled=true,metrics.serviceMonitor.labels.a=b,metrics.alerts.labels.a=b",
        "rules.existingConfigMap=mine,environment=production,image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "networkPolicy.apiServerCidrs={10.0.0.0/28,fd00::/64},podLabels.a=b,podAnnotations.c=d,nodeSelector.e=f,serviceAccount.create=false",
        "audit.enabled=true,audit.interval=60,audit.reports=openreports,audit.secrets=true,audit.resources[0].apiGroups={example.com},audit.resources[0].resources={widgets}",
        "networkPolicy.enabled=false,podDisruptionBudget.enabled=false,topologySpread.enabled=false,imagePullSecrets[0].name=pull",
    ];

    [TheoryNeedsTools("helm")]
    [MemberData(nameof(Values))]
    public async Task Helm_finds_nothing_to_object_to(string values)
    {
        var ran = await Binary.StartAsync(
            "helm", Repository.Root, "",
            ["lint", "--strict", RenderedChart.Folder, .. values.Length == 0 ? (string[])[] : ["--set", values]]);
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    [TheoryNeedsTools("helm", "kubectl")]
    [MemberData(nameof(Values))]
    public async Task Our_own_rules_deny_nothing_of_it(string values)
    {
        var chart = await RenderAsync(values);
        using var folder = await TemporaryRepository.CreateAsync();
        folder.Write("rendered.yaml", chart.Text);
        folder.Write(
            "gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin, policies]\n");
        folder.Write(
            "policies/sound-webhook.rule.js",
            await File.ReadAllTextAsync(Path.Combine(Example, "policies", "sound-webhook.rule.js")));
        var ran = await Binary.RunAsync(folder.Folder, "check", "rendered.yaml");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains($"{chart.Objects.Count} checked", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rule_about_webhooks_denies_what_its_tests_say()
    {
        var cases = await File.ReadAllTextAsync(Path.Combine(Example, "policies", "sound-webhook.test.yaml"));
        Assert.Equal((29, 5), (cases.Split("      expect:\n").Length - 1, cases.Split("      expect: []\n").Length - 1));
        var ran = await Binary.RunAsync(Example, "test", "policies");
        Assert.True(ran.ExitCode == 0, ran.ToString());
    }

    [TheoryNeedsTools("helm", "kubectl")]
    [MemberData(nameof(Values))]
    public async Task The_webhook_knows_every_option_that_it_is_started_with(string values)
    {
        var chart = await RenderAsync(values);
        var help = await Binary.RunAsync(Repository.Root, "serve", "--help");
        var known = Option().Matches(help.Out).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        var given = chart.Arguments.Where(static argument => argument.StartsWith("--", StringComparison.Ordinal))
            .Select(static argument => argument.Split('=')[0])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Subset(known, given);
    }

    [TheoryNeedsTools("helm", "kubectl")]
    [MemberData(nameof(Values))]
    public async Task The_cluster_can_always_repair_itself(string values)
    {
        var chart = await RenderAsync(values);
        foreach (var webhook in chart.Webhooks.GetProperty("webhooks").EnumerateArray())
        {
            Assert.False(
                webhook.TryGetProperty("objectSelector", out var selector) && selector.EnumerateObject().Any(),
                "whoever writes an object must not be able to label it out of judgement");
            // Each use of a BreakGlass that is no dry run is written down as an Event.
            var writesEvents = chart.Arguments.Contains("--break-glass")
                && webhook.GetProperty("name").GetString() != "exemptions.gitopspolicy.dev";
            Assert.Equal(writesEvents ? "NoneOnDryRun" : "None", webhook.GetProperty("sideEffects").GetString());
            Assert.Equal("Equivalent", webhook.GetProperty("matchPolicy").GetString());
            Assert.InRange(webhook.GetProperty("timeoutSeconds").GetInt32(), 1, 10);
            var rules = webhook.GetProperty("rules").EnumerateArray().ToList();
            Assert.DoesNotContain(
                rules,
                static rule => Texts(rule, "apiGroups").Contains("*")
                    || Texts(rule, "resources").Any(static resource => resource is "*/*" or "leases" or "events"));
            if (webhook.GetProperty("name").GetString() != "exemptions.gitopspolicy.dev")
                Assert.Superset(
                    new HashSet<string> { "kube-system", "kube-node-lease", RenderedChart.Namespace }, Excluded(webhook));
            else Assert.Equal(["namespaces", "namespaces/status", "namespaces/finalize"], Texts(rules.Single(), "resources"));
        }
    }

    [TheoryNeedsTools("helm", "kubectl")]
    [InlineData("webhook.failurePolicy=Fail", "Fail")]
    [InlineData("webhook.failurePolicy=Ignore,webhook.ignoreReason=trial", "Ignore")]
    public async Task Deletes_of_what_holds_state_fail_closed_whatever_the_rest_does(string values, string rest)
    {
        var webhooks = (await RenderAsync(values)).Webhooks.GetProperty("webhooks")
            .EnumerateArray()
            .ToDictionary(static webhook => webhook.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal("Fail", webhooks["deletes.gitopspolicy.dev"].GetProperty("failurePolicy").GetString());
        Assert.Equal(rest, webhooks["changes.gitopspolicy.dev"].GetProperty("failurePolicy").GetString());
        var deleted = webhooks["deletes.gitopspolicy.dev"].GetProperty("rules")
            .EnumerateArray()
            .SelectMany(static rule => Texts(rule, "resources"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string> { "namespaces", "persistentvolumeclaims", "persistentvolumes", "statefulsets",
                "customresourcedefinitions" }, deleted);
    }

    [NeedsTools("helm", "kubectl")]
    public async Task The_pod_runs_with_as_little_as_it_can()
    {
        var pod = (await RenderedChart.OfAsync()).One("Deployment")
            .GetProperty("spec")
            .GetProperty("template")
            .GetProperty("spec");
        var security = pod.GetProperty("containers")[0].GetProperty("securityContext");
        Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
        Assert.Equal(
            "RuntimeDefault", pod.GetProperty("securityContext").GetProperty("seccompProfile").GetProperty("type").GetString());
        Assert.True(security.GetProperty("readOnlyRootFilesystem").GetBoolean());
        Assert.False(security.GetProperty("allowPrivilegeEscalation").GetBoolean());
        Assert.Equal("ALL", security.GetProperty("capabilities").GetProperty("drop")[0].GetString());
        Assert.InRange(pod.GetProperty("terminationGracePeriodSeconds").GetInt32(), 30, 120);
    }

    [NeedsTools("helm", "kubectl")]
    public async Task Reviews_are_recorded_only_when_asked_for_and_in_a_volume_that_cannot_fill_the_node()
    {
        Assert.DoesNotContain("record", string.Join(' ', (await RenderedChart.OfAsync()).Arguments), StringComparison.Ordinal);
        var chart = await RenderedChart.OfAsync("record.enabled=true");
        Assert.Subset(
            chart.Arguments.ToHashSet(StringComparer.Ordinal),
            new HashSet<string> { "--record=/var/lib/gitops-policy/reviews", "--record-limit=64Mi" });
        var pod = chart.One("Deployment").GetProperty("spec").GetProperty("template").GetProperty("spec");
        var volume = pod.GetProperty("volumes")
            .EnumerateArray()
            .Single(static volume => volume.GetProperty("name").GetString() == "record");
        Assert.Equal("128Mi", volume.GetProperty("emptyDir").GetProperty("sizeLimit").GetString());
        Assert.Contains(
            pod.GetProperty("containers")[0].GetProperty("volumeMounts").EnumerateArray(),
            static mount => mount.GetProperty("mountPath").GetString() == "/var/lib/gitops-policy");
    }

    [NeedsTools("helm", "kubectl")]
    public async Task Its_account_may_do_nothing_but_what_is_written_down()
    {
        var chart = await RenderedChart.OfAsync("certificates.existingSecret=tls", "breakGlass.enabled=false");
        Assert.Equal(["policy: events.k8s.io events create"], chart.Objects.Where(IsRole).SelectMany(Rules));

        var withOwnCertificates = (await RenderedChart.OfAsync()).Objects.Where(IsRole)
            .SelectMany(Rules)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(
            [
                "everywhere: admissionregistration.k8s.io validatingwebhookconfigurations get,list,watch,patch of gp-gitops-policy",
                "everywhere: gitopspolicy.dev breakglasses get,list,watch",
                "kube-system: events.k8s.io events create",
                "policy:  secrets create",
                "policy:  secrets get,list,watch,patch of gp-gitops-policy-certificates",
                "policy: events.k8s.io events create",
            ],
            withOwnCertificates);

        var audit = (await RenderedChart.OfAsync(
            "certificates.existingSecret=tls", "breakGlass.enabled=false", "audit.enabled=true",
            "audit.reports=openreports")).Objects
            .Where(IsRole)
            .SelectMany(Rules)
            .ToList();
        Assert.Contains("policy: coordination.k8s.io leases get,patch of gp-gitops-policy-audit", audit);
        Assert.Contains("everywhere: openreports.io reports,clusterreports get,list,create,patch,delete", audit);
        Assert.Contains("everywhere:  configmaps,services,serviceaccounts,replicationcontrollers list", audit);
        var listed = audit
            .Where(static rule => rule.StartsWith("everywhere:", StringComparison.Ordinal)
                && !rule.Contains("openreports", StringComparison.Ordinal))
            .ToList();
        Assert.All(listed, static rule => Assert.EndsWith(" list", rule, StringComparison.Ordinal));
        Assert.DoesNotContain(
            listed,
            static rule =>
                rule.Contains("secrets", StringComparison.Ordinal) && !rule.Contains("sealedsecrets", StringComparison.Ordinal));
        Assert.DoesNotContain(
            listed, static rule => rule.Contains('/') || rule.StartsWith("everywhere: * ", StringComparison.Ordinal));

        static bool IsRole(JsonElement one) => one.GetProperty("kind").GetString() is "Role" or "ClusterRole";

        static string Place(JsonElement role) =>
            role.GetProperty("metadata").TryGetProperty("namespace", out var place) ? place.GetString()! : "everywhere";

        static IEnumerable<string> Rules(JsonElement role) =>
            !role.TryGetProperty("rules", out var rules) || rules.ValueKind == JsonValueKind.Null
                ? []
                : rules.EnumerateArray()
                    .Select(
                        rule =>
                            $"{Place(role)}: {string.Join(',', Texts(rule, "apiGroups"))} {string.Join(',', Texts(rule, "resources"))} {string.Join(',', Texts(rule, "verbs"))}{(rule.TryGetProperty("resourceNames", out _) ? " of " + string.Join(',', Texts(rule, "resourceNames")) : "")}");
    }

    [TheoryNeedsTools("helm")]
    [InlineData("unknown=1", "unknown")]
    [InlineData("webhook.objectSelector.matchLabels.a=b", "objectSelector")]
    [InlineData("webhook.timeoutSeconds=30", "timeoutSeconds")]
    [InlineData("webhook.failurePolicy=ignore", "failurePolicy")]
    [InlineData("webhook.failurePolicy=Ignore", "ignoreReason")]
    [InlineData("webhook.excludedNamespaces={a}", "excludedNamespaces")]
    [InlineData("replicas=0", "replicas")]
    [InlineData("record.limit=64", "limit")]
    [InlineData("audit.reports=yes", "reports")]
    [InlineData("audit.interval=1", "interval")]
    [InlineData("image.digest=latest", "digest")]
    [InlineData("image.tga=1", "tga")]
    public async Task A_mistaken_value_is_refused_by_its_name(string value, string name)
    {
        var ran = await RenderedChart.TemplateAsync(value);
        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains(name, ran.Error, StringComparison.Ordinal);
    }

    [NeedsTools("kubectl")]
    public async Task Every_value_stands_in_the_schema_and_in_the_README_with_its_default()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RenderedChart.Folder, "values.yaml"));
        var values = (await RenderedChart.ReadAsync(
            "apiVersion: example.com/v1\nkind: Values\nmetadata: { name: values }\n" + text)).Single();
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(
            RenderedChart.Folder, "values.schema.json")));
        var described = Leaves(schema.RootElement, values, "").ToList();
        var page = await File.ReadAllLinesAsync(Path.Combine(RenderedChart.Folder, "README.md"));

        Assert.Equal(described, page.Where(static line => line.StartsWith("| `", StringComparison.Ordinal)));
        Assert.Equal(
            values.EnumerateObject()
                .Select(static value => value.Name)
                .Except(["apiVersion", "kind", "metadata"], StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            schema.RootElement.GetProperty("properties")
                .EnumerateObject()
                .Select(static value => value.Name)
                .Where(static name => name != "global")
                .Order(StringComparer.Ordinal));
    }

    // One line of the README for each value, as schema and values.yaml have it.
    private static IEnumerable<string> Leaves(JsonElement schema, JsonElement values, string path)
    {
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean(), $"`{path}` takes values that nothing describes");
        foreach (var value in schema.GetProperty("properties").EnumerateObject().Where(static value => value.Name != "global"))
        {
            var (key, given) = (path + value.Name, values.GetProperty(value.Name));
            if (value.Value.TryGetProperty("properties", out _))
                foreach (var line in Leaves(value.Value, given, key + ".")) yield return line;
            else yield return $"| `{key}` | {Default(given)} | {value.Value.GetProperty("description").GetString()} |";
        }
    }

    private static string Default(JsonElement value) =>
        value.GetRawText() is { Length: > 200 } || value.GetRawText().Contains("apiVersion", StringComparison.Ordinal)
            ? "see values.yaml"
            : $"`{JsonSerializer.Serialize(value)}`";

    private static Task<RenderedChart> RenderAsync(string values) =>
        values.Length == 0 ? RenderedChart.OfAsync() : RenderedChart.OfAsync(values);

    private static List<string> Texts(JsonElement holder, string name) =>
        [.. holder.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];

    private static HashSet<string> Excluded(JsonElement webhook) => [.. webhook.GetProperty("namespaceSelector")
        .GetProperty("matchExpressions")
        .EnumerateArray()
        .Where(static part => part.GetProperty("key").GetString() == "kubernetes.io/metadata.name"
            && part.GetProperty("operator").GetString() == "NotIn")
        .SelectMany(static part => Texts(part, "values"))];

    [GeneratedRegex("(?<= )--[a-z0-9-]+", RegexOptions.None, 1_000)]
    private static partial Regex Option();
}
