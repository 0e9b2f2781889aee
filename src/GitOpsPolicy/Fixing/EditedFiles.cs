using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Fixing;

/// <summary>The files that one patch is about.</summary>
/// <param name="masked">Tells what must not be shown.</param>
/// <param name="documents">What the files hold, with its marks.</param>
/// <param name="nameOf">What the file of a document is called in the patch; null for one that is not to be edited.</param>
internal sealed class EditedFiles(MaskedExcerpt masked, IEnumerable<Document> documents, Func<Document, string?> nameOf)
{
    /// <summary>Why an edit is not made that a patch cannot show.</summary>
    public const string NearSecret = "a secret stands in the lines around, which a patch would show";

    /// <summary>Lines around an edit that a patch shows.</summary>
    private const int Context = UnifiedDiff.Context;

    private readonly ILookup<SourceFile, Document> secretive = documents.Where(masked.Hides)
        .ToLookup(static document => document.Source);
    private readonly Dictionary<SourceFile, FixableFile?> files = [];

    /// <summary>The file of a document; null when it cannot be edited.</summary>
    public FixableFile? Of(Document document)
    {
        if (files.TryGetValue(document.Source, out var known)) return known;
        return files[document.Source] = nameOf(document) is { } name ? FixableFile.Open(document, name) : null;
    }

    /// <summary>A patch with these edits of the file of a document would show a secret.</summary>
    public bool ShowsSecret(Document document, TextEdit[] edits)
    {
        var (file, hiding) = (Of(document)!, secretive[document.Source]);
        foreach (var edit in edits)
        {
            var (first, last) = (Math.Max(1, file.Lines.PositionOf(edit.Start).Line - Context),
                Math.Min(file.Lines.Count, file.Lines.PositionOf(edit.End).Line + Context));
            for (var line = first; line <= last; line++)
                if (masked.Hides(hiding.Where(one => file.IsWithin(line, one)), line, file.Lines.TextOf(line))) return true;
        }

        return false;
    }

    /// <summary>The files that are other than they were, by name.</summary>
    /// <param name="broken">Those that would hold something else than what was meant, and are left as they are.</param>
    public ImmutableArray<FixedFile> Changed(out ImmutableArray<FixableFile> broken)
    {
        var changed = files.Values.OfType<FixableFile>()
            .Where(static file => file.Taken > 0)
            .OrderBy(static file => file.Name, StringComparer.Ordinal)
            .ToLookup(static file => file.IsWhole());
        broken = [.. changed[false]];
        return [.. changed[true].Select(Changed)];
    }

    private static FixedFile Changed(FixableFile file)
    {
        var mark = file.HasMark ? "\uFEFF" : "";
        return new(file.Name, mark + file.Text, mark + TextEdit.Apply(file.Text, file.Edits), file.Taken);
    }
}
