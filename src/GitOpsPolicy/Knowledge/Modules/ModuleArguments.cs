using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>What functions of the built-in modules are called with.</summary>
internal static class ModuleArguments
{
    /// <summary>The view of the change that an argument has to be.</summary>
    /// <exception cref="Exception">It is something else; the rule sees a TypeError.</exception>
    public static ChangeView ChangeOf(ScriptRun run, Value argument, string function) =>
        ValueReader.TryGetHost<ChangeView>(argument, out var view) ? view : throw run.WrongArgument($"`{function}` takes a change");

    /// <summary>The object that an argument is: a value of a document, or the object of a change. Null for null, undefined and everything else.</summary>
    public static (Node? Node, ResourceId? Id) ObjectOf(Value argument)
    {
        if (ValueReader.TryGetHost<ChangeView>(argument, out var view)) return (view.Change.After ?? view.Change.Before, view.Change.Resource);
        return ValueReader.TryGetNode(argument, out var node) && node is not ScalarNode ? (node, null) : (null, null);
    }

    /// <summary>The Terraform type of an object, where it came with its change.</summary>
    public static string? TerraformTypeOf(ResourceId? id) => (id as TerraformId)?.Type;

    /// <summary>Charges for walking an object: one step for each 16 values.</summary>
    public static void ChargeFor(ScriptRun run, Node? node) => run.Charge(1 + (Sizes.Of(node) / 16));

    /// <summary>A list of texts.</summary>
    public static Value Texts(IEnumerable<string> texts) => ScriptValues.Array(texts.Select(text => Value.Of(text)));

    /// <summary>A text, or null.</summary>
    public static Value OrNull(string? text, Node? origin = null) => text is null ? Value.Null : Value.Of(text, origin);

    /// <summary>A view of a node, or null.</summary>
    public static Value OrNull(Node? node) => node is null ? Value.Null : Value.Of(node);
}
