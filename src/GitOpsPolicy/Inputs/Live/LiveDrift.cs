using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Inputs.Live;

/// <summary>
/// Pairs what Git says with what lives. Each pair that differs in a way that means something, each object of Git that does not
/// live, and each that lives where Git decides what does, is a change of origin <see cref="ChangeOrigin.Drift"/>: before is what
/// Git says, after what lives.
/// </summary>
/// <param name="desired">What Git says.</param>
/// <param name="live">What lives.</param>
public sealed class LiveDrift(ManifestSet desired, ManifestSet live)
{
    private readonly Dictionary<StoredIdentity, Manifest> byIdentity = Index(live);
    private readonly HashSet<Manifest> paired = new(ReferenceEqualityComparer.Instance);
    private readonly Reading reading = new(live);
    private readonly ScaleTargets scaled = new();
    private readonly List<Change> changes = [];

    /// <summary>
    /// What was applied before what Git says now, such as the base of a pull request; null where only the objects that live tell.
    /// </summary>
    public ManifestSet? Applied { get; init; }

    /// <summary>What Pods refer to that are not among those that live here, such as Pods that were read and let go of.</summary>
    public PodReferences References { get; init; } = new();

    /// <summary>
    /// Why it cannot be told whether an object lives that is not among those, null where it can; null to go by what was read
    /// beside it.
    /// </summary>
    public Func<KubernetesId, string?>? WhyNotRead { get; init; }

    /// <summary>What means nothing here; which entries found what they name is counted in it.</summary>
    public DriftIgnoring Ignoring { get; init; } = DriftIgnoring.Nothing;

    /// <summary>The environment that a file belongs to; null for none.</summary>
    public Func<string, string?> EnvironmentOf { get; init; } = static _ => null;

    /// <summary>The drift, in the order of Git, then what only lives.</summary>
    public ChangeSet ReadChanges()
    {
        foreach (var manifest in desired.Objects.Concat(live.Objects)) scaled.Learn(manifest.Id, manifest.Object);
        foreach (var manifest in live.Objects) References.Learn(manifest.Id, manifest.Object);
        var applied = Applied is null ? null : Index(Applied);
        foreach (var manifest in desired.Objects.Where(static manifest => !manifest.Id.Name.EndsWith('*')))
            Compare(manifest, applied?.GetValueOrDefault(StoredIdentity.Of(manifest.Id)));
        var claims = new Claims(desired, Applied);
        foreach (var manifest in live.Objects)
            if (!paired.Contains(manifest)
                && claims.KindOf(manifest) is { } kind
                && !IsIgnored(About(manifest, null, manifest.Object)))
                changes.Add(Surplus(manifest, kind, References.Contains(manifest.Id)));
        return new()
        {
            Changes = [.. changes],
            Problems = live.Problems,
            Notes = [.. live.Notes.Where(static note => !note.Contains("is declared in", StringComparison.Ordinal))],
            SensitiveTexts = desired.SensitiveTexts.Union(live.SensitiveTexts),
        };
    }

    private void Compare(Manifest manifest, Manifest? applied)
    {
        var there = Find(manifest.Id);
        var ignored = About(manifest, manifest.Object, there?.Object);
        if (there is null)
        {
            // What was never applied is not missing.
            if (!IsIgnored(ignored) && (Applied is null || applied is not null))
                changes.Add(Drift(manifest, null, Absence(manifest.Id)));
            return;
        }

        paired.Add(there);
        if (IsIgnored(ignored)) return;
        var facts = Tell(
            manifest, there,
            new(DriftKind.Modified)
            {
                Applied = applied?.Object ?? LiveMarks.LastAppliedOf(there.Object),
                IsScaled = scaled.Contains(there.Id),
                Ignored = ignored,
            });
        if (facts.Kind is not DriftKind.None) changes.Add(Drift(manifest, there, facts));
    }

    private DriftFacts Absence(KubernetesId id)
    {
        var why = WhyNotRead is null ? (reading.Covers(id) ? null : reading.WhyNot(id)) : WhyNotRead(id);
        return why is null ? new(DriftKind.Missing) : new(DriftKind.Unknown) { Because = why };
    }

    private ImmutableArray<DriftIgnore> About(Manifest manifest, Node? says, Node? lives) =>
        Ignoring.About(manifest.Id, EnvironmentOf(manifest.File), says, lives);

    private static bool IsIgnored(ImmutableArray<DriftIgnore> entries) => entries.Any(static entry => entry.IsWhole);

    private static DriftFacts Tell(Manifest manifest, Manifest there, DriftFacts facts)
    {
        if (manifest.Id.Version != there.Id.Version || manifest.Id.Group != there.Id.Group)
            return facts with
            {
                Kind = DriftKind.Unknown,
                Because = $"it was read as `{there.Id.ApiVersion}` and Git says `{manifest.Id.ApiVersion}`",
            };
        if (LiveMarks.ClaimantsOf(there.Object) is { Length: > 1 } several)
            return facts with { Kind = DriftKind.Conflict, Because = string.Join(" and ", several) };
        var differences = LiveComparison.Between(manifest.Id, manifest.Object, there.Object, facts);
        return facts with { Kind = differences.Count == 0 ? DriftKind.None
            : LiveComparison.OnlyAdds(differences) ? DriftKind.Added
            : DriftKind.Modified };
    }

    // A manifest without a namespace goes where its destination says, so that the one of its name is meant, if there is one.
    private Manifest? Find(KubernetesId id)
    {
        var identity = StoredIdentity.Of(id);
        if (byIdentity.TryGetValue(identity, out var found)) return found;
        if (id.Namespace.Length > 0) return null;
        var alike = byIdentity.Where(entry => entry.Key with { Namespace = "" } == identity).Take(2).ToArray();
        return alike.Length == 1 ? alike[0].Value : null;
    }

    private static Change Drift(Manifest manifest, Manifest? there, DriftFacts facts) => new()
    {
        Resource = manifest.Id,
        Operation = there is null ? Operation.Delete : Operation.Update,
        Origin = ChangeOrigin.Drift,
        Before = manifest.Object,
        After = there?.Object,
        Drift = facts,
        Location = manifest.Location,
        File = manifest.File,
    };

    private static Change Surplus(Manifest there, DriftKind kind, bool isReferenced) => new()
    {
        Resource = there.Id,
        Operation = Operation.Create,
        Origin = ChangeOrigin.Drift,
        After = there.Object,
        Drift = new(kind) { IsReferenced = isReferenced },
        Location = there.File.Length == 0 ? new("", 0, 0) : there.Location,   // what was read from a cluster is in no file
        File = there.File,
    };

    private static Dictionary<StoredIdentity, Manifest> Index(ManifestSet set)
    {
        var index = new Dictionary<StoredIdentity, Manifest>();
        foreach (var manifest in set.Objects) index.TryAdd(StoredIdentity.Of(manifest.Id), manifest);
        return index;
    }
}
