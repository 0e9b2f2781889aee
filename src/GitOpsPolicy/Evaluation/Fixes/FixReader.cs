using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation.Fixes;

/// <summary>
/// Reads the fix of a rule: <c>{ remove: […], set: [[value, to], …], replace: [[text, from, to], …], add: [[holder, what], …]
/// }</c>. A fix of the wrong shape is the rule's failure; one that means something that is not there as it stands is refused.
/// </summary>
internal sealed class FixReader
{
    /// <summary>What a fix may be made of.</summary>
    public static readonly ImmutableArray<string> Words = ["remove", "set", "replace", "add"];

    private readonly ScriptRun run;
    private readonly List<FixStep> steps = [];
    private string? refusal;

    private FixReader(ScriptRun run) => this.run = run;

    /// <summary>The request; null for a rule that offers no fix this time.</summary>
    /// <exception cref="ScriptException">It is no fix.</exception>
    public static FixRequest? Read(ScriptRun run, FixTerm term)
    {
        if (term is FixTerm.Leaf { Value.IsNullish: true }) return null;
        var reader = new FixReader(run);
        if (term is not FixTerm.Map { Entries: var parts }) throw reader.Failure($"a fix is made of {string.Join(", ", Words)}");
        foreach (var (word, part) in parts) reader.Take(word, part);
        return reader.refusal is { } reason ? FixRequest.Refused(reason)
            : reader.steps.Count == 0 ? null
            : new([.. reader.steps]);
    }

    private void Take(string word, FixTerm part)
    {
        if (!Words.Contains(word)) throw Failure($"a fix is made of {string.Join(", ", Words)}, not of `{word}`");
        if (word == "remove")
        {
            foreach (var item in part is FixTerm.List list ? list.Items : [part])
                if (Target(item) is { } node) steps.Add(new FixStep.Remove(node));
            return;
        }

        var size = word == "replace" ? 3 : 2;
        var rows = (part as FixTerm.List)?.Items ?? [];
        if (part is not FixTerm.List || rows.Any(row => row is not FixTerm.List { Items: var cells } || cells.Length != size))
            throw Failure(
                $"`{word}` is a list of {(size == 3 ? "[text, from, to]" : word == "set" ? "[value, to]" : "[holder, what]")}");
        foreach (var row in rows) TakeRow(word, ((FixTerm.List)row).Items);
    }

    private void TakeRow(string word, ImmutableArray<FixTerm> row)
    {
        if (Target(row[0], stays: word == "add") is not { } target) return;
        if (word == "set") TakeSet(target, row[1]);
        else if (word == "replace") TakeReplace(target, Text(row[1]), Text(row[2]));
        else if (Made(row[1]) is { } what) TakeAdd(target, what);
    }

    private void TakeSet(Node target, FixTerm to)
    {
        if (Made(to) is not { } made) return;
        if (made is not ScalarNode value) throw Failure("`set` gives a value another text, number or word");
        if (target is ScalarNode scalar) steps.Add(new FixStep.Set(scalar, value));
        else Refuse("the value is no text, number or word");
    }

    private void TakeReplace(Node target, string? from, string? to)
    {
        if (from is null || to is null) return;
        if (from.Length == 0) throw Failure("`replace` puts one text for another, and the first is empty");
        if (target is not ScalarNode { Kind: NodeKind.String } scalar || !scalar.Text.Contains(from, StringComparison.Ordinal))
            Refuse($"`{from}` is not in the text");
        else steps.Add(new FixStep.Replace(scalar, from, to));
    }

    private void TakeAdd(Node target, Node what)
    {
        if (target is SequenceNode list) steps.Add(new FixStep.Append(list, what));
        else if (target is not MappingNode mapping) Refuse("there is neither a mapping nor a list to add to");
        else if (what is MappingNode entries) AddEntries(mapping, entries);
        else throw Failure("`add` gives a mapping more keys: `[change.after.metadata, { annotations: { … } }]`");
    }

    // What is there already is left as it is; what is there with another value is not for a fix to decide.
    private void AddEntries(MappingNode mapping, MappingNode what)
    {
        foreach (var entry in what.Entries.ToArray())
        {
            if (mapping[entry.Key] is not { } there) steps.Add(new FixStep.Add(mapping, entry.Key, entry.Value));
            else if ((there, entry.Value) is (MappingNode inner, MappingNode more)) AddEntries(inner, more);
            else if (!NodeEquality.AreEqual(there, entry.Value)) Refuse($"`{entry.Key}` has another value");
        }
    }

    // The very value that stands in the input: not one made of it, nor a part of it. What a holder holds stays, and is not shown.
    private Node? Target(FixTerm term, bool stays = false)
    {
        var node = term is FixTerm.Leaf leaf && leaf.Value.Origin is { Document: not null } origin ? origin : null;
        if (node is null) Refuse("a value of the fix does not come from the input");
        else if (node.IsUnknown) Refuse("the value is not known yet");
        else if (stays ? node.IsSensitive : node.HoldsSensitive) Refuse("the value is sensitive");
        else if (!IsWhole(((FixTerm.Leaf)term).Value, node))
            Refuse("a value of the fix is only a part of what stands in the input, or was made of it");
        else return node;
        return null;
    }

    private static bool IsWhole(Value value, Node node) => node switch
    {
        MappingNode or SequenceNode => ValueReader.TryGetView(value, out _),
        ScalarNode { Kind: NodeKind.String } text => value.TryGetText(out var shown) && shown == text.Text,
        ScalarNode { Kind: NodeKind.Number } number =>
            ValueReader.TryGetNumber(value, out var given) && given.Equals(number.Number),
        ScalarNode { Kind: NodeKind.Boolean } boolean => value.IsBoolean && value.IsTrue == boolean.IsTrue,
        _ => value.IsNull,
    };

    private string? Text(FixTerm term)
    {
        if (Made(term) is not { } made) return null;
        return made is ScalarNode { Kind: NodeKind.String } text && !text.Text.AsSpan().ContainsAny('\n', '\r')
            ? text.Text
            : throw Failure("`replace` puts one text of one line for another");
    }

    // A value of the rule's own, or a copy of one of the input's.
    private Node? Made(FixTerm term)
    {
        var made = Make(term);
        if (made is null || !made.HoldsSensitive) return made;
        Refuse("the value is sensitive");
        return null;
    }

    private Node? Make(FixTerm term)
    {
        switch (term)
        {
            case FixTerm.Leaf { Value.IsUnknown: true }:
                Refuse("the value is not known yet");
                return null;
            case FixTerm.Leaf { Value: var value }:
                var node = ValueNodes.ToNode(run, value);
                return node.Document is null && node.Parent is null ? node : ValueNodes.Copy(node);
            case FixTerm.List { Items: var items }:
                var made = items.Select(Make).ToArray();
                return made.Contains(null) ? null : new SequenceNode(made!);
            default:
                var entries = ((FixTerm.Map)term).Entries.Select(entry => (entry.Key, Value: Make(entry.Value))).ToArray();
                return entries.Any(static entry => entry.Value is null)
                    ? null
                    : new MappingNode([.. entries.Select(static entry => new MappingEntry(entry.Key, default, entry.Value!))]);
        }
    }

    private void Refuse(string reason) => refusal ??= reason;

    private ScriptException Failure(string message) => new(ScriptFailure.Thrown, message, run.Location);
}
