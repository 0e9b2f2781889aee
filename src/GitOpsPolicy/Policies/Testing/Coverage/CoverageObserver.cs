using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies.Testing.Coverage;

/// <summary>Counts what rule tests come to.</summary>
/// <threadsafety>One case at a time, judged by one worker.</threadsafety>
internal sealed class CoverageObserver : RuleObserver
{
    private readonly Dictionary<ScriptPlace, long[]> hits = [];
    private readonly Dictionary<SourceLocation, MessageCount> messages = [];
    private readonly HashSet<SourceLocation> produced = [];
    private readonly HashSet<string> entered = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Found(ScriptPlace place)
    {
        if (place.Kind == PlaceKind.Report) messages.TryAdd(place.Location, new(place.Name));
        else hits.TryAdd(place, new long[place.Outcomes.Length]);
    }

    /// <inheritdoc/>
    public override void Reached(ScriptPlace place, int outcome)
    {
        hits[place][outcome]++;
        entered.Add(place.Location.File);
    }

    /// <inheritdoc/>
    public override void Judged(BoundRule rule, Change? change, IReadOnlyList<Reported> reports, Exception? ending)
    {
        foreach (var report in reports)
        {
            if (report.Site == default) continue;
            messages.TryAdd(report.Site, new(Words<FindingAction>.Of(report.Action)));
            produced.Add(report.Site);
        }
    }

    /// <summary>A case has been run: what it did not produce, it withheld.</summary>
    /// <param name="rules">The rules that the case is about.</param>
    public void EndCase(IEnumerable<RuleMetadata> rules)
    {
        var about = rules.Select(r => r.Location.File).ToHashSet(StringComparer.Ordinal);
        foreach (var (place, count) in messages)
        {
            if (produced.Contains(place)) count.Produced++;
            else if (about.Contains(place.File) || entered.Contains(place.File)) count.Withheld++;
        }

        produced.Clear();
        entered.Clear();
    }

    /// <summary>Everything counted so far.</summary>
    /// <param name="rules">The rules loaded.</param>
    /// <param name="isCounted">Says of a file whether it is part of the report.</param>
    /// <param name="read">Gives the lines of a file.</param>
    public CoverageReport Report(
        IEnumerable<RuleMetadata> rules, Predicate<string> isCounted, Func<string, ImmutableArray<string>> read)
    {
        var owners = new PlaceOwners(rules);
        var byOwner = hits.Where(h => isCounted(h.Key.Location.File)).ToLookup(h => owners.Of(h.Key.Location));
        var messagesByOwner = messages.Where(m => isCounted(m.Key.File)).ToLookup(m => owners.Of(m.Key));
        var units = byOwner.Select(g => g.Key).Concat(messagesByOwner.Select(g => g.Key)).Distinct()
            .OrderBy(o => o.Rule is null).ThenBy(o => o.Rule ?? o.File, StringComparer.Ordinal)
            .Select(o => Unit(o, [.. byOwner[o]], messagesByOwner[o])).ToImmutableArray();
        return new(
            units,
            units.Select(u => u.File)
                .Distinct(StringComparer.Ordinal)
                .ToImmutableSortedDictionary(f => f, read, StringComparer.Ordinal));
    }

    private static UnitCoverage Unit(
        (string? Rule, string File) owner, List<KeyValuePair<ScriptPlace, long[]>> places,
        IEnumerable<KeyValuePair<SourceLocation, MessageCount>> reports)
    {
        places.Sort((a, b) =>
            Order(a.Key.Location, b.Key.Location) is var order and not 0 ? order : a.Key.Ordinal.CompareTo(b.Key.Ordinal));
        return new()
        {
            Rule = owner.Rule,
            File = owner.File,
            Lines =
            [
                .. places.Where(p => p.Key.Kind is PlaceKind.Statement or PlaceKind.Pattern)
                    .GroupBy(p => p.Key.Location.Line).Select(g => new LineCoverage(g.Key, g.Max(p => p.Value.Sum()))),
            ],
            Branches =
            [
                .. places.Where(p => p.Key.IsBranch).Select(p => new BranchCoverage(
                    p.Key.Location, p.Key.Construct,
                    [.. p.Key.Outcomes.Select((name, i) => new OutcomeCoverage(name, p.Value[i]))])),
            ],
            Functions =
            [
                .. places.Where(p => p.Key.Kind == PlaceKind.Function)
                    .Select(p => new FunctionCoverage(p.Key.Location, p.Key.Name, p.Value[0])),
            ],
            Messages = [.. reports.Select(r => new MessageCoverage(r.Key, r.Value.Action, r.Value.Produced, r.Value.Withheld))
                .OrderBy(m => m.Location.Line)
                .ThenBy(m => m.Location.Column)],
        };
    }

    private static int Order(SourceLocation a, SourceLocation b) =>
        a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Column.CompareTo(b.Column);

    private sealed class MessageCount(string action)
    {
        public string Action => action;

        public int Produced { get; set; }

        public int Withheld { get; set; }
    }
}
