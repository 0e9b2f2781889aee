using System.Collections.Frozen;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Test262;

/// <summary>
/// The language's own objects as the standard has them: open to change. Rules see them frozen; a test that writes to one, or asks
/// whether it may, is given them thawed, and they are put back before the next test.
/// </summary>
internal sealed class BuiltIns
{
    private readonly IReadOnlyList<(ScriptObject Object, ObjectState State)> before = Intrinsics.Thaw();

    public BuiltIns()
    {
        var globals = new Dictionary<string, Value>(Intrinsics.Globals, StringComparer.Ordinal);
        globals.Remove("isUnknown");
        globals.Remove("isSensitive");
        Intrinsics.FunctionPrototype.TryGetOwn("constructor", out var function);
        globals["Function"] = function.Value;
        Globals = globals.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names that a test sees beside its own.</summary>
    public FrozenDictionary<string, Value> Globals { get; }

    /// <summary>Takes back what a test has changed.</summary>
    public void Restore()
    {
        foreach (var (one, state) in before) one.Restore(state);
    }
}
