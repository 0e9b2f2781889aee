using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/terraform</c>: small helps for attributes.</summary>
internal static class TerraformModule
{
    // Reasons of a deletion that nobody asked for by name: the instance fell out of its count, its keys, or a move went nowhere.
    private static readonly Dictionary<string, string> Accidents = new(StringComparer.Ordinal)
    {
        ["delete_because_count_index"] =
            "its index is outside `count` now, as happens when the list it is counted from is reordered or shortened",
        ["delete_because_each_key"] = "its key is not in `for_each` any more, as happens when a key is renamed",
        ["delete_because_no_move_target"] = "a `moved` block sends it to an address that is not in the configuration",
        ["delete_because_wrong_repetition"] = "`count` or `for_each` was added or taken away without a `moved` block",
        ["delete_because_enabled_false"] = "`enabled` is false now",
    };

    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/terraform", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["block"] = NativeFunction.Create("block", Block),
        ["accident"] = NativeFunction.Create("accident", Accident),
    });

    // block(value): the one nested block that Terraform wraps in a list; null for none.
    private static Value Block(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(1);
        return ValueReader.TryGetNode(arguments[0], out var node)
            ? node.IsUnknown ? arguments[0] : ModuleArguments.OrNull(node.Block())
            : Value.Null;
    }

    // accident(change): why this deletion looks like an accident; null when it does not.
    private static Value Accident(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(1);
        var reason = ModuleArguments.ChangeOf(run, arguments[0], "accident").Change.Reason;
        return ModuleArguments.OrNull(reason is null ? null : Accidents.GetValueOrDefault(reason));
    }
}
