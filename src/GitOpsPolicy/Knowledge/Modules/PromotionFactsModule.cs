using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Promotion;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>
/// The part of <c>gitops-policy/promotion</c> that rests on what the host found out: history, owners, approvals.
/// </summary>
internal static class PromotionFactsModule
{
    private const string HotfixMark = "gitopspolicy.dev/hotfix";
    private const string HotfixEnd = "gitopspolicy.dev/hotfix-until";

    /// <summary>The functions.</summary>
    public static IEnumerable<(string Name, Value Function)> Functions { get; } =
    [
        Function("versions", Versions), Function("timeIn", TimeIn), Function("hotfix", Hotfix), Function("owners", Owners),
        Function("approvals", ApprovalsOf),
    ];

    private static (string, Value) Function(string name, Func<ScriptRun, Value, Arguments, Value> function) =>
        (name, NativeFunction.Create(name, (run, self, arguments) => function(run, self, arguments)));

    // versions(change): every version that it deploys, each { kind, name, version, key, text, introduced, where }.
    private static Value Versions(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "versions").Change;
        ModuleArguments.ChargeFor(run, change.Before, Effort.Naming);
        ModuleArguments.ChargeFor(run, change.After, Effort.Naming);
        var found = DeployedVersion.Find(change.After, change.Resource);
        var introduced = DeployedVersion.Introduced(change, found).Select(version => version.Key)
            .ToHashSet(StringComparer.Ordinal);
        ModuleArguments.ChargeForAnswer(run, found.Count);
        return ScriptValues.Array(found.Select(version => ScriptValues.Object(
            ("kind", Value.Of(version.Kind)),
            ("name", Value.Of(version.Name, version.Node)),
            ("version", Value.Of(version.Version, version.Node)),
            ("key", Value.Of(version.Key)),
            ("text", Value.Of(version.ToString(), version.Node)),
            ("introduced", Value.Of(introduced.Contains(version.Key))),
            ("where", Value.Of(version.Node)))));
    }

    // timeIn(change, version): { seen, days } of the longest time that a version was in the environment before that of the
    // change.
    private static Value TimeIn(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "timeIn");
        if (!ValueReader.TryGetProperty(run, arguments[1], "key", out var given) || !given.TryGetText(out var key))
            throw run.WrongArgument("`timeIn` takes a version, as `versions` gives it");
        var set = view.Set.ChangeSet;
        var facts = set.Promotion ?? new() { Gap = "nobody has read it" };
        run.Charge(8 + facts.Stays.Length);
        var previous = EnvironmentLine.Of(set).PreviousOf(view.Change)?.Name ?? "";
        var stays = facts.Stays.Where(stay => stay.Environment == previous && stay.Version == key).ToList();
        var days = facts.AsOf is { } now && stays.Count > 0
            ? stays.Max(stay => Math.Max(0, ((stay.Until ?? now) - stay.Since).TotalDays))
            : 0;
        // Where something may be missing, what was found is the least that it can be.
        var isOpen = facts.AsOf is null || (facts.Gap is not null && (stays.Count == 0 || stays.Exists(stay => stay.IsCut)));
        return ScriptValues.Object(
            ("seen", isOpen && stays.Count == 0 ? NotKnown(previous, facts) : Value.Of(stays.Count > 0)),
            ("days", isOpen ? NotKnown(previous, facts) : Value.Of(days)),
            ("atLeast", Value.Of(days)));
    }

    // hotfix(change): { reason, until, days, where }, where days are left until then; null for a change that is none.
    private static Value Hotfix(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "hotfix");
        run.Charge(8);
        var annotations = (view.Change.After ?? view.Change.Before).At("metadata", "annotations");
        if (annotations.At(HotfixMark) is not { } mark) return Value.Null;
        var until = annotations.At(HotfixEnd);
        var facts = view.Set.ChangeSet.Promotion ?? new();
        var days = !DateOnly.TryParseExact(until.AsText(), "yyyy-MM-dd", out var end) ? Value.Of(double.NaN)
            : facts.AsOf is { } now ? Value.Of(end.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber)
            : NotKnown("hotfix", facts);
        return ScriptValues.Object(
            ("reason", Value.Of(mark)), ("until", ModuleArguments.OrNull(until)), ("days", days), ("where", Value.Of(mark)));
    }

    // owners(change): who owns the file that the change is in; null where nobody says.
    private static Value Owners(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "owners");
        run.Charge(64);
        if (view.Set.ChangeSet.Promotion?.Owners is not { } owners) return Value.Null;
        return ModuleArguments.Texts(owners.OwnersOf(view.Change.File ?? view.Change.Location.File));
    }

    // approvals(change): { author, by, teams }; null where nobody says.
    private static Value ApprovalsOf(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var view = ModuleArguments.ChangeOf(run, arguments[0], "approvals");
        run.Charge(16);
        if (view.Set.ChangeSet.Promotion?.Approvals is not { } approvals) return Value.Null;
        run.Charge(8L * (approvals.By.Length + approvals.Teams.Sum(team => team.Value.Length)));
        return ScriptValues.Object(
            ("author", Value.Of(approvals.Author)),
            ("by", ModuleArguments.Texts(approvals.By)),
            ("teams", ScriptValues.Object([.. approvals.Teams.Select(team => (team.Key, ModuleArguments.Texts(team.Value)))])));
    }

    private static Value NotKnown(string environment, PromotionFacts facts)
    {
        var node = ScalarNode.String("", default, NodeFlags.Unknown);
        _ = new MappingNode([new($"history of {environment} ({facts.Gap ?? "the day is not known"})", default, node)]);
        return Value.Of(node);
    }
}
