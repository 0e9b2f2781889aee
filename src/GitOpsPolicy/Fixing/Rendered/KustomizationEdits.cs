using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Where a kustomization says what its objects say: its lists of images and replicas, patches of both kinds, in files and within
/// the kustomization, and the objects themselves. What others are made of as well stays as it is.
/// </summary>
internal sealed class KustomizationEdits : ISourceEdits
{
    private const int FewAdditions = 4;

    private readonly AdoptionFiles files;
    private readonly KustomizationSources sources;
    private readonly SharedSources shared;
    private readonly List<EmbeddedText> embedded;
    private readonly List<RawObject> objects;

    /// <summary>Reads what a folder is made of.</summary>
    public KustomizationEdits(AdoptionFiles files, string folder)
    {
        (this.files, sources) = (files, KustomizationSources.Of(files.Tree, folder));
        shared = SharedSources.Of(files.Tree, sources);
        embedded = [.. OwnKustomizations.SelectMany(static root => EmbeddedText.Of(root))];
        objects = [.. sources.Objects.Select(static one => one.File)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(file => files.Read(file).Objects)];
    }

    private IEnumerable<MappingNode> OwnKustomizations => sources.Kustomizations
        .Where(file => shared.Other(file) is null)
        .SelectMany(files.DocumentsOf)
        .Select(static document => document.Root)
        .OfType<MappingNode>();

    /// <inheritdoc/>
    public IEnumerable<SourceEdit> For(RenderedChange change, RenderedPlace place) =>
    [
        .. OwnKustomizations.SelectMany(root => KustomizationFields.Edits(root, place.Difference)),
        .. Patches(place),
        .. Objects(change, place),
    ];

    /// <inheritdoc/>
    public AdoptionRefusal? LeftOut(RenderedChange change, RenderedPlace place) =>
        SourcesOf(change)
            .Where(source => shared.Other(source.File) is not null
                && SourcePlace.Find(change, place.Difference, source.Node).IsThere)
            .Select(source => (source.File, Other: shared.Other(source.File)))
            .FirstOrDefault() is { Other: { } other } found
            ? AdoptionRefusals.Shared(found.File, other)
            : null;

    private IEnumerable<SourceEdit> Patches(RenderedPlace place)
    {
        foreach (var document in sources.Patches.Where(file => shared.Other(file) is null).SelectMany(files.DocumentsOf))
            foreach (var step in PatchOperations.Edits(document.Root, place.Difference))
                yield return SourceEdit.Of(step);
        foreach (var text in embedded)
            foreach (var step in PatchOperations.Edits(text.Root, place.Difference))
                if (text.With([step]) is { } edit) yield return edit;
    }

    // First where it is said, then where it could be: a patch that is there already, or what is patched.
    private List<SourceEdit> Objects(RenderedChange change, RenderedPlace place)
    {
        var all = SourcesOf(change)
            .Where(source => shared.Other(source.File) is null)
            .Select(source => (Text: (EmbeddedText?)null, Place: SourcePlace.Find(change, place.Difference, source.Node)))
            .Concat(embedded.Where(text => text.IsPatchOf(change.Id)).Select(text =>
                (Text: (EmbeddedText?)text, Place: SourcePlace.Find(change, place.Difference, (MappingNode)text.Root))))
            .ToList();
        var said = all.Where(static one => one.Place.IsThere);
        var added = all.Where(static one => !one.Place.IsThere)
            .OrderByDescending(static one => one.Place.Depth)
            .Take(FewAdditions);
        return [.. said.Concat(added).Select(one => EditOf(one.Text, one.Place)).OfType<SourceEdit>()];
    }

    private static SourceEdit? EditOf(EmbeddedText? text, SourcePlace place) => place.Steps() switch
    {
        { IsEmpty: true } => null,
        var steps => text is null ? SourceEdit.Of(steps) : text.With(steps),
    };

    // A patch that names its targets otherwise may say any name.
    private IEnumerable<RawObject> SourcesOf(RenderedChange change)
    {
        var rendered = new RawObject((MappingNode)change.Change.Before!, "", change.Id.Kind, "");
        var named = new Origins(objects).SourcesOf(rendered);
        return named.Concat(objects.Where(one =>
            one.Kind == change.Id.Kind && sources.Patches.Contains(one.File) && !named.Exists(other => other.Node == one.Node)));
    }
}
