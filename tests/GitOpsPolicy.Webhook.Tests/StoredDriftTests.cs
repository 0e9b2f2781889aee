using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Tests.Clusters;
using GitOpsPolicy.Policies;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests;

/// <summary>
/// What an API server keeps of a manifest is that manifest: whatever it fills in, drops or writes in another way is no drift.
/// </summary>
public sealed class StoredDriftTests
{
    [ClusterFact]
    public async Task Nothing_that_was_just_applied_has_drifted()
    {
        await using var cluster = await ClusterProviders.Available!.StartAsync(new());
        using var client = new KubernetesClient(ClusterFixture.Connect(cluster.KubeConfig));
        var folder = Fixtures();
        await new StoredFixtures(client).StoreAsync(folder);

        var desired = Read(folder);
        var live = new List<Manifest>();
        foreach (var kind in desired.Select(static manifest => manifest.Id)
            .DistinctBy(static id => (id.Group, id.Kind, id.Version)))
            if (await client.Discovery.FindAsync(kind.Group, kind.Kind, kind.Version, default) is { } type)
                await foreach (var item in client.ListAsync(type, Selection.All, default))
                    live.Add(new((KubernetesId)LiveObject.Read(item.Object!).Changes[0].Resource, item.Object!, "live.json"));

        var drift = new LiveDrift(new() { Objects = [.. desired] }, new() { Objects = [.. live] }).ReadChanges();
        var drifted = drift with { Changes = [.. drift.Changes.Where(
            static change =>
                change.Drift!.Kind is not (DriftKind.Missing
                    or DriftKind.Unmanaged
                    or DriftKind.Extraneous
                    or DriftKind.Unknown))] };
        Assert.True(live.Count >= 150, $"only {live.Count} objects live");
        Assert.True(
            drifted.Changes.IsEmpty,
            string.Join(
                '\n', Told(drifted).Concat(drifted.Changes.Select(static change => $"{change.Drift!.Kind}: {change.Resource}"))));
    }

    // The first of several of one name is the one that is stored. Of namespaces and definitions some are stored as stand-ins.
    private static List<Manifest> Read(string folder)
    {
        using var tree = new WorkTree(folder);
        return
        [
            .. tree.Enumerate("").Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal))
                .SelectMany(file => new ManifestInput(tree).Read([file.Path]).Objects).DistinctBy(static manifest => manifest.Id)
                .Where(static manifest => manifest.Id.Kind is not ("Namespace" or "CustomResourceDefinition")),
        ];
    }

    // The findings name the places.
    private static IEnumerable<string> Told(ChangeSet drifted)
    {
        using var tree = new WorkTree(Path.GetTempPath());
        return RuleSetLoader.Load(new() { Tree = tree, Policies = ["builtin"] }).TryGet(out var rules)
            ? new Evaluator(rules).Evaluate(drifted, new()).Findings.Select(static finding => finding.Message)
            : ["the rules do not load"];
    }

    private static string Fixtures([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "Fixtures", "manifests");
}
