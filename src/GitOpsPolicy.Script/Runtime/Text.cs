using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// Text inside a built-in: in clear to compute with, together with what has to go along to whatever comes out of it. Results are
/// made by <see cref="Derive(string)"/>, <see cref="Slice"/> or <see cref="GuardedBuilder"/>, never from <see cref="Clear"/>
/// alone.
/// </summary>
/// <param name="clear">The text, in clear.</param>
/// <param name="guard">The guarded text it is; null when it may be shown.</param>
/// <param name="origin">Its provenance.</param>
internal readonly struct Text(string clear, GuardedText? guard, Node? origin)
{
    public readonly string Clear = clear;
    public readonly GuardedText? Guard = guard;
    public readonly Node? Origin = origin;

    public int Length => Clear.Length;

    /// <summary>Text all of which may not be shown.</summary>
    public static Text OfSecret(string clear, Node? origin) => new(clear, GuardedText.Secret(clear), origin);

    /// <summary>The same text as a value.</summary>
    public Value ToValue() => Guard is null ? Value.Of(Clear, Origin) : Value.Of(Guard, Origin);

    /// <summary>A text computed from this one: wholly sensitive when any of this one is.</summary>
    public Value Derive(string result) => Guard is null ? Value.Of(result, Origin) : Value.Of(GuardedText.Secret(result), Origin);

    /// <summary>A number computed from the content of this text (not its length): sensitive when any of the text is.</summary>
    public Value Derive(double result) => Conversion.Number(result, Guard is not null, Origin);

    /// <summary>A part of this text. Only guarded parts of it stay guarded.</summary>
    public Value Slice(int start, int length) => Guard is null
        ? Value.Of(length == Clear.Length ? Clear : Clear.Substring(start, length), Origin)
        : new Value(Guard.Slice(start, length), double.NaN, Origin);
}

/// <summary>
/// Puts text together from parts, keeping which parts may not be shown, what is unknown, and the provenance of the first part
/// that has one. Charges the run before it grows.
/// </summary>
internal sealed class GuardedBuilder(ScriptRun run)
{
    private readonly StringBuilder text = new();
    private ImmutableArray<Range>.Builder? secrets;
    private List<Node>? unknowns;
    private bool isUnknown;
    private Node? origin;

    public int Length => text.Length;

    /// <summary>Starts with text that may be shown and has been charged for.</summary>
    public GuardedBuilder Continue(string start, Node? from)
    {
        text.Append(start);
        origin = from;
        return this;
    }

    /// <summary>Adds text of the rule's own or the language's.</summary>
    public GuardedBuilder Append(string part)
    {
        run.ChargeText(part.Length);
        text.Append(part);
        return this;
    }

    /// <summary>Adds a part of text, guarded as that part is.</summary>
    public GuardedBuilder Append(in Text part)
    {
        origin ??= part.Origin;
        if (part.Guard is { } guard) NoteSecrets(guard);
        return Append(part.Clear);
    }

    /// <summary>Adds a value as text (ToString). An unknown value makes the whole unknown.</summary>
    public GuardedBuilder Append(in Value value)
    {
        var primitive = Conversion.ToPrimitive(run, value, PrimitiveHint.String);
        if (!primitive.IsUnknown) return Append(Conversion.ToText(run, primitive));
        origin ??= primitive.Origin;
        isUnknown = true;
        GuardedText.CollectUnknowns(primitive, unknowns ??= []);
        var shown = (GuardedText)primitive.Reference!;
        NoteSecrets(shown);
        return Append(shown.Text);
    }

    /// <summary>Says that the text comes from a node too, when no part has said so before.</summary>
    public GuardedBuilder From(Node? node)
    {
        origin ??= node;
        return this;
    }

    /// <summary>The text put together.</summary>
    public Value ToValue()
    {
        var clear = text.ToString();
        return secrets is not { Count: > 0 } && !isUnknown
            ? Value.Of(clear, origin)
            : Value.Of(
                new GuardedText(clear, secrets?.ToImmutable() ?? [], isUnknown, unknowns is null ? [] : [.. unknowns]), origin);
    }

    private void NoteSecrets(GuardedText guard)
    {
        secrets ??= ImmutableArray.CreateBuilder<Range>();
        foreach (var range in guard.Secrets)
        {
            var start = range.Start.Value + text.Length;
            var follows = secrets.Count > 0 && secrets[^1].End.Value == start;   // one secret in two pieces is one secret
            if (follows) start = secrets[^1].Start.Value;
            if (follows) secrets.RemoveAt(secrets.Count - 1);
            secrets.Add(new Range(start, range.End.Value + text.Length));
        }
    }
}
