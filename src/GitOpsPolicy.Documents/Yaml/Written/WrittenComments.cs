namespace GitOpsPolicy.Documents;

/// <summary>Finds the comments and empty lines of a document, and what each belongs to.</summary>
internal sealed class WrittenComments
{
    private readonly string text;
    private readonly WrittenTree tree;
    private readonly WrittenMapping root;
    private readonly List<WrittenItem> items = [];
    private readonly List<WrittenCollection> collections = [];
    private readonly List<WrittenNode> ends = [];
    private readonly List<string> head = [];
    private readonly List<string> all = [];

    private WrittenComments(string text, WrittenTree tree, WrittenMapping root) =>
        (this.text, this.tree, this.root) = (text, tree, root);

    /// <summary>Gives every comment its place.</summary>
    public static WrittenDocument Attach(string text, WrittenTree tree, WrittenMapping root)
    {
        var comments = new WrittenComments(text, tree, root);
        comments.Walk(root);
        comments.ReadLines();
        return new([.. comments.head], root, tree.HasAliases, [.. comments.all, .. tree.OpeningComments]);
    }

    private void Walk(WrittenNode node)
    {
        if (node is WrittenCollection collection)
        {
            collections.Add(collection);
            foreach (var item in collection.Items)
            {
                items.Add(item);
                if (item is WrittenEntry entry) ends.Add(entry.Key);
                Walk(item.Value);
            }
        }

        if (node is not WrittenCollection { IsInBrackets: false }) ends.Add(node);
    }

    private void ReadLines()
    {
        var covered = tree.Covered.OrderBy(static span => span.Start).ToList();
        items.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var (at, span, wasBlank) = (0, 0, false);
        while (at < text.Length)
        {
            var lineEnd = text.IndexOf('\n', at);
            if (lineEnd < 0) lineEnd = text.Length;
            while (span < covered.Count && covered[span].End <= at) span++;
            var inside = span < covered.Count && covered[span].Start < at;
            var line = text[at..lineEnd];
            if (inside && covered[span].End > lineEnd) wasBlank = false;
            else if (!inside && line.AsSpan().Trim().IsEmpty) wasBlank = true;
            else
            {
                ReadLine(at, lineEnd, inside ? covered[span].End : at, wasBlank, covered);
                wasBlank = false;
            }

            at = lineEnd + 1;
        }
    }

    // A line that is not empty; what belongs to it gets the empty line above.
    private void ReadLine(int start, int end, int from, bool wasBlank, List<(int Start, int End)> covered)
    {
        var sign = FindComment(from, end, covered);
        var isAlone = sign >= 0 && text.AsSpan(start, sign - start).Trim().IsEmpty;
        if (sign >= 0) all.Add(text[sign..end].TrimEnd());
        if (isAlone) PlaceAlone(sign, sign - start + 1, text[sign..end].TrimEnd(), wasBlank);
        else if (start == tree.Marker) head.Add(sign < 0 ? "---" : "--- " + text[sign..end].TrimEnd());
        else if (sign >= 0) PlaceBeside(sign, text[sign..end].TrimEnd());
        if (!isAlone && start != tree.Marker && wasBlank) PlaceEmpty(start, end);
    }

    // An empty line belongs to the outermost of what starts on the line below it.
    private void PlaceEmpty(int start, int end)
    {
        var below = items.Where(item => item.Start >= start && item.Start < end).MinBy(static item => item.Column);
        if (below is null) return;
        if (below != root.Items[0]) below.Above.Add("");
        else if (head.Count > 0) head.Add("");
    }

    private int FindComment(int from, int end, List<(int Start, int End)> covered)
    {
        for (var at = from; at < end; at++)
        {
            var inside = covered.Find(span => span.Start <= at && at < span.End);
            if (inside.End > at) at = inside.End - 1;
            else if (text[at] == '#' && (at == 0 || text[at - 1] is ' ' or '\t' or '\n')) return at;
        }

        return -1;
    }

    private void PlaceAlone(int at, int column, string comment, bool wasBlank)
    {
        string[] lines = wasBlank ? ["", comment] : [comment];
        if (at < root.Start) head.AddRange(wasBlank && head.Count > 0 ? lines : [comment]);
        else Target(at, column).AddRange(lines);
    }

    // A comment belongs to what follows, unless it is indented more than that: then it ends the block it is indented like.
    private List<string> Target(int at, int column)
    {
        var next = items.Find(item => item.Start > at);
        var below = items.Where(item => item.Start == next?.Start && item.Column >= column).MinBy(static item => item.Column);
        if (below is not null) return below.Above;
        var last = ends.Where(node => node.End <= at).Select(static node => node.End).DefaultIfEmpty(-1).Max();
        var like = collections.Where(block =>
            !block.IsOneLine && block.Items.Count > 0 && block.End == last && block.Items[0].Column <= column);
        return like.OrderByDescending(static block => block.Items[0].Column)
            .ThenBy(static block => block.Start)
            .FirstOrDefault()?.Below
            ?? next?.Above
            ?? root.Below;
    }

    private void PlaceBeside(int at, string comment)
    {
        var before = ends.Where(node => node.End <= at && node.Start < node.End)
            .OrderBy(static node => node.End)
            .ThenBy(static node => node.Start)
            .LastOrDefault();
        var isOnLine = before is not null && text.AsSpan(before.End, at - before.End).IndexOf('\n') < 0;
        if (isOnLine && before!.Beside is null) before.Beside = comment;
        else (items.Find(item => item.Start > at)?.Above ?? root.Below).Add(comment);
    }
}
