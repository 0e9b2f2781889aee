using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Modules;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>The modules that rules import as <c>gitops-policy/…</c>.</summary>
internal static class BuiltinModules
{
    /// <summary>All of them, by name.</summary>
    /// <param name="driftTable">The drift table of the rule set; null for the shipped one.</param>
    /// <param name="problems">Takes what is wrong with the table.</param>
    public static IReadOnlyDictionary<string, NativeModule> For(MappingNode? driftTable, ProblemList problems) =>
        KnowledgeModules.All(driftTable, problems).Append(ValuesModule.Create())
            .ToDictionary(module => module.Name, StringComparer.Ordinal);

    /// <summary>What expressions of YAML rules see by bare name: every export of every module.</summary>
    public static IReadOnlyDictionary<string, Value> Scope(IReadOnlyDictionary<string, NativeModule> modules)
    {
        var scope = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in modules.Values.SelectMany(m => m.Exports)) scope[name] = value;
        return scope;
    }
}
