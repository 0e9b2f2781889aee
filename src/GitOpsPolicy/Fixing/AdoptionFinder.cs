using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Fixing.Rendered;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Fixing;

/// <summary>
/// Turns what was changed by hand into edits of the files that say otherwise. An edit counts only when its file, read again, says
/// exactly what was meant, and the object in it then lives as Git says; what is not certain is told with why.
/// </summary>
public sealed class AdoptionFinder
{
    private readonly AdoptionFiles files;
    private readonly AdoptionBars bars;
    private readonly List<AdoptedPlace> places = [];
    private readonly List<RenderedChange> rendered = [];

    private AdoptionFinder(FileTree tree, ChangeSet changes, Predicate<string> isByHand)
    {
        var masked = new MaskedExcerpt(changes);
        (files, bars) = (new(tree, masked), new(masked, isByHand));
    }

    /// <summary>Looks for the edits.</summary>
    /// <param name="tree">The files as they lay at the commit that was compared, by their paths from the root of the
    /// repository.</param>
    /// <param name="changes">All that was found out, with what is secret in it.</param>
    /// <param name="drift">Those of the changes that Git is to take over: of origin <see cref="ChangeOrigin.Drift"/>.</param>
    /// <param name="isByHand">A field manager is somebody at a keyboard; what others wrote is theirs.</param>
    /// <param name="render">How a tool makes objects of the files; null to leave what a tool has made.</param>
    public static Adoption Find(
        FileTree tree, ChangeSet changes, IEnumerable<Change> drift, Predicate<string> isByHand, AdoptionRender? render = null)
    {
        var finder = new AdoptionFinder(tree, changes, isByHand);
        foreach (var change in drift) finder.Take(change);
        if (finder.rendered.Count > 0)
            finder.places.AddRange(RenderedAdoption.Find(finder.files, finder.rendered, render));
        ImmutableArray<FixedFile> changed = [.. finder.files.Changed(out var broken)];
        return new(
            [.. finder.places.Select(place => place.Refusal is null && broken.Contains(place.Where.File)
                ? place with { Refusal = AdoptionRefusals.NotExactly }
                : place)],
            changed);
    }

    private void Take(Change change)
    {
        if (AdoptionRefusals.OfKind(change) is { } whole)
        {
            places.Add(new(change.Resource, "") { Where = change.Location, Refusal = whole });
            return;
        }

        if (change.Before?.Document is { Source: RenderedFile })
        {
            rendered.Add(RenderedChange.Of(change, bars));
            return;
        }

        if (SourceOf(change, out var git, out var file) is { } refusal)
        {
            places.AddRange(Drifting.DifferencesOf(change)
                .Select(difference => AdoptionBars.Tell(change, difference, change.Before!) with { Refusal = refusal }));
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
        if (AdoptionFiles.IsEncrypted(source, files.DocumentsOf(source.Path))) return AdoptionRefusals.Encrypted;
        var objects = files.Read(source.Path).Objects.FindAll(one => one.Node.Position == change.Before.Position
            && one.Node.Document!.Index == document.Index
            && one.Node.Text("metadata", "name") == ((KubernetesId)change.Resource).Name);
        if (objects is not [var only] || files.Of(only.Node.Document!) is not { } editable) return AdoptionRefusals.NotEditable;
        (git, file) = (only.Node, editable);
        return null;
    }

    private Wanted PlaceOf(Change change, MappingNode git, Difference difference, AdoptionSteps steps)
    {
        var told = AdoptionBars.Tell(change, difference, git);
        var refusal = bars.Of(change, difference, told.Manager);
        if (refusal is not null) return new(difference, told with { Refusal = refusal }, []);
        var taken = steps.Of(difference, out var why);
        return new(difference, why is null ? told : told with { Refusal = AdoptionRefusals.ByHand(why) }, taken);
    }

    private AdoptionRefusal? TryTake(Work work, List<Wanted> wanted)
    {
        var steps = AdoptionSteps.Together(wanted.SelectMany(static one => one.Steps));
        if (steps.IsEmpty) return AdoptionRefusals.NotExactly;
        if (work.File.Find(steps, out var edits) is { } refusal) return AdoptionRefusals.ByHand(refusal);
        if (files.ShowsSecret(work.Git.Document!, edits)) return AdoptionRefusals.ByHand(EditedFiles.NearSecret);
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
