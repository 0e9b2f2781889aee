using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// Puts objects in clear that are encrypted in Git, and marks each value that was. What a tool rendered is decrypted object by
/// object, after it was rendered, so that nothing in clear comes near a disk.
/// </summary>
internal sealed class EncryptedObjects
{
    /// <summary>Shorter texts turn up everywhere by chance; hiding them would only garble messages.</summary>
    private const int ShortestText = 4;

    private readonly ImmutableDictionary<KubernetesId, Node>.Builder stored =
        ImmutableDictionary.CreateBuilder<KubernetesId, Node>();
    private readonly ImmutableHashSet<string>.Builder texts = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
    private readonly List<Problem> problems = [];

    private EncryptedObjects()
    {
    }

    /// <summary>Pairs the objects of files with what the same files hold in clear.</summary>
    /// <param name="stored">The objects as they are stored.</param>
    /// <param name="clear">The objects in clear, of the same files in the same order.</param>
    /// <param name="decrypted">The files that were decrypted.</param>
    public static (ManifestSet Set, ImmutableDictionary<KubernetesId, Node> Stored) Pair(
        ManifestSet stored, ManifestSet clear, ImmutableHashSet<string> decrypted)
    {
        var work = new EncryptedObjects();
        var twins = stored.Objects.Where(one => decrypted.Contains(one.File))
            .GroupBy(static one => one.Id)
            .ToDictionary(static group => group.Key, static group => group.First());
        var objects = clear.Objects.Select(one =>
            decrypted.Contains(one.File) ? work.Mark(one, twins.GetValueOrDefault(one.Id)) : one);
        return work.Finish(clear, [.. objects]);
    }

    /// <summary>Decrypts the objects that carry their own metadata.</summary>
    public static (ManifestSet Set, ImmutableDictionary<KubernetesId, Node> Stored) Decrypt(ManifestSet rendered, SopsTool sops)
    {
        var work = new EncryptedObjects();
        var objects = rendered.Objects.Select(one =>
            one.Object.At("sops") is MappingNode metadata ? work.Decrypt(one, metadata, sops) : one);
        return work.Finish(rendered, [.. objects]);
    }

    private (ManifestSet Set, ImmutableDictionary<KubernetesId, Node> Stored) Finish(
        ManifestSet set, ImmutableArray<Manifest> objects) =>
        (
            set with
            {
                Objects = objects,
                Problems = [.. set.Problems, .. problems],
                SensitiveTexts = set.SensitiveTexts.Union(texts),
            },
            stored.ToImmutable());

    private Manifest Decrypt(Manifest encrypted, MappingNode metadata, SopsTool sops)
    {
        var text = Encoding.UTF8.GetBytes(NodeWriter.ToJson(encrypted.Object));
        if (sops.Decrypt(text, metadata, "json", isWhole: false, out var clear) is { } reason)
            return Refuse(encrypted, $"`{encrypted.Id}` {reason}");
        var read = JsonReader.Read(new TextFile(encrypted.File, clear), clear, ReaderLimits.Default);
        return read.TryGet(out var document) && document.Root is MappingNode root
            ? Mark(encrypted with { Object = root }, encrypted)
            : Refuse(encrypted, $"`{encrypted.Id}` is no object once it is decrypted");
    }

    private Manifest Refuse(Manifest one, string why)
    {
        problems.Add(new(one.Location, why));
        return one;
    }

    // The place of the object is that in the file, whatever the lines in clear are; without its twin all of it is held secret.
    private Manifest Mark(Manifest clear, Manifest? twin)
    {
        var mask = twin is null ? ScalarNode.Boolean(true) : MaskOf(twin.Object);
        var marked = MaskOverlay.Apply(clear.Object, null, mask);
        if (twin is not null) stored[clear.Id] = twin.Object;
        Collect(marked);
        var place = (twin ?? clear).Object.Document;
        if (place is not null) _ = new Document(place.Source, place.Index, marked);
        return clear with { Object = marked };
    }

    private static Node MaskOf(Node stored) => stored switch
    {
        MappingNode mapping =>
            new MappingNode([.. mapping.Entries.ToArray().Select(static entry => entry with { Value = MaskOf(entry.Value) })]),
        SequenceNode sequence => new SequenceNode([.. sequence.Items.ToArray().Select(MaskOf)]),
        ScalarNode { Kind: NodeKind.String } text =>
            ScalarNode.Boolean(text.Text.StartsWith("ENC[AES256_GCM,", StringComparison.Ordinal)),
        _ => ScalarNode.Boolean(false),
    };

    private void Collect(Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries) Collect(entry.Value);
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items) Collect(item);
                break;
            case ScalarNode { IsSensitive: true, Text.Length: >= ShortestText } scalar:
                texts.Add(scalar.Text);
                break;
        }
    }
}
