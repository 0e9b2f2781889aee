using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Fixing;

/// <summary>
/// Turns what was changed by hand into edits of the files that say otherwise. An edit counts only when its file, read again, says
/// exactly what was meant, and the object in it then lives as Git says; what is not certain is told with why.
/// </summary>
public sealed class AdoptionFinder
{
    private const string Sealed = "ENC[AES256_GCM,";

    private readonly FileTree tree;
    private readonly MaskedExcerpt masked;
    private readonly Predicate<string> isByHand;
    private readonly Dictionary<string, ManifestFile> read = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceFile, EditedFiles> edited = [];
    private readonly List<AdoptedPlace> places = [];

    private AdoptionFinder(FileTree tree, ChangeSet changes, Predicate<string> isByHand) =>
        (this.tree, masked, this.isByHand) = (tree, new(changes), isByHand);

    /// <summary>Looks for the edits.</summary>
    /// <param name="tree">The files as they lay at the commit that was compared, by their paths from the root of the
    /// repository.</param>
    /// <param name="changes">All that was found out, with what is secret in it.</param>
    /// <param name="drift">Those of the changes that Git is to take over: of origin <see cref="ChangeOrigin.Drift"/>.</param>
    /// <param name="isByHand">A field manager is somebody at a keyboard; what others wrote is theirs.</param>
    public static Adoption Find(FileTree tree, ChangeSet changes, IEnumerable<Change> drift, Predicate<string> isByHand)
    {
        var finder = new AdoptionFinder(tree, changes, isByHand);
        foreach (var change in drift) finder.Take(change);
        var files = finder.edited.Values.Select(static files => (Files: files.Changed(out var broken), broken)).ToList();
        var broken = files.SelectMany(static pair => pair.broken)
            .Select(static file => file.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new(
            [.. finder.places.Select(place => place.Refusal is null && broken.Contains(place.Where.File)
                ? place with { Refusal = AdoptionRefusals.NotExactly }
                : place)],
            [.. files.SelectMany(static pair => pair.Files).OrderBy(static file => file.Name, StringComparer.Ordinal)]);
    }

    private void Take(Change change)
    {
        if (AdoptionRefusals.OfKind(change) is { } whole)
        {
            places.Add(new(change.Resource, "") { Where = change.Location, Refusal = whole });
            return;
        }

        if (SourceOf(change, out var git, out var file) is { } refusal)
        {
            places.AddRange(Drifting.DifferencesOf(
                change).Select(difference => Told(change, difference, change.Before!) with { Refusal = refusal }));
            return;
        }

        var steps = new AdoptionSteps((KubernetesId)change.Resource, git);
        var wanted = LiveComparison.Between((KubernetesId)change.Resource, git, change.After!, change.Drift).ConvertAll(
            difference => PlaceOf(change, git, difference, steps));
        var able = wanted.FindAll(static one => one.Told.Refusal is null);
        var work = new Work(change, git, file, wanted.Count);
        if (able.Count > 1 && TryTake(work, able) is null) able = [];
        foreach (var one in able)
            if (TryTake(work, [one]) is { } reason) one.Told = one.Told with { Refusal = reason };
        places.AddRange(wanted.Select(static one => one.Told));
    }

    private sealed record Work(Change Change, MappingNode Git, FixableFile File, int Differences);

    private sealed class Wanted(Difference difference, AdoptedPlace told, ImmutableArray<FixStep> steps)
    {
        public Difference Difference { get; } = difference;

        public ImmutableArray<FixStep> Steps { get; } = steps;

        public AdoptedPlace Told { get; set; } = told;
    }

    private AdoptionRefusal? SourceOf(Change change, out MappingNode git, out FixableFile file)
    {
        (git, file) = (null!, null!);
        if (change.Before?.Document is not { Source: TextFile source } document) return AdoptionRefusals.Rendered;
        if (!read.TryGetValue(source.Path, out var found))
            read[source.Path] = found = ManifestFile.Read(tree, new(source.Path), mayBeTemplate: false, ReaderLimits.Default);
        if (source.Bytes.Span.IndexOf("ENC[AES256_GCM,"u8) >= 0
            || found.Objects.Any(static one => one.Node["sops"] is MappingNode))
            return AdoptionRefusals.Encrypted;
        var objects = found.Objects.FindAll(one => one.Node.Position == change.Before.Position
            && one.Node.Document!.Index == document.Index
            && one.Node.Text("metadata", "name") == ((KubernetesId)change.Resource).Name);
        if (objects is not [var only]) return AdoptionRefusals.NotEditable;
        git = only.Node;
        var own = git.Document!.Source;
        if (!edited.TryGetValue(own, out var files))
            edited[own] = files = new(
                masked, found.Objects.Select(static one => one.Node.Document!).Concat(found.Others).Distinct(),
                static one => one.Source.Path);
        if (files.Of(git.Document) is not { } editable) return AdoptionRefusals.NotEditable;
        file = editable;
        return null;
    }

    private Wanted PlaceOf(Change change, MappingNode git, Difference difference, AdoptionSteps steps)
    {
        var told = Told(change, difference, git);
        var refusal = RefusalOf(change, difference, told.Manager);
        if (refusal is not null) return new(difference, told with { Refusal = refusal }, []);
        var taken = steps.Of(difference, out var why);
        return new(difference, why is null ? told : told with { Refusal = AdoptionRefusals.ByHand(why) }, taken);
    }

    private static AdoptedPlace Told(Change change, Difference difference, Node git) => new(change.Resource, difference.Path)
    {
        Manager = FieldManagers.Of(change.After!, git, difference),
        Where = Drifting.PlaceOf(change with { Before = git }, difference)?.Location ?? change.Location,
    };

    private AdoptionRefusal? RefusalOf(Change change, Difference difference, string? manager)
    {
        if (HoldsSecret(difference.Before) || HoldsSecret(difference.After)) return AdoptionRefusals.Secret;
        if (difference.After is { } seen && (difference.Steps.Any(IsUnseen) || Any(seen, IsUnseen)))
            return AdoptionRefusals.Unseen;
        if (manager is not null && !isByHand(manager)) return AdoptionRefusals.OfOther(manager);
        if (manager is null
            && difference.After is not null
            && change.After!.At("metadata", "managedFields") is SequenceNode { Count: > 0 })
            return AdoptionRefusals.Nobodys;
        var applied = change.Drift?.Applied;
        if (applied is not null
            && difference.Before is not null
            && !NodeEquality.AreEqual(JsonPointer.Find(applied, difference.Path), difference.Before))
            return AdoptionRefusals.MovedOn;
        return null;
    }

    private bool HoldsSecret(Node? node) =>
        node is not null
            && (node.HoldsSensitive
                || Any(node, text => text.Contains(Sealed, StringComparison.Ordinal) || masked.Hides([], 0, text)));

    private static bool IsUnseen(string text) =>
        !text.Replace("\t", "", StringComparison.Ordinal).Split('\n').All(static line => SafeText.IsSeen(line));

    private static bool Any(Node node, Predicate<string> fits) => node switch
    {
        MappingNode mapping => mapping.Entries.ToArray().Any(entry => fits(entry.Key) || Any(entry.Value, fits)),
        SequenceNode list => list.Items.ToArray().Any(item => Any(item, fits)),
        ScalarNode scalar => fits(scalar.Text),
        _ => false,
    };

    private AdoptionRefusal? TryTake(Work work, List<Wanted> wanted)
    {
        var steps = AdoptionSteps.Together(wanted.SelectMany(static one => one.Steps));
        if (steps.IsEmpty) return AdoptionRefusals.NotExactly;
        if (work.File.Find(steps, out var edits) is { } refusal) return AdoptionRefusals.ByHand(refusal);
        if (edited[work.Git.Document!.Source].ShowsSecret(work.Git.Document, edits))
            return AdoptionRefusals.ByHand(EditedFiles.NearSecret);
        if (!LivesAsGitSays(work, wanted, edits)) return AdoptionRefusals.NotExactly;
        return work.File.TryTake(steps, edits) ? null : AdoptionRefusals.InTheWay;
    }

    // The object as the file would have it, held against the one that lives: of what differed, exactly this is gone.
    private static bool LivesAsGitSays(Work work, List<Wanted> wanted, TextEdit[] edits)
    {
        if (work.File.With(work.Git.Document!, edits) is not { } root || JsonPointer.Find(root, work.Git.Pointer) is not { } made)
            return false;
        var left = LiveComparison.Between((KubernetesId)work.Change.Resource, made, work.Change.After!, work.Change.Drift);
        return left.Count == work.Differences - wanted.Count
            && !left.Exists(difference =>
                difference.After is not null && wanted.Exists(one => ReferenceEquals(one.Difference.After, difference.After)));
    }
}
