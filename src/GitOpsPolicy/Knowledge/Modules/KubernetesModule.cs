using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Images;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/kubernetes</c>: parts of objects that many rules ask for.</summary>
internal static class KubernetesModule
{
    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/kubernetes", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["podSpec"] = NativeFunction.Create("podSpec", PodSpec),
        ["containers"] = NativeFunction.Create("containers", Containers),
        ["labels"] = NativeFunction.Create("labels", (_, _, arguments) => Metadata(arguments[0], "labels")),
        ["annotations"] = NativeFunction.Create("annotations", (_, _, arguments) => Metadata(arguments[0], "annotations")),
        ["quantity"] = NativeFunction.Create("quantity", ReadQuantity),
    });

    // podSpec(object): the pod's specification of a Pod or of a kind that makes pods; null for others.
    private static Value PodSpec(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(4);
        return ModuleArguments.OrNull(PodSpecOf(arguments[0]));
    }

    // containers(object): init, ordinary and ephemeral containers, in the order they start.
    private static Value Containers(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var pod = PodSpecOf(arguments[0]);
        var found = new List<Value>();
        run.Charge(4);
        foreach (var list in new[] { "initContainers", "containers", "ephemeralContainers" })
        {
            var containers = pod.At(list).ItemsOf();
            run.Charge(containers.Length);
            run.Allocate(containers.Length * 24L);
            foreach (var container in containers) found.Add(Value.Of(container));
        }

        return ScriptValues.Array(found);
    }

    // quantity("500m"): the number it stands for; NaN for a text that is no quantity.
    private static Value ReadQuantity(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(4);
        if (arguments[0].IsUnknown) return arguments[0];
        if (ValueReader.TryGetNumber(arguments[0], out var number)) return Value.Of(number, arguments[0].Origin);
        var isText = arguments[0].TryGetText(out var text);
        ModuleArguments.ChargeFor(run, text);
        var isQuantity = isText & Quantity.TryParse(text ?? "", out var value);
        return Value.Of(isQuantity ? (double)value : double.NaN, arguments[0].Origin);
    }

    private static Node? PodSpecOf(Value argument)
    {
        var (node, _) = ModuleArguments.ObjectOf(argument);
        if (node.TextAt("kind") is not { } kind || node.TextAt("apiVersion") is not { } apiVersion) return null;
        return PodShapes.Of(ImageFinder.GroupOf(apiVersion), kind) is { } path ? node.At(path)
            : node.At("spec", "template", "spec") is { } spec && spec.At("containers") is SequenceNode ? spec
            : null;
    }

    private static Value Metadata(Value argument, string part)
    {
        var (node, _) = ModuleArguments.ObjectOf(argument);
        return node.At("metadata", part) is MappingNode mapping ? Value.Of(mapping) : ScriptValues.Object();
    }
}
