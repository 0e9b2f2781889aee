using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;

namespace GitOpsPolicy.Fixing;

/// <summary>A file that fixes are made in, one after another. An edit counts only when the file, read again, holds exactly what the fix means.</summary>
internal sealed class FixableFile
{
    private readonly TextFile source;
    private readonly ImmutableArray<Document> original;
    private readonly YamlDialect dialect;
    private readonly List<FixStep> taken = [];

    private FixableFile(TextFile source, string name, string text, ImmutableArray<Document> original, YamlDialect dialect) =>
        (this.source, Name, Text, this.original, this.dialect) = (source, name, text, original, dialect);

    /// <summary>What the file is called in a patch.</summary>
    public string Name { get; }

    /// <summary>What it says, without byte order mark.</summary>
    public string Text { get; }

    /// <summary>It starts with a byte order mark.</summary>
    public bool HasMark => source.Bytes.Span.StartsWith(Utf8Check.ByteOrderMark);

    /// <summary>The edits that were taken, in order.</summary>
    public TextEdit[] Edits { get; private set; } = [];

    /// <summary>How many fixes were taken.</summary>
    public int Taken { get; private set; }

    private bool IsJsonFile => source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the file of a document; null when it cannot be edited.</summary>
    public static FixableFile? Open(Document document, string name)
    {
        var read = (TextFile)document.Source;
        var text = Encoding.UTF8.GetString(read.Bytes.Span).TrimStart('\uFEFF');
        if (text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r')) return null;
        foreach (var reading in Enum.GetValues<YamlDialect>())
        {
            var file = new FixableFile(read, name, text, Read(read, text, reading), reading);
            if (file.original.FirstOrDefault(d => d.Index == document.Index) is { } same && NodeEquality.AreEqual(same.Root, document.Root)) return file;
        }

        return null;
    }

    /// <summary>The edits that a fix alone comes to; or why there are none.</summary>
    public string? Find(ImmutableArray<FixStep> steps, out TextEdit[] edits)
    {
        edits = [];
        if (YamlEditing.Open(source, Text, IsJsonFile || Text.AsSpan().TrimStart().StartsWith("{")) is not { } editing) return "the file cannot be edited in place";
        var refusal = Plain(steps).Select(step => Edit(editing, step)).Concat(Additions(editing, steps)).FirstOrDefault(static reason => reason is not null);
        if (refusal is not null) return refusal;
        if (TextEdit.InOrder(editing.Edits) is not { } ordered) return "its parts meddle with one another";
        edits = ordered;
        return MeansExactly(steps, edits) ? null : "the file would not say exactly that afterwards, for instance because an alias repeats the value";
    }

    /// <summary>Takes a fix in addition to those taken before; false when they get in each other's way.</summary>
    public bool TryTake(ImmutableArray<FixStep> steps, TextEdit[] edits)
    {
        List<FixStep> together = [.. taken, .. steps.Where(step => !taken.Contains(step))];
        if (TextEdit.InOrder(Edits.Concat(edits)) is not { } ordered || !MeansExactly(together, ordered)) return false;
        taken.Clear();
        taken.AddRange(together);
        (Edits, Taken) = (ordered, Taken + 1);
        return true;
    }

    private static IEnumerable<FixStep> Plain(ImmutableArray<FixStep> steps) => steps.Where(static step => step is not (FixStep.Add or FixStep.Append));

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
        .. steps.OfType<FixStep.Add>().GroupBy(static add => add.Mapping).Select(adds => editing.Add(adds.Key, [.. adds.Select(static add => new MappingEntry(add.Key, default, add.Value))])),
        .. steps.OfType<FixStep.Append>().GroupBy(static append => append.List).Select(appends => editing.Append(appends.Key, [.. appends.Select(static append => append.Value)])),
    ];

    private bool MeansExactly(IReadOnlyList<FixStep> steps, TextEdit[] edits)
    {
        var meant = new IntendedDocument(steps);
        var read = Read(source, TextEdit.Apply(Text, edits), dialect);
        if (read.Length != original.Length) return false;
        var touched = steps[0].Target.Document!;
        var targets = steps.Select(static step => step.Target.Document!).DistinctBy(static document => document.Index).ToDictionary(static document => document.Index);
        return touched.Source == source && original.Zip(read).All(pair =>
            pair.First.Index == pair.Second.Index && NodeEquality.AreEqual(targets.TryGetValue(pair.First.Index, out var target) ? meant.Of(target.Root) : pair.First.Root, pair.Second.Root));
    }

    private static ImmutableArray<Document> Read(TextFile file, string text, YamlDialect dialect)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return JsonReader.Read(file, bytes, ReaderLimits.Default).TryGet(out var json) ? [json] : [];
        return YamlReader.Read(file, bytes, ReaderLimits.Default, dialect).TryGet(out var stream) ? stream.Documents : [];
    }
}
