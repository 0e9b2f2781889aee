using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// The files of a tree, those in clear that are encrypted there. The tree below is not disposed of with this one.
/// </summary>
/// <param name="stored">The files as they are.</param>
/// <param name="sops">What decrypts.</param>
internal sealed class DecryptedTree(FileTree stored, SopsTool sops) : FileTree
{
    private readonly ConcurrentDictionary<string, byte> decrypted = new(StringComparer.Ordinal);

    /// <summary>The files that were decrypted so far.</summary>
    public ImmutableHashSet<string> Decrypted => [.. decrypted.Keys];

    /// <inheritdoc/>
    public override PathKind Find(string path) => stored.Find(path);

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix) => stored.Enumerate(prefix);

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        if (!stored.TryRead(path, out bytes, out problem)) return false;
        if (MetadataOf(path, bytes) is not { } metadata) return true;
        var format = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "yaml";
        var reason = sops.Decrypt(bytes, metadata, format, isWhole: true, out var clear);
        problem = reason is null ? null : new(new(path, 0, 0), $"the file {reason}");
        bytes = reason is null ? clear : default;
        if (reason is null) decrypted[path] = 0;
        return reason is null;
    }

    /// <summary>What is under <c>sops</c> in the first document of a file; null for a file that is not encrypted.</summary>
    private static MappingNode? MetadataOf(string path, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf("sops"u8) < 0 || bytes.Span.IndexOf("ENC[AES256_GCM,"u8) < 0) return null;
        var read = YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default);
        return read.TryGet(out var stream)
            ? stream.Documents.Select(static document => document.Root.At("sops")).OfType<MappingNode>().FirstOrDefault()
            : null;
    }
}
