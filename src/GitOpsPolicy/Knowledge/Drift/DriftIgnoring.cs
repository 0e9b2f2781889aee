using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>
/// The entries of <c>drift.ignore</c> over one run, and which of them found what they name. One that never does is a mistake that
/// nobody would notice: a group with a version in it, a path with a slip. What an entry names need not have drifted, it has to be
/// there.
/// </summary>
/// <param name="entries">The entries.</param>
public sealed class DriftIgnoring(ImmutableArray<DriftIgnore> entries)
{
    private readonly ImmutableArray<Use> uses = [.. entries.Select(static entry => new Use(entry))];
    private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> environments = new(StringComparer.Ordinal);

    /// <summary>Nothing is ignored.</summary>
    public static DriftIgnoring Nothing => new([]);

    /// <summary>The entries about an object, which counts as compared.</summary>
    /// <param name="id">The object.</param>
    /// <param name="environment">Its environment; null for none.</param>
    /// <param name="desired">What Git says; null where it says nothing.</param>
    /// <param name="live">What lives; null where nothing does.</param>
    internal ImmutableArray<DriftIgnore> About(KubernetesId id, string? environment, Node? desired, Node? live)
    {
        if (uses.IsEmpty) return [];
        kinds.Add(GuardTable.NameOf(id.Group, id.Kind));
        if (environment is not null) environments.Add(environment);
        var fitting = ImmutableArray.CreateBuilder<DriftIgnore>();
        foreach (var use in uses)
        {
            if (!use.Entry.FitsEnvironment(environment)) continue;
            use.SeesKind |= use.Entry.FitsKind(id);
            if (!use.Entry.Fits(id, environment)) continue;
            use.Take(desired, live);
            fitting.Add(use.Entry);
        }

        return fitting.ToImmutable();
    }

    /// <summary>
    /// Entries that found nothing of what they name, each at its place. Entries for environments that nothing was compared of are
    /// not asked.
    /// </summary>
    public ImmutableArray<Problem> Unused()
    {
        var problems = new ProblemList();
        foreach (var use in uses)
            if (!use.Entry.IsOptional && (use.Entry.Environments.IsEmpty || environments.Any(use.Entry.FitsEnvironment)))
                use.Report(problems, kinds);
        return problems.InFileOrder();
    }

    /// <summary>
    /// Adds what <see cref="Unused"/> tells to a run: as problems where it compared all there is, else as notes.
    /// </summary>
    public ChangeSet AddUnusedTo(ChangeSet run, bool isWhole)
    {
        var unused = Unused();
        return isWhole
            ? run with { Problems = [.. run.Problems, .. unused] }
            : run with { Notes = [.. run.Notes, .. unused.Select(static problem => problem.ToString())] };
    }

    /// <summary>One entry, and what it found.</summary>
    private sealed class Use(DriftIgnore entry)
    {
        private const string Hint = "correct it or take it out; one that has something to do only at times says `optional: true`";

        private readonly HashSet<FieldPattern> found = [];
        private readonly HashSet<string> managers = new(StringComparer.Ordinal);
        private int count;

        public DriftIgnore Entry { get; } = entry;

        public bool SeesKind { get; set; }

        public void Take(Node? desired, Node? live)
        {
            count++;
            foreach (var path in Entry.Paths)
                if (!found.Contains(path) && path.Meets(new([], desired, live))) found.Add(path);
            if (Entry.Managers.IsEmpty) return;
            foreach (var written in live.At("metadata", "managedFields").ItemsOf())
                if (written.TextAt("manager") is { } manager) managers.Add(manager);
        }

        public void Report(ProblemList problems, SortedSet<string> kinds)
        {
            if (!SeesKind)
                problems.Add(
                    PlaceOf("kinds"),
                    $"this entry ignores nothing: no {List(Entry.Kinds.Select(static glob => glob.Pattern))} was compared",
                    Near(kinds) ?? Hint);
            else if (count == 0)
                problems.Add(
                    PlaceOf(Entry.Names.IsEmpty ? "namespaces" : "names"),
                    $"this entry ignores nothing: no {List(Entry.Kinds.Select(static glob => glob.Pattern))} of this namespace or name was compared", Hint);
            else ReportParts(problems);
        }

        private void ReportParts(ProblemList problems)
        {
            for (var i = 0; i < Entry.Paths.Length; i++)
                if (!found.Contains(Entry.Paths[i]))
                    problems.Add(
                        PlaceOf("paths", i),
                        $"`{Entry.Paths[i].Pattern}` ignores nothing: it is in none of the {count} objects that the entry is about", Hint);
            if (Entry.Managers.IsEmpty || managers.Any(name => Entry.Managers.Any(glob => glob.Fits(name)))) return;
            var hint = managers.Count == 0
                ? "what lives does not say who wrote it: read it with `--show-managed-fields`"
                : $"those who wrote are {List(managers.Order(StringComparer.Ordinal).Take(8))}";
            problems.Add(
                PlaceOf("managers"),
                $"this entry ignores nothing: {List(Entry.Managers.Select(static glob => glob.Pattern))} wrote none of the {count} objects that it is about", hint);
        }

        // The same kind in another group is what is meant most often.
        private string? Near(SortedSet<string> kinds)
        {
            var names = Entry.Kinds.Select(static glob => glob.Pattern[(glob.Pattern.IndexOf('/') + 1)..]).ToHashSet(
                StringComparer.OrdinalIgnoreCase);
            var alike = kinds.FirstOrDefault(kind => names.Contains(kind[(kind.IndexOf('/') + 1)..]));
            return alike is null ? null : $"what was compared is `{alike}`";
        }

        private Node PlaceOf(string field, int index = 0)
        {
            var at = Entry.Node.At(field) ?? Entry.Node;
            return at.ItemsOf() is { Length: > 0 } items && index < items.Length ? items[index] : at;
        }

        private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"`{name}`"));
    }
}
