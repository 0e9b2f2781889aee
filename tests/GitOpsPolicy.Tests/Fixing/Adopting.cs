using GitOpsPolicy.Documents;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>A file in Git, and objects that were changed by hand since.</summary>
internal sealed class Adopting
{
    public const string File = "shop.yaml";

    private Adopting(string before, Adoption found) => (Found, After) = (found, found.Files is [var file] ? file.After : before);

    public Adoption Found { get; }

    /// <summary>What the file says with the patch.</summary>
    public string After { get; }

    /// <summary>Adopts all that differs.</summary>
    /// <param name="git">The file.</param>
    /// <param name="live">What lives of it; what is not among them is gone.</param>
    /// <param name="previous">What was applied, where Git has moved on since.</param>
    public static Adopting Of(string git, string live, string? previous = null)
    {
        var tree = new MemoryTree().With(File, git);
        var (there, before) = (Read(live), previous is null ? [] : Read(previous));
        var desired = new ManifestInput(tree).Read([File]);
        Assert.Empty(desired.Problems);
        var changes = PassInput.ReadChanges(
            [.. desired.Objects.Select(manifest => new PassObject(manifest.Id)
            {
                Desired = manifest,
                Live = there.Find(other => other.Id == manifest.Id)?.Object as MappingNode,
                Previous = before.Find(other => other.Id == manifest.Id),
                IsChangedInGit = previous is not null,
                AppliedUid = "1",
            })],
            desired.SensitiveTexts,
            new([]),
            null);
        var drift = changes.Objects.Where(static one => one.Drift is not null)
            .Select(one => changes.Set.Changes[one.Drift!.Value]);
        return new(
            git,
            AdoptionFinder.Find(
                tree, changes.Set, drift, static manager => manager.StartsWith("kubectl", StringComparison.Ordinal)));
    }

    /// <summary>The objects of a text, each as a server has it, with a uid.</summary>
    public static List<Manifest> Read(string text)
    {
        var read = new ManifestInput(new MemoryTree().With("live.yaml", text)).Read(["live.yaml"]);
        Assert.Empty(read.Problems);
        return [.. read.Objects.Select(static one => one with { Object = WithUid((MappingNode)one.Object) })];
    }

    private static MappingNode WithUid(MappingNode node) => (MappingNode)MaskOverlay.Apply(
        new MappingNode([.. node.Entries.ToArray()
            .Select(static entry =>
                entry with { Value = entry.Key == "metadata" ? Add((MappingNode)entry.Value) : Copy(entry.Value) })]), null,
                null);

    private static MappingNode Add(MappingNode metadata) => new([
        .. metadata.Entries.ToArray().Select(static entry => entry with { Value = Copy(entry.Value) }),
        new("uid", default, ScalarNode.String("1"))
    ]);

    private static Node Copy(Node node) => MaskOverlay.Apply(node, null, null);
}
