using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>What is read without complaint and still cannot be meant, or cannot be applied twice alike.</summary>
internal static class Guards
{
    private const string Encrypted = "ENC[AES256_GCM,";

    /// <summary>What is implausible about what a folder renders to.</summary>
    public static IEnumerable<Problem> Of(ManifestSet set, string path)
    {
        if (set.Objects.IsEmpty)
            yield return new(
                new(path, 0, 0), "it holds no object at all, which would take away everything that is there",
                "correct the path; an object that is left in Git has the others asked about");
        foreach (var one in set.Objects)
        {
            if (one.Id.Name.EndsWith('*'))
                yield return new(
                    one.Location, $"`{one.Id}` has only a `generateName`, so that every pass would make one more",
                    "give it a `metadata.name`");
            if (FindEncrypted(one.Object) is { } value)
                yield return new(
                    value.Location, $"`{one.Id}` holds a value that is encrypted and has nothing to decrypt it with",
                    "keep it in a manifest of its own with its `sops` metadata");
        }
    }

    /// <summary>Objects that are declared twice: which of the two is meant, nobody can tell.</summary>
    public static IEnumerable<Problem> OfDuplicates(ImmutableArray<Manifest> objects)
    {
        var seen = new Dictionary<KubernetesId, Manifest>();
        foreach (var one in objects)
            if (!seen.TryAdd(one.Id, one))
                yield return new(
                    one.Location, $"`{one.Id}` is declared in {seen[one.Id].Location} already", "take one of them out");
    }

    /// <summary>
    /// The first value that is encrypted; a generator of kustomize also puts a whole encrypted file into a Secret, in base64.
    /// </summary>
    public static ScalarNode? FindEncrypted(Node node) => node switch
    {
        MappingNode mapping =>
            mapping.Entries.ToArray()
                .Select(static entry => FindEncrypted(entry.Value))
                .FirstOrDefault(static found => found is not null),
        SequenceNode sequence => sequence.Items.ToArray().Select(FindEncrypted).FirstOrDefault(static found => found is not null),
        ScalarNode { Kind: NodeKind.String } text when text.Text.Contains(Encrypted, StringComparison.Ordinal)
            || HoldsEncrypted(text.Text) =>
            text,
        _ => null,
    };

    private static bool HoldsEncrypted(string base64)
    {
        if (base64.Length < 40 || base64.Length % 4 != 0) return false;
        var bytes = new byte[base64.Length / 4 * 3];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            && bytes.AsSpan(0, length).IndexOf("ENC[AES256_GCM,"u8) >= 0;
    }
}
