using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Tests;

/// <summary>Puts the manifests of well-known projects into a real cluster, as far as it takes them.</summary>
/// <param name="client">The cluster, which has no controllers.</param>
internal sealed class StoredFixtures(KubernetesClient client)
{
    private static readonly ResourceType Definitions = new(
        "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", IsNamespaced: false);
    private static readonly ResourceType Namespaces = new("", "v1", "namespaces", "Namespace", IsNamespaced: false);

    /// <summary>Objects that were not taken, with the reason.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Objects that are stored now.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Stores all of a folder: definitions first, then namespaces, then what lives in them, and what gets in the way of requests
    /// last.
    /// </summary>
    public async Task StoreAsync(string folder)
    {
        using var tree = new WorkTree(folder);
        var paths = tree.Enumerate("")
            .Where(static file => file.Path.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(static file => file.Path);
        var all = paths.SelectMany(path => new ManifestInput(tree, null).ReadChanges([path]).Changes)
            .Where(static change => change.Resource is KubernetesId)
            .DistinctBy(static change => change.Resource).OrderBy(static change => Rank((KubernetesId)change.Resource)).ToList();
        await DefineAsync(all);
        foreach (var place in all.Select(static change => ((KubernetesId)change.Resource).Namespace)
            .Where(static name => name.Length > 0)
            .Distinct(StringComparer.Ordinal))
            await TryAsync(
                place,
                () => client.CreateAsync(
                    Namespaces, null,
                    NewObject.Of(("apiVersion", "v1"), ("kind", "Namespace"), ("metadata", NewObject.Of(("name", place)))), null,
                    default));
        foreach (var change in all.Where(static change => Rank((KubernetesId)change.Resource) > 0))
            await StoreAsync((KubernetesId)change.Resource, (MappingNode)change.After!);
    }

    // An aggregated API that nobody serves would leave the server unable to say what it has.
    private static int Rank(KubernetesId id) => id.Kind switch
    {
        "CustomResourceDefinition" => 0,
        "Namespace" => 1,
        "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration" => 3,
        _ => 2,
    };

    // Kinds that the manifests use and do not define are taken as they are.
    private async Task DefineAsync(List<Change> all)
    {
        foreach (var definition in all.Where(static change => ((KubernetesId)change.Resource).Kind == "CustomResourceDefinition"))
            await StoreAsync((KubernetesId)definition.Resource, (MappingNode)definition.After!);
        await SettledAsync();
        var served = await client.Discovery.RefreshAsync(default);
        foreach (var id in all.Select(static change => (KubernetesId)change.Resource)
            .DistinctBy(static id => (id.Group, id.Kind))
            .Where(id => id.Group.Contains('.')
                && served.Find(id.Group, id.Kind, id.Version) is null
                && !id.Group.EndsWith(".k8s.io", StringComparison.Ordinal)))
            await TryAsync(id.ToString(), () => client.CreateAsync(Definitions, null, Definition(id, all), null, default));
        await SettledAsync();
    }

    private static MappingNode Definition(KubernetesId id, List<Change> all)
    {
        var plural = id.Kind.ToLowerInvariant() + "s";
        var isNamespaced = all.Any(change =>
            change.Resource is KubernetesId { Namespace.Length: > 0 } other && other.Kind == id.Kind && other.Group == id.Group);
        return Parse($$$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{plural}}}.{{{id.Group}}}"},
            "spec":{"group":"{{{id.Group}}}","scope":"{{{(isNamespaced ? "Namespaced" : "Cluster")}}}","names":{"plural":"{{{plural}}}","singular":"{{{id.Kind.ToLowerInvariant()}}}","kind":"{{{id.Kind}}}","listKind":"{{{id.Kind}}}List"},
            "versions":[{"name":"{{{id.Version}}}","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]}}
            """);
    }

    private async Task StoreAsync(KubernetesId id, MappingNode manifest)
    {
        if (id.Kind == "APIService" || id.Name.EndsWith('*')) return;
        if (await client.Discovery.FindAsync(id.Group, id.Kind, id.Version, default) is not { } type)
        {
            Refused.Add($"{id}: the server has no {id.ApiVersion}");
            return;
        }

        var place = !type.IsNamespaced ? null : id.Namespace.Length > 0 ? id.Namespace : "default";
        if (await TryAsync(
            id.ToString(), () => client.CreateAsync(type, place, Parse(NodeWriter.ToJson(manifest)), null, default)))
            Count++;
    }

    // What is there already, such as the namespace that an earlier manifest needed, is stored too.
    private async Task<bool> TryAsync(string what, Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (KubernetesException e) when (e.Failure.Stage == FailureStage.Refused)
        {
            if (e.Failure.IsAlreadyExists) return true;
            Refused.Add($"{what}: {e.Failure.Message}");
            return false;
        }
    }

    // A definition is served a moment after it was made.
    private async Task SettledAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await client.Discovery.RefreshAsync(default);
    }

    private static MappingNode Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return JsonReader.Read(new TextFile("fixture", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? (MappingNode)document.Root
            : throw new ArgumentException(json);
    }
}
