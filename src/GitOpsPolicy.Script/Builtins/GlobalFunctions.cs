using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The functions that rules call by bare name: the language's (ECMAScript, section 19.2) and our own two.</summary>
internal static class GlobalFunctions
{
    public static void Install()
    {
        Intrinsics.AddGlobal("undefined", Value.Undefined);
        Intrinsics.AddGlobal("NaN", Value.Of(double.NaN));
        Intrinsics.AddGlobal("Infinity", Value.Of(double.PositiveInfinity));
        Add("isNaN", static (run, _, args) => Value.Of(double.IsNaN(Conversion.ToNumber(run, args[0]))));
        Add("isFinite", static (run, _, args) => Value.Of(double.IsFinite(Conversion.ToNumber(run, args[0]))));
        Add("isUnknown", static (_, _, args) => Value.Of(args[0].IsUnknown || args[0].Reference is Node { IsUnknown: true }));
        Add("isSensitive", static (_, _, args) => Value.Of(IsSensitive(args[0])));
    }

    // True and null may be shown when they are sensitive (they tell as much when branched on), but a rule may ask.
    private static bool IsSensitive(in Value value) => Conversion.IsSensitive(value) || value.Reference switch
    {
        Node node => node.IsSensitive,
        Tag => value.Origin is { IsSensitive: true },
        _ => false,
    };

    private static void Add(string name, NativeCode code) =>
        Intrinsics.AddGlobal(name, Value.Of(new NativeFunction(name, 1, code)));
}
