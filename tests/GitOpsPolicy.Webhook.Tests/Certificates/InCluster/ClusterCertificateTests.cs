using System.Security.Cryptography.X509Certificates;
using System.Text;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Webhook.Certificates.InCluster;
using Xunit;
using PemPair = GitOpsPolicy.Webhook.Certificates.PemPair;

namespace GitOpsPolicy.Webhook.Tests.Certificates.InCluster;

/// <summary>Certificates kept in a real cluster, seen with kubectl.</summary>
[Collection(WebhookClusterTests.Name)]
public sealed class ClusterCertificateTests(ClusterFixture cluster)
{
    private static readonly CertificateTimes Times = new(
        new(TimeSpan.FromDays(365), TimeSpan.FromDays(30)), TimeSpan.FromDays(1));

    [ClusterFact]
    public async Task Replicas_share_one_certificate_and_every_webhook_is_told_whom_to_trust_whatever_others_write()
    {
        var ns = await cluster.NewNamespaceAsync();
        await ConfigureAsync(ns, "one", "two");
        using var stop = new CancellationTokenSource();
        using var first = new KubernetesClient(cluster.Connection);
        using var second = new KubernetesClient(cluster.Connection);
        var options = new ClusterCertificateOptions(ns, "certs", [$"webhook.{ns}.svc"]) { WebhookConfiguration = ns };
        ClusterCertificate[] replicas = [new(first, options), new(second, options)];
        Task[] running = [.. replicas.Select(replica => replica.RunAsync(stop.Token))];

        await UntilAsync(async () => replicas.All(static replica => replica.Current is not null)
            && (await PublishedAsync(ns)).All(static bundle => bundle.Length > 0));
        Assert.Equal(Serial(replicas[0]), Serial(replicas[1]));
        Assert.All(
            await PublishedAsync(ns),
            bundle => Assert.True(IsTrusted(bundle, replicas[0].Current!.TargetCertificate, TimeProvider.System.GetUtcNow())));
        Assert.Equal(
            6,
            (await cluster.KubectlAsync(
                "get", "secret", "certs", "-n", ns, "-o",
                "go-template={{range $k, $v := .data}}{{$k}} {{end}}{{.type}} {{.metadata.name}}")).Split(
                ' ').Length);

        // Somebody takes the authority out, as an upgrade of a chart does.
        await cluster.KubectlAsync(
            "patch", "validatingwebhookconfiguration", ns, "--type=json", "-p",
            """[{"op":"remove","path":"/webhooks/1/clientConfig/caBundle"}]""");
        await UntilAsync(async () => (await PublishedAsync(ns)).All(static bundle => bundle.Length > 0));

        // Somebody deletes the Secret: both replicas soon show the same new certificate, trusted again.
        var before = Serial(replicas[0]);
        await cluster.KubectlAsync("delete", "secret", "certs", "-n", ns);
        await UntilAsync(() => Task.FromResult(Serial(replicas[0]) != before && Serial(replicas[0]) == Serial(replicas[1])));
        await UntilAsync(async () => (await PublishedAsync(
            ns)).All(bundle => IsTrusted(bundle, replicas[1].Current!.TargetCertificate, TimeProvider.System.GetUtcNow())));
        Assert.All(replicas, static replica => Assert.Null(replica.Trouble));

        await stop.CancelAsync();
        await Task.WhenAll(running);
        await cluster.KubectlAsync("delete", "validatingwebhookconfiguration", ns);
    }

    [ClusterFact]
    public async Task Years_pass_and_what_is_published_always_vouches_for_what_is_shown()
    {
        var ns = await cluster.NewNamespaceAsync();
        await ConfigureAsync(ns, "one");
        var clock = new MovableTime();
        var keeper = new CertificateKeeper(
            new CertificateSecret(cluster.Client, ns, "certs"), new CaBundle(cluster.Client, ns), ["webhook.test"], Times, clock);
        var (serials, authorities, before) = (new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal), "");
        for (var day = 0; day < 600; day += 5)
        {
            await keeper.PassAsync(default);
            Assert.Null(keeper.Trouble);
            var published = Assert.Single(await PublishedAsync(ns));
            var shown = keeper.Current!.TargetCertificate;
            Assert.True(IsTrusted(published, shown, clock.Now), $"day {day}");
            Assert.True(
                before.Length == 0 || IsTrusted(before, shown, clock.Now), $"day {day}, by what was published five days before");
            serials.Add(shown.SerialNumber);
            foreach (var one in PemPair.Bundle(published)) authorities.Add(one.SerialNumber);
            before = published;
            clock.Now += TimeSpan.FromDays(5);
        }

        Assert.InRange(serials.Count, 28, 36);
        Assert.Equal(3, authorities.Count);
        await cluster.KubectlAsync("delete", "validatingwebhookconfiguration", ns);
    }

    [ClusterFact]
    public async Task Ten_that_begin_at_once_agree()
    {
        var ns = await cluster.NewNamespaceAsync();
        CertificateKeeper[] keepers = [.. Enumerable.Range(
            0,
            10).Select(_ => new CertificateKeeper(
                new CertificateSecret(cluster.Client, ns, "certs"), null, ["webhook.test"], Times, TimeProvider.System))];
        await Task.WhenAll(keepers.Select(static keeper => keeper.PassAsync(default)));
        Assert.All(keepers, static keeper => Assert.Null(keeper.Trouble));
        Assert.Single(keepers.Select(static keeper => keeper.Current!.TargetCertificate.SerialNumber).Distinct());
    }

    [ClusterFact]
    public async Task A_Secret_of_somebody_else_is_left_alone_and_told_of()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.KubectlAsync("create", "secret", "generic", "certs", "-n", ns, "--from-literal=password=x");
        var keeper = new CertificateKeeper(
            new CertificateSecret(cluster.Client, ns, "certs"), null, ["webhook.test"], Times, TimeProvider.System);
        await keeper.PassAsync(default);
        Assert.Null(keeper.Current);
        Assert.Equal(
            $"the Secret {ns}/certs holds something else, and no label `app.kubernetes.io/managed-by: gitops-policy`; give another name or delete it", keeper.Trouble);
        Assert.Equal("eA==", await cluster.KubectlAsync("get", "secret", "certs", "-n", ns, "-o", "jsonpath={.data.password}"));
    }

    [ClusterFact]
    public async Task A_damaged_Secret_of_ours_is_made_anew_and_an_empty_one_is_filled()
    {
        var ns = await cluster.NewNamespaceAsync();
        await cluster.KubectlAsync("create", "secret", "generic", "certs", "-n", ns);
        var keeper = new CertificateKeeper(
            new CertificateSecret(cluster.Client, ns, "certs"), null, ["webhook.test"], Times, TimeProvider.System);
        await keeper.PassAsync(default);
        var before = keeper.Current!.TargetCertificate.SerialNumber;

        await cluster.KubectlAsync("patch", "secret", "certs", "-n", ns, "--type=merge", "-p", """{"data":{"tls.key":"eA=="}}""");
        await keeper.PassAsync(default);
        Assert.Null(keeper.Trouble);
        Assert.NotEqual(before, keeper.Current!.TargetCertificate.SerialNumber);
    }

    private static string Serial(ClusterCertificate certificate) => certificate.Current?.TargetCertificate.SerialNumber ?? "";

    private async Task ConfigureAsync(string name, params string[] webhooks)
    {
        var list = string.Join(',', webhooks.Select(static webhook => $$$"""
            {"name":"{{{webhook}}}.webhook.test","admissionReviewVersions":["v1"],"sideEffects":"None","failurePolicy":"Ignore",
             "namespaceSelector":{"matchLabels":{"never":"true"}},"clientConfig":{"url":"https://127.0.0.1:1/validate"},
             "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["configmaps"]}]}
            """));
        var (code, _, error) = await cluster.TryKubectlAsync(
            $$"""{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":{"name":"{{name}}"},"webhooks":[{{list}}]}""", "apply", "-f", "-");
        Assert.True(code == 0, error);
    }

    private async Task<string[]> PublishedAsync(string name)
    {
        var text = await cluster.KubectlAsync(
            "get", "validatingwebhookconfiguration", name, "-o", "jsonpath={range .webhooks[*]}[{.clientConfig.caBundle}]{end}");
        return [.. text.TrimEnd(']')
            .TrimStart('[')
            .Split("][")
            .Select(static bundle => Encoding.UTF8.GetString(Convert.FromBase64String(bundle)))];
    }

    private static bool IsTrusted(string bundle, X509Certificate2 shown, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = now.UtcDateTime,
                VerificationTimeIgnored = false,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(PemPair.Bundle(bundle));
        return chain.Build(shown);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await holds()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Assert.Fail("it never came to be");
    }
}

/// <summary>Tests of this project that share one cluster.</summary>
[CollectionDefinition(Name)]
public sealed class WebhookClusterTests : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster of the webhook";
}
