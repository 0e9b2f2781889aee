using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Promotion;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/promotion</c>: environments that changes go through one after the other.</summary>
internal static class PromotionModule
{
    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/promotion", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["previousEnvironment"] = NativeFunction.Create("previousEnvironment", PreviousEnvironment),
        ["counterpart"] = NativeFunction.Create("counterpart", Counterpart),
        ["environmentDifferences"] = NativeFunction.Create("environmentDifferences", EnvironmentDifferencesOf),
        ["fitsPath"] = NativeFunction.Create("fitsPath", FitsPath),
    }.Concat(PromotionFactsModule.Functions.Select(static entry => KeyValuePair.Create(entry.Name, entry.Function)))
        .ToDictionary(StringComparer.Ordinal));

    // previousEnvironment(change): { name, known } of the environment before; null where there is none.
    private static Value PreviousEnvironment(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (view, line) = Open(run, arguments, "previousEnvironment");
        return line.PreviousOf(view.Change) is { } previous
            ? ScriptValues.Object(("name", Value.Of(previous.Name)), ("known", Value.Of(line.Has(previous))))
            : Value.Null;
    }

    // counterpart(change): the same resource of the environment before; null where there is none.
    private static Value Counterpart(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (view, line) = Open(run, arguments, "counterpart");
        return line.CounterpartOf(view.Change) is { } at ? view.Set.ViewOf(at) : Value.Null;
    }

    // environmentDifferences(change): what differs from the counterpart, each { path, steps, previous, own, introduced, where }.
    private static Value EnvironmentDifferencesOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (view, line) = Open(run, arguments, "environmentDifferences");
        var change = view.Change;
        if (change.After is null || line.CounterpartOf(change) is not { } at) return ScriptValues.Array();
        var counterpart = view.Set.Changes[at].Change;
        ModuleArguments.ChargeFor(run, change.After, Effort.Comparing);
        ModuleArguments.ChargeFor(run, counterpart.After, Effort.Comparing);
        var found = EnvironmentDifferences.Between(counterpart, line.PreviousOf(change)!, change, line.StepOf(change)!);
        ModuleArguments.ChargeForAnswer(run, found.Count);
        var lists = new Dictionary<SequenceNode, Dictionary<string, Node>>(ReferenceEqualityComparer.Instance);
        return ScriptValues.Array(found.Select(difference => Show(difference, IsIntroduced(difference, change, lists))));
    }

    // fitsPath(steps, patterns): whether one of the pointers with wildcards covers the place.
    private static Value FitsPath(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var steps = Texts(run, arguments[0]);
        foreach (var entry in ValueReader.Elements(run, arguments[1]))
        {
            if (!entry.TryGetText(out var pattern)) continue;
            ModuleArguments.ChargeFor(run, pattern);
            var parsed = JsonPointer.Parse(pattern);
            run.Charge((long)parsed.Length * (steps.Length + 1) * 4);
            if (PathPattern.Fits(parsed, steps)) return Value.Of(true);
        }

        return Value.Of(false);
    }

    private static (ChangeView View, EnvironmentLine Line) Open(ScriptRun run, Arguments arguments, string function)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], function);
        run.Charge(16 + (view.Set.ChangeSet.Changes.Length / 16));   // whoever asks first finds out for all
        return (view, EnvironmentLine.Of(view.Set.ChangeSet));
    }

    private static string[] Texts(ScriptRun run, Value list) =>
        [.. ValueReader.Elements(run, list).Select(item => item.TryGetText(out var text) ? text : "")];

    private static Value Show(EnvironmentDifference difference, bool isIntroduced) => ScriptValues.Object(
        ("path", Value.Of(difference.Path, difference.Where)),
        ("steps", ModuleArguments.Texts(difference.Steps)),
        ("previous", ModuleArguments.OrNull(difference.Previous)),
        ("own", ModuleArguments.OrNull(difference.Own)),
        ("introduced", Value.Of(isIntroduced)),
        ("where", Value.Of(difference.Where)));

    // What stood there before is not this change's doing.
    private static bool IsIntroduced(
        EnvironmentDifference difference, Change change, Dictionary<SequenceNode, Dictionary<string, Node>> lists)
    {
        if (change.Before is null) return true;
        var was = difference.In(change.Before, lists);
        return was is null != difference.Own is null || (was is not null && !NodeEquality.AreEqual(was, difference.Own!));
    }
}
