using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>What functions of the built-in modules are called with.</summary>
internal static class ModuleArguments
{
    private const int CharactersAPart = 16;

    // An object of a few members, as `memory` of a script's own would be charged.
    private const int AnswerSteps = 8;
    private const int AnswerBytes = 400;

    /// <summary>The view of the change that an argument has to be.</summary>
    /// <exception cref="Exception">It is something else; the rule sees a TypeError.</exception>
    public static ChangeView ChangeOf(ScriptRun run, Value argument, string function) =>
        ValueReader.TryGetHost<ChangeView>(argument, out var view)
            ? view
            : throw run.WrongArgument($"`{function}` takes a change");

    /// <summary>
    /// The object that an argument is: a value of a document, or the object of a change. Null for null, undefined and everything
    /// else.
    /// </summary>
    public static (Node? Node, ResourceId? Id) ObjectOf(Value argument)
    {
        if (ValueReader.TryGetHost<ChangeView>(argument, out var view))
            return (view.Change.After ?? view.Change.Before, view.Change.Resource);
        return ValueReader.TryGetNode(argument, out var node) && node is not ScalarNode ? (node, null) : (null, null);
    }

    /// <summary>Charges for walking an object and reading its texts, before that is done.</summary>
    /// <param name="run">The run that pays.</param>
    /// <param name="node">The object.</param>
    /// <param name="effort">What is done with each value and text.</param>
    public static void ChargeFor(ScriptRun run, Node? node, Effort effort)
    {
        var (values, parts) = (0L, 0L);
        Count(node, ref values, ref parts);
        run.Charge(1 + (effort.StepsAValue * values) + (effort.StepsAPart * parts));
    }

    /// <summary>Charges for reading a text: two steps for each 16 characters.</summary>
    public static void ChargeFor(ScriptRun run, string? text) => run.Charge(1 + (2L * (text?.Length ?? 0) / CharactersAPart));

    /// <summary>Charges for the objects that an answer is made of, before they are made.</summary>
    public static void ChargeForAnswer(ScriptRun run, int count)
    {
        run.Charge(AnswerSteps * (long)count);
        run.Allocate(AnswerBytes * (long)count);
    }

    private static void Count(Node? node, ref long values, ref long parts)
    {
        if (node is not null) values++;
        if (node is ScalarNode scalar) parts += scalar.Text.Length / CharactersAPart;
        foreach (var item in node.ItemsOf()) Count(item, ref values, ref parts);
        foreach (ref readonly var entry in node.EntriesOf())
        {
            parts += entry.Key.Length / CharactersAPart;
            Count(entry.Value, ref values, ref parts);
        }
    }

    /// <summary>A list of texts.</summary>
    public static Value Texts(IEnumerable<string> texts) => ScriptValues.Array(texts.Select(text => Value.Of(text)));

    /// <summary>A text, or null.</summary>
    public static Value OrNull(string? text, Node? origin = null) => text is null ? Value.Null : Value.Of(text, origin);

    /// <summary>A view of a node, or null.</summary>
    public static Value OrNull(Node? node) => node is null ? Value.Null : Value.Of(node);
}

/// <summary>What a function does with an object, in steps of the budget.</summary>
/// <param name="StepsAValue">Steps for each value.</param>
/// <param name="StepsAPart">Steps for each 16 characters of text.</param>
internal readonly record struct Effort(int StepsAValue, int StepsAPart)
{
    /// <summary>Looking at what there is.</summary>
    public static Effort Looking { get; } = new(1, 1);

    /// <summary>Reading texts that are documents themselves.</summary>
    public static Effort Parsing { get; } = new(1, 24);

    /// <summary>Finding what names images and versions, some of it within texts, and taking it apart.</summary>
    public static Effort Naming { get; } = new(4, 24);

    /// <summary>Holding each value against another one, and each place against those that do not count.</summary>
    public static Effort Comparing { get; } = new(6, 1);

    /// <summary>
    /// Looking for tokens, also as base64, and for names that give a secret away, and at what it may be instead.
    /// </summary>
    public static Effort Detecting { get; } = new(16, 10);
}
