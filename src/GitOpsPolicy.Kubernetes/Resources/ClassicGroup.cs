using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>
/// Reads an <c>APIResourceList</c>: one group version, subresources standing as <c>pods/status</c> beside <c>pods</c>.
/// </summary>
internal static class ClassicGroup
{
    /// <summary>The types it describes.</summary>
    public static ImmutableArray<ResourceType> Read(string group, string version, MappingNode list)
    {
        var all = list.Mappings("resources");
        var subresources = all.Select(static resource => resource.Text("name").Split('/', 2))
            .Where(static parts => parts.Length == 2)
            .ToLookup(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
        return
        [
            .. all.Where(static resource => !resource.Text("name").Contains('/')).Select(resource =>
                new ResourceType(group, version, resource.Text("name"), resource.Text("kind"), resource.Flag("namespaced"))
                {
                    Singular = resource.Text("singularName"),
                    ShortNames = resource.Texts("shortNames"),
                    Verbs = resource.Texts("verbs"),
                    Subresources = [.. subresources[resource.Text("name")]],
                }),
        ];
    }
}

/// <summary>Reads an <c>APIGroupDiscoveryList</c>: all groups at once, <c>v2</c> and <c>v2beta1</c> alike.</summary>
internal static class AggregatedGroups
{
    /// <summary>The types it describes, and the versions that it says it knows nothing current of.</summary>
    public static CatalogPart Read(MappingNode list)
    {
        var types = ImmutableArray.CreateBuilder<ResourceType>();
        var undescribed = ImmutableArray.CreateBuilder<UndescribedGroup>();
        foreach (var group in list.Mappings("items"))
        {
            var name = group.Mapping("metadata")?.Text("name") ?? "";
            foreach (var version in group.Mappings("versions"))
            {
                types.AddRange(version.Mappings("resources").Select(resource => Type(name, version.Text("version"), resource)));
                if (version.Text("freshness") == "Stale")
                    undescribed.Add(new($"{name}/{version.Text("version")}", "the server behind it does not answer"));
            }
        }

        return new(types.DrainToImmutable(), undescribed.DrainToImmutable());
    }

    private static ResourceType Type(string group, string version, MappingNode resource)
    {
        var served = resource.Mapping("responseKind");
        return new(group, version, resource.Text("resource"), served?.Text("kind") ?? "", resource.Text("scope") == "Namespaced")
        {
            Singular = resource.Text("singularResource"),
            ShortNames = resource.Texts("shortNames"),
            Verbs = resource.Texts("verbs"),
            Subresources = [.. resource.Mappings("subresources").Select(static part => part.Text("subresource"))],
        };
    }
}
