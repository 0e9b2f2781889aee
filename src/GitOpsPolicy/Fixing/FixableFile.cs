using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Fixing;

/// <summary>
/// A file that fixes are made in, one after another. An edit counts only when its document, read again, holds exactly what the
/// fix means; and the edits of a file only when all of the file does.
/// </summary>
internal sealed class FixableFile
{
    private const string NotExactly =
        "the file would not say exactly that afterwards, for instance because an alias repeats the value";

    private readonly TextFile source;
    private readonly YamlEditing editing;
    private readonly YamlDialect dialect;
    private readonly List<FixStep> taken = [];

    private FixableFile(TextFile source, string name, string text, YamlEditing editing, YamlDialect dialect)
    {
        (this.source, Name, Text, this.editing, this.dialect) = (source, name, text, editing, dialect);
        Lines = new(text);
    }

    /// <summary>What the file is called in a patch.</summary>
    public string Name { get; }

    /// <summary>What it says, without byte order mark.</summary>
    public string Text { get; }

    /// <summary>Its lines.</summary>
    public LineTable Lines { get; }

    /// <summary>It starts with a byte order mark.</summary>
    public bool HasMark => source.Bytes.Span.StartsWith(Utf8Check.ByteOrderMark);

    /// <summary>The edits that were taken, in order.</summary>
    public TextEdit[] Edits { get; private set; } = [];

    /// <summary>How many fixes were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Opens the file of a document; null when it cannot be edited.</summary>
    public static FixableFile? Open(Document document, string name)
    {
        var read = (TextFile)document.Source;
        var text = Encoding.UTF8.GetString(read.Bytes.Span).TrimStart('\uFEFF');
        if (text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r')) return null;
        if (YamlEditing.Open(read, text, IsJson(read) || text.AsSpan().TrimStart().StartsWith("{")) is not { } editing)
            return null;
        return Enum.GetValues<YamlDialect>().Select(reading => new FixableFile(read, name, text, editing, reading))
            .FirstOrDefault(file => file.Says(document));
    }

    /// <summary>How long the text of a document is, in UTF-16 units.</summary>
    public int LengthOf(Document document) => editing.RangeOf(document.Index) is var (start, end) ? end - start : 0;

    /// <summary>A line is one of a document, or of what stands above it.</summary>
    public bool IsWithin(int line, Document document) =>
        editing.RangeOf(document.Index) is var (start, end)
            && line >= Lines.PositionOf(start).Line
            && line <= Lines.PositionOf(Math.Max(start, end - 1)).Line;

    /// <summary>The edits that a fix alone comes to; or why there are none.</summary>
    public string? Find(ImmutableArray<FixStep> steps, out TextEdit[] edits)
    {
        edits = [];
        var wanted = editing.Again();
        // What is taken out comes first: what is added then stands in its place.
        string?[] refusals = [.. Plain(steps).Select(step => Edit(wanted, step)), .. Additions(wanted, steps)];
        if (Array.Find(refusals, static reason => reason is not null) is { } refusal) return refusal;
        if (TextEdit.InOrder(wanted.Edits) is not { } ordered) return "its parts meddle with one another";
        if (!MeanExactly(steps, ordered)) return NotExactly;
        edits = ordered;
        return null;
    }

    /// <summary>
    /// What a document of the file holds with some edits made, read again; null where that is not one document.
    /// </summary>
    public Node? With(Document document, TextEdit[] edits)
    {
        var (start, end) = editing.RangeOf(document.Index);
        TextEdit[] within = [.. edits
            .Where(edit => edit.Start >= start && edit.End <= end && edit.Start < end + (end == Text.Length ? 1 : 0))
            .Select(edit => edit with { Start = edit.Start - start, End = edit.End - start })];
        return Read(TextEdit.Apply(Text[start..end], within)) is [var read] ? read.Root : null;
    }

    /// <summary>Takes a fix in addition to those taken before; false when they get in each other's way.</summary>
    public bool TryTake(ImmutableArray<FixStep> steps, TextEdit[] edits)
    {
        var touched = steps.Select(static step => step.Target.Document!).ToHashSet();
        ImmutableArray<FixStep> before = [.. taken.Where(step => touched.Contains(
            step.Target.Document!))], together = [.. before.Union(
            steps)];
        if (TextEdit.InOrder(Edits.Concat(edits)) is not { } ordered || !MeanExactly(together, ordered)) return false;
        taken.AddRange(together.Except(before));
        (Edits, Taken) = (ordered, Taken + 1);
        return true;
    }

    /// <summary>The whole file, read with every edit that was taken, is as it was but for what the fixes mean.</summary>
    public bool IsWhole()
    {
        var (before, after) = (Read(Text), Read(TextEdit.Apply(Text, Edits)));
        var meant = new IntendedDocument(taken);
        var touched = taken.Select(static step => step.Target.Document!)
            .DistinctBy(static document => document.Index)
            .ToDictionary(static document => document.Index);
        return before.Length == after.Length && before.Zip(after).All(pair =>
            pair.First.Index == pair.Second.Index
                && (touched.TryGetValue(pair.First.Index, out var target)
                    ? meant.IsMadeOf(target.Root, pair.Second.Root)
                    : NodeEquality.AreEqual(pair.First.Root, pair.Second.Root)));
    }

    private static IEnumerable<FixStep> Plain(ImmutableArray<FixStep> steps) =>
        steps.Where(static step => step is not (FixStep.Add or FixStep.Append));

    private static string? Edit(YamlEditing editing, FixStep step) => step switch
    {
        FixStep.Remove remove => editing.Remove(remove.Target),
        FixStep.Set set => editing.Set(set.Scalar, set.To),
        FixStep.Replace replace => editing.Replace(replace.Scalar, replace.From, replace.To),
        _ => throw new InvalidOperationException($"No edit for {step}."),
    };

    // What one holder gets, it gets at one place.
    private static IEnumerable<string?> Additions(YamlEditing editing, ImmutableArray<FixStep> steps) =>
    [
        .. steps.OfType<FixStep.Add>()
            .GroupBy(static add => add.Mapping)
            .Select(adds => editing.Add(adds.Key, [.. adds.Select(static add => new MappingEntry(add.Key, default, add.Value))])),
        .. steps.OfType<FixStep.Append>()
            .GroupBy(static append => append.List)
            .Select(appends => editing.Append(appends.Key, [.. appends.Select(static append => append.Value)])),
    ];

    // Document by document: a file may hold thousands, and each fix is about one.
    private bool MeanExactly(ImmutableArray<FixStep> steps, TextEdit[] edits) =>
        steps.GroupBy(static step => step.Target.Document!).All(part =>
            With(part.Key, edits) is { } made && new IntendedDocument([.. part]).IsMadeOf(part.Key.Root, made));

    private bool Says(Document document)
    {
        var (start, end) = editing.RangeOf(document.Index);
        return Read(Text[start..end]) is [var read] && NodeEquality.AreEqual(read.Root, document.Root);
    }

    private ImmutableArray<Document> Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (IsJson(source)) return JsonReader.Read(source, bytes, ReaderLimits.Default).TryGet(out var json) ? [json] : [];
        return YamlReader.Read(source, bytes, ReaderLimits.Default, dialect).TryGet(out var stream) ? stream.Documents : [];
    }

    private static bool IsJson(TextFile file) => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
