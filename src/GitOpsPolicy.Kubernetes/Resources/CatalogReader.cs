using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>
/// Asks an API server what it serves: in two requests where it can tell all at once (since 1.27), in one for each group version
/// where it cannot. Source: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api.
/// </summary>
internal static class CatalogReader
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    /// <summary>Reads the catalog.</summary>
    public static async Task<ResourceCatalog> ReadAsync(ApiChannel channel, CancellationToken cancellation)
    {
        var roots = await Task.WhenAll(RootAsync(channel, "/api", cancellation), RootAsync(channel, "/apis", cancellation));
        var parts = await Task.WhenAll(roots.Select(root => DescribeAsync(channel, root, cancellation)));
        return new([.. parts.SelectMany(static part => part.Types)], [.. parts.SelectMany(static part => part.Undescribed)]);
    }

    private static async Task<MappingNode> RootAsync(ApiChannel channel, string path, CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(ApiRequest.Get(path) with { Accept = Aggregated }, cancellation);
        return answer.ReadObject();
    }

    private static Task<CatalogPart> DescribeAsync(
        ApiChannel channel, MappingNode root, CancellationToken cancellation) => root.Text(
        "kind") switch
    {
        "APIGroupDiscoveryList" => Task.FromResult(AggregatedGroups.Read(root)),
        "APIVersions" => EachAsync(channel, [.. root.Texts("versions").Select(static version => ("", version))], cancellation),
        _ => EachAsync(channel, [.. root.Mappings("groups").SelectMany(VersionsOf)], cancellation),
    };

    // The preferred version first, whatever its place in the list.
    private static IEnumerable<(string Group, string Version)> VersionsOf(MappingNode group)
    {
        var name = group.Text("name");
        var preferred = group.Mapping("preferredVersion")?.Text("version");
        return group.Mappings("versions").Select(static version => version.Text("version"))
            .OrderBy(version => version != preferred)
            .Select(version => (name, version));
    }

    private static async Task<CatalogPart> EachAsync(
        ApiChannel channel, ImmutableArray<(string Group, string Version)> versions, CancellationToken cancellation)
    {
        var parts = await Task.WhenAll(versions.Select(version => OneAsync(channel, version, cancellation)));
        return new([.. parts.SelectMany(static part => part.Types)], [.. parts.SelectMany(static part => part.Undescribed)]);
    }

    private static async Task<CatalogPart> OneAsync(
        ApiChannel channel, (string Group, string Version) version, CancellationToken cancellation)
    {
        var (group, name) = version;
        var path = group.Length == 0 ? $"/api/{name}" : $"/apis/{group}/{name}";
        try
        {
            using var answer = await channel.SendAsync(ApiRequest.Get(path), cancellation);
            return new(ClassicGroup.Read(group, name, answer.ReadObject()), []);
        }
        catch (KubernetesException e) when (e.Failure.Code is >= 500 or 404)
        {
            // an aggregated API that is down, or a group that just went
            return new([], [new($"{group}/{name}", e.Failure.Message)]);
        }
    }
}

/// <summary>What one request told.</summary>
internal sealed record CatalogPart(ImmutableArray<ResourceType> Types, ImmutableArray<UndescribedGroup> Undescribed);
