using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Fixing;

/// <summary>The files of a commit as an adoption reads and edits them: each is read once.</summary>
/// <param name="tree">The files.</param>
/// <param name="masked">Tells what must not be shown.</param>
internal sealed class AdoptionFiles(FileTree tree, MaskedExcerpt masked)
{
    private readonly Dictionary<string, ManifestFile> read = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceFile, EditedFiles> edited = [];

    /// <summary>The files.</summary>
    public FileTree Tree => tree;

    /// <summary>What a file holds. What looks like a secret is marked, in values and kustomizations, too.</summary>
    public ManifestFile Read(string path)
    {
        if (read.TryGetValue(path, out var known)) return known;
        var found = read[path] = ManifestFile.Read(tree, new(path), mayBeTemplate: false, ReaderLimits.Default);
        foreach (var other in found.Others)
            if (other.Root is MappingNode root) found.Secrets.MarkDetected(root);
        return found;
    }

    /// <summary>The documents of a file, objects and others.</summary>
    public IReadOnlyList<Document> DocumentsOf(string path)
    {
        var found = Read(path);
        return [.. found.Objects.Select(static one => one.Node.Document!).Concat(found.Others).Distinct()];
    }

    /// <summary>SOPS keeps the file, and signs all of it.</summary>
    public static bool IsEncrypted(TextFile source, IEnumerable<Document> documents) =>
        source.Bytes.Span.IndexOf("ENC[AES256_GCM,"u8) >= 0
            || documents.Any(static document => (document.Root as MappingNode)?["sops"] is MappingNode);

    /// <summary>The file of a document; null when it cannot be edited.</summary>
    public FixableFile? Of(Document document)
    {
        if (document.Source is not TextFile own) return null;
        if (!edited.TryGetValue(own, out var files))
            edited[own] = files = new(masked, DocumentsOf(own.Path), static one => one.Source.Path);
        return files.Of(document);
    }

    /// <summary>A patch with these edits of the file of a document would show a secret.</summary>
    public bool ShowsSecret(Document document, TextEdit[] edits) => edited[document.Source].ShowsSecret(document, edits);

    /// <summary>The files that are other than they were, by name.</summary>
    /// <param name="broken">Those that would hold something else than what was meant, and are left as they are.</param>
    public IEnumerable<FixedFile> Changed(out HashSet<string> broken)
    {
        var files = edited.Values.Select(static files => (Changed: files.Changed(out var lost), lost)).ToList();
        broken = files.SelectMany(static pair => pair.lost)
            .Select(static file => file.Name)
            .ToHashSet(StringComparer.Ordinal);
        return files.SelectMany(static pair => pair.Changed).OrderBy(static file => file.Name, StringComparer.Ordinal);
    }
}
