using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// Text parts of which must not leave the evaluator in clear, or are not known. It keeps which parts,
/// so that a message shows what may be shown and a placeholder for the rest.
/// </summary>
public sealed class GuardedText
{
    /// <summary>What stands for a value that is not known until the change is applied, as Terraform prints it.</summary>
    public const string UnknownPlaceholder = "(known after apply)";

    /// <summary>
    /// An unknown names at most so many of the nodes it hangs on: one would do, and no input can make the list long.
    /// </summary>
    private const int MostSources = 64;

    internal GuardedText(string text, ImmutableArray<Range> secrets, bool isUnknown, ImmutableArray<Node> sources = default) =>
        (Text, Secrets, IsUnknown, Sources) = (text, secrets, isUnknown, sources.IsDefault ? [] : sources);

    /// <summary>A wholly unknown value.</summary>
    public static GuardedText Unknown { get; } = new(UnknownPlaceholder, [], isUnknown: true);

    /// <summary>A wholly sensitive value.</summary>
    public static GuardedText Secret(string text) =>
        new(text, text.Length == 0 ? [] : [new Range(0, text.Length)], isUnknown: false);

    /// <summary>Part of the text is not known, so neither comparing it nor branching on it has an answer.</summary>
    public bool IsUnknown { get; }

    /// <summary>The text in clear. For comparing and measuring only.</summary>
    internal string Text { get; }

    /// <summary>
    /// The parts of <see cref="Text"/> that may not be shown, ascending, not overlapping, counted from the start.
    /// </summary>
    internal ImmutableArray<Range> Secrets { get; }

    /// <summary>The unknown nodes that an unknown value was computed from, where they are not its origin alone.</summary>
    internal ImmutableArray<Node> Sources { get; }

    /// <summary>Never the text in clear.</summary>
    public override string ToString() => IsUnknown ? UnknownPlaceholder : "(sensitive)";

    /// <summary>The unknown that any operation on unknown operands gives. Known operands are skipped.</summary>
    internal static Value UnknownFrom(params ReadOnlySpan<Value> operands)
    {
        var sources = new List<Node>();
        Node? origin = null;
        foreach (ref readonly var operand in operands)
        {
            CollectUnknowns(operand, sources);
            origin ??= operand.Origin;
        }

        return Value.Of(new GuardedText(UnknownPlaceholder, [], isUnknown: true, [.. sources]), origin);
    }

    /// <summary>An unknown that hangs on these nodes.</summary>
    internal static Value UnknownOf(IReadOnlyList<Node> sources) =>
        Value.Of(new GuardedText(UnknownPlaceholder, [], isUnknown: true, [.. sources]), sources.Count > 0 ? sources[0] : null);

    /// <summary>Adds the nodes that would have to be known for a value to be known.</summary>
    internal static void CollectUnknowns(in Value value, List<Node> nodes)
    {
        if (value.Reference is not GuardedText { IsUnknown: true } text || nodes.Count >= MostSources) return;
        foreach (var source in text.Sources)
            if (!nodes.Contains(source)) nodes.Add(source);
        if (text.Sources.IsEmpty && value.Origin is { } origin && !nodes.Contains(origin)) nodes.Add(origin);
    }

    /// <summary>A part of the text, with the guard of that part; a <see cref="string"/> when nothing in it is guarded.</summary>
    internal object Slice(int start, int length)
    {
        var part = Text.Substring(start, length);
        if (IsUnknown) return this;
        var kept = ImmutableArray.CreateBuilder<Range>();
        foreach (var range in Secrets)
        {
            var from = Math.Max(range.Start.Value, start);
            var to = Math.Min(range.End.Value, start + length);
            if (from < to) kept.Add(new Range(from - start, to - start));
        }

        return kept.Count == 0 ? part : new GuardedText(part, kept.ToImmutable(), isUnknown: false);
    }
}
