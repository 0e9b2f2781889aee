using GitOpsPolicy.Script.Builtins;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary><c>gitops-policy/values</c>: what the standard library lacks for values of documents.</summary>
public static class ValuesModule
{
    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/values", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["deepEqual"] = NativeFunction.Create("deepEqual", DeepEquality.Compare),
    });
}
