using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Webhook.Audit;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests;

/// <content>The third road. What is compared is the object as the API server keeps it: with defaults filled in and unknown fields
/// dropped it is not the file.</content>
public sealed partial class ParityTests
{
    [ClusterFact]
    public async Task Check_serve_and_audit_find_the_same_in_what_lives_in_a_cluster()
    {
        await using var cluster = await ClusterProviders.Available!.StartAsync(new());
        using var client = new KubernetesClient(ClusterFixture.Connect(cluster.KubeConfig), new() { PageSize = 20 });
        var stored = new StoredFixtures(client);
        await stored.StoreAsync(Fixtures());
        Assert.True(stored.Count >= 200, $"only {stored.Count} are stored: {string.Join('\n', stored.Refused)}");

        await using var server = await TestServer.StartAsync(Rules);
        Assert.True(server.Rules.TryGet(out var active));
        using var audit = new ClusterAudit(client, active.Rules, AuditScope.All, new());
        await audit.RunAsync(default);
        var live = audit.Decide();
        Assert.Empty(live.ChangeSet.Problems);
        Assert.Equal(active.Rules.Digest, live.RuleSetDigest);

        var byResource = live.Findings.Where(static finding => finding.Resource is not null)
            .ToLookup(static finding => finding.Resource!.Canonical, StringComparer.Ordinal);
        var (objects, findings) = (0, 0);
        using var https = server.Client();
        foreach (var type in AuditedTypes.Of(await client.Discovery.GetAsync(default), AuditScope.All, active.Evaluator, new()))
        {
            await foreach (var item in client.ListAsync(type, Selection.All, default))
            {
                var json = NodeWriter.ToJson(item.Object!);
                var change = LiveObject.Read(item.Object!).Changes[0];
                var check = active.Evaluator.Evaluate(Manifest(json), new());
                var review = ReviewOf(change);
                var serve = active.Evaluator.Evaluate(Read(review).ToChanges(), new() { Workers = 1 });
                var heard = byResource[change.Resource.Canonical].ToList();
                Assert.Equal(Told(serve.Findings), Told(heard));
                Assert.Equal(Told(check.Findings), Told(heard));
                Assert.Equal((active.Rules.Digest, active.Rules.Digest), (check.RuleSetDigest, serve.RuleSetDigest));
                await AnswersAsAsync(https, review, serve);
                objects++;
                findings += heard.Count;
            }
        }

        Assert.Equal(objects, audit.Sum.Count);
        Assert.True(objects >= 200 && findings >= 1_000, $"only {objects} objects with {findings} findings");
    }

    private static ChangeSet Manifest(string json)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var tree = new WorkTree(Fixtures());
        return new ManifestInput(tree, input).ReadChanges([ManifestInput.StandardInput]);
    }
}
