using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// What a kustomization says about objects by itself (kustomize, "images", "replicas" and literals of "configMapGenerator").
/// </summary>
internal static class KustomizationFields
{
    /// <summary>Edits of its entries that may be what a difference is about.</summary>
    public static IEnumerable<SourceEdit> Edits(MappingNode kustomization, Difference difference)
    {
        if (difference is not { Before: ScalarNode before, After: ScalarNode after }) return [];
        return difference.Steps switch
        {
            ["spec", "replicas"] => Replicas(kustomization, before, after),
            ["data", var key] => Literals(kustomization, $"{key}={before.Text}", $"{key}={after.Text}"),
            [.., "image"] => Images(kustomization, Image.Read(before.Text), Image.Read(after.Text)),
            _ => [],
        };
    }

    private static IEnumerable<SourceEdit> Replicas(MappingNode kustomization, ScalarNode before, ScalarNode after) =>
        from entry in Entries(kustomization, "replicas")
        let count = entry["count"] as ScalarNode
        where count is not null && NodeEquality.AreEqual(count, before)
        select SourceEdit.Of(new FixStep.Set(count, (ScalarNode)ValueNodes.Copy(after)));

    private static IEnumerable<SourceEdit> Literals(MappingNode kustomization, string before, string after) =>
        from entry in Entries(kustomization, "configMapGenerator")
        from literal in (entry["literals"] as SequenceNode)?.Items.ToArray() ?? []
        where literal is ScalarNode { Kind: NodeKind.String } text && text.Text == before
        select SourceEdit.Of(new FixStep.Set((ScalarNode)literal, ScalarNode.String(after)));

    private static IEnumerable<SourceEdit> Images(MappingNode kustomization, Image before, Image after) =>
        from entry in Entries(kustomization, "images")
        where (entry.Text("newName") ?? entry.Text("name")) == before.Name
        let steps = Steps(entry, before, after)
        where !steps.IsEmpty
        select SourceEdit.Of(steps);

    private static ImmutableArray<FixStep> Steps(MappingNode entry, Image before, Image after) =>
    [
        .. Say(entry, "newName", before.Name, after.Name),
        .. Say(entry, "newTag", before.Tag, after.Tag),
        .. Say(entry, "digest", before.Digest, after.Digest),
    ];

    private static IEnumerable<FixStep> Say(MappingNode entry, string key, string? before, string? after)
    {
        if (before == after) yield break;
        if (entry[key] is ScalarNode said)
            yield return after is null ? new FixStep.Remove(said) : new FixStep.Set(said, ScalarNode.String(after));
        else if (after is not null) yield return new FixStep.Add(entry, key, ScalarNode.String(after));
    }

    private static IEnumerable<MappingNode> Entries(MappingNode kustomization, string list) =>
        (kustomization[list] as SequenceNode)?.Items.ToArray().OfType<MappingNode>() ?? [];

    /// <summary>A reference in the parts that kustomize takes it apart into.</summary>
    private sealed record Image(string Name, string? Tag, string? Digest)
    {
        public static Image Read(string text)
        {
            var (rest, digest) = text.IndexOf('@') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
            var colon = rest.IndexOf(':', rest.LastIndexOf('/') + 1);
            return colon < 0 ? new(rest, null, digest) : new(rest[..colon], rest[(colon + 1)..], digest);
        }
    }
}
