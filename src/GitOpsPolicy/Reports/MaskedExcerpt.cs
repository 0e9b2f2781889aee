using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// The source line under a finding with everything sensitive covered: by place, where the document says a value is sensitive, and
/// by value, where a known sensitive text stands anywhere in the line.
/// </summary>
internal sealed class MaskedExcerpt(ChangeSet changes)
{
    private const string Cover = "(sensitive)";

    private readonly Dictionary<Document, List<Region>> regions = [];

    // Long ones first: a shorter one may be part of it. In a fixed order, so that the same line is always covered the same.
    private readonly ImmutableArray<string> secrets =
        [.. changes.SensitiveTexts.Where(static text => text.Length > 0)
            .OrderByDescending(static text => text.Length)
            .ThenBy(static text => text, StringComparer.Ordinal)];

    /// <summary>A stretch of source that must not be shown: from a value's start to the start of whatever comes next.</summary>
    private readonly record struct Region(SourcePosition Start, SourcePosition End);

    /// <summary>The line a finding points to; false when there is none to show.</summary>
    /// <remarks>A plan is machine-written JSON, often one line of megabytes: its findings are told by address and pointer
    /// instead.</remarks>
    public bool TryGet(Finding finding, out Excerpt excerpt)
    {
        excerpt = default;
        if (finding.Change?.Origin is ChangeOrigin.Plan or ChangeOrigin.Drift || finding.Location.Line < 1) return false;
        if ((finding.Node ?? finding.Change?.After ?? finding.Change?.Before)?.Document is not { } document) return false;
        var place = finding.Location;
        // A rendered text tells places of the files it was made from; the line it can show is its own.
        if (finding.Node is { } node && node.Location == place)
            place = new(document.Source.Path, node.Position.Line, node.Position.Column);
        if (document.Source.Path != place.File || !document.Source.TryGetExcerpt(place.Line, place.Column, out excerpt))
            return false;
        excerpt = ByValue(ByPlace(excerpt, place, RegionsOf(document)));
        return true;
    }

    /// <summary>Something in a document must not be shown.</summary>
    public bool Hides(Document document) => RegionsOf(document).Count > 0;

    /// <summary>Something in a line must not be shown: by place, or by value.</summary>
    /// <param name="documents">The documents of the text.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="text">The line.</param>
    public bool Hides(IEnumerable<Document> documents, int line, string text)
    {
        var whole = new Excerpt(text, 0);
        return !ReferenceEquals(ByValue(whole).Text, text)
            || documents.Any(
                document => !ReferenceEquals(ByPlace(whole, new(document.Source.Path, line, 1), RegionsOf(document)).Text, text));
    }

    // Columns of the line that fall into a region are covered; a line that lies wholly inside one is all cover. The indentation
    // and the dash before what comes next are no part of a value.
    private static Excerpt ByPlace(Excerpt excerpt, SourceLocation location, List<Region> regions)
    {
        var offset = location.Column - 1 - excerpt.Caret;
        foreach (var (start, end) in Enumerable.Reverse(regions))
        {
            if (start.Line > location.Line || end.Line < location.Line) continue;
            var from = Math.Clamp((start.Line < location.Line ? 0 : start.Column - 1) - offset, 0, excerpt.Text.Length);
            var to = Math.Clamp((end.Line > location.Line ? int.MaxValue / 2 : end.Column - 1) - offset, 0, excerpt.Text.Length);
            if (to <= from || (start.Line < location.Line && excerpt.Text.AsSpan(from, to - from).IndexOfAnyExcept(" -\t") < 0))
                continue;
            var tail = excerpt.Text.AsSpan(to);
            var text = string.Concat(excerpt.Text.AsSpan(0, from), Cover, tail);
            excerpt = new(
                text,
                excerpt.Caret <= from ? excerpt.Caret : excerpt.Caret < to ? from : excerpt.Caret + from + Cover.Length - to);
        }

        return excerpt;
    }

    private Excerpt ByValue(Excerpt excerpt)
    {
        foreach (var text in secrets)
        {
            for (var at = excerpt.Text.IndexOf(text, StringComparison.Ordinal); at >= 0; at = excerpt.Text.IndexOf(
                text, at + Cover.Length, StringComparison.Ordinal))
            {
                var caret = excerpt.Caret <= at ? excerpt.Caret : Math.Max(at, excerpt.Caret + Cover.Length - text.Length);
                excerpt = new(string.Concat(excerpt.Text.AsSpan(0, at), Cover, excerpt.Text.AsSpan(at + text.Length)), caret);
                if (at + Cover.Length > excerpt.Text.Length) break;
            }
        }

        return excerpt;
    }

    private List<Region> RegionsOf(Document document)
    {
        if (regions.TryGetValue(document, out var known)) return known;
        var marks = new List<(SourcePosition At, bool Sensitive)>();
        Collect(document.Root, marks);
        var found = new List<Region>();
        for (var i = 0; i < marks.Count; i++)
            if (marks[i].Sensitive)
                found.Add(new(marks[i].At, i + 1 < marks.Count ? marks[i + 1].At : new(int.MaxValue, 1)));
        return regions[document] = found;
    }

    // In the order of the source. Only leaves are covered, so that keys stay readable.
    private static void Collect(Node node, List<(SourcePosition At, bool Sensitive)> marks)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    marks.Add((entry.KeyPosition, false));
                    Collect(entry.Value, marks);
                }

                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items) Collect(item, marks);
                break;
            default:
                marks.Add((node.Position, node.IsSensitive));
                break;
        }
    }
}
