using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Knowledge.Images;

namespace GitOpsPolicy.Knowledge.Promotion;

/// <summary>A version of something that a resource deploys.</summary>
/// <param name="Kind">What it is: <c>image</c>, <c>chart</c>, <c>revision</c>, <c>artifact</c>, <c>module</c> or
/// <c>provider</c>.</param>
/// <param name="Name">Of what: a repository, a chart.</param>
/// <param name="Version">Which: a tag, a digest, a revision.</param>
/// <param name="Node">The value that says it.</param>
internal sealed record DeployedVersion(string Kind, string Name, string Version, Node Node)
{
    private static readonly VersionTable Table = VersionTable.Shipped;

    /// <summary>
    /// What it is a version of, for looking it up. Content that goes by its digest is the same wherever it is kept.
    /// </summary>
    public string Key =>
        Version.StartsWith("sha256:", StringComparison.Ordinal) ? $"{Kind} {Version}" : $"{Kind} {Name} {Version}";

    /// <summary>The version as people write it.</summary>
    public override string ToString() => (Kind, Version) switch
    {
        ("image", ['s', 'h', 'a', '2', '5', '6', ':', ..]) => $"{Name}@{Version}",
        ("image", _) => $"{Name}:{Version}",
        _ => $"{Name} {Version}",
    };

    /// <summary>Every version of an object or of a file of kustomize or Helm, each once.</summary>
    public static List<DeployedVersion> Find(Node? root, ResourceId? id)
    {
        var found = new List<DeployedVersion>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (id is FileId { Kind: TerraformVersions.Kind })
        {
            foreach (var version in OfTerraform(root, "modules", "module").Concat(OfTerraform(root, "providers", "provider")))
                if (keys.Add(version.Key)) found.Add(version);
            return found;
        }

        foreach (var image in ImageFinder.Find(root, id))
            if (Of(image) is { } version && keys.Add(version.Key)) found.Add(version);
        if (root is MappingNode mapping)
            foreach (var version in Table.Find(mapping))
                if (keys.Add(version.Key)) found.Add(version);
        return found;
    }

    private static IEnumerable<DeployedVersion> OfTerraform(Node? root, string list, string kind) =>
        root.At(list)
            .ItemsOf()
            .ToArray()
            .Select(entry => new DeployedVersion(kind, entry.TextAt("name")!, entry.TextAt("version")!, entry.At("version")!));

    /// <summary>The versions that a change brings: those that the resource had not.</summary>
    public static List<DeployedVersion> Introduced(Change change) => Introduced(change, Find(change.After, change.Resource));

    /// <summary>The same of versions that have been found.</summary>
    public static List<DeployedVersion> Introduced(Change change, List<DeployedVersion> after)
    {
        var before = Find(change.Before, change.Previous ?? change.Resource).Select(version => version.Key)
            .ToHashSet(StringComparer.Ordinal);
        return after.FindAll(version => !before.Contains(version.Key));
    }

    // A digest alone decides what runs. What is named elsewhere or filled in later is no version.
    private static DeployedVersion? Of(FoundImage image) => image switch
    {
        { Reference: { Digest: { } digest } reference } => new("image", reference.Repository, digest, image.Digest ?? image.Node),
        { IsOpen: true } or { Reference: null } => null,
        { Reference: { } reference } => new("image", reference.Repository, reference.PulledTag!, image.Tag ?? image.Node),
        _ => null,
    };
}
