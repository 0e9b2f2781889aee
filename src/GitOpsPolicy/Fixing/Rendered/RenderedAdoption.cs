using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Takes over what lives otherwise of objects that a tool makes: an edit of the files they come from is proposed, everything is
/// rendered with it in memory, and it is taken only when what comes out is exactly what lives.
/// </summary>
internal sealed class RenderedAdoption
{
    private const int MostTries = 12;

    // A rendering takes a tenth of a second; somebody waits for it.
    private const int MostRenders = 200;

    private readonly AdoptionFiles files;
    private readonly ISourceEdits edits;
    private readonly RenderProof proof;

    private RenderedAdoption(AdoptionFiles files, ISourceEdits edits, RenderProof proof) =>
        (this.files, this.edits, this.proof) = (files, edits, proof);

    /// <summary>Looks for the edits.</summary>
    /// <param name="files">The files of the commit.</param>
    /// <param name="changes">What lives otherwise.</param>
    /// <param name="render">How the files are rendered; null where that is not known.</param>
    /// <returns>What became of each place.</returns>
    public static IEnumerable<AdoptedPlace> Find(
        AdoptionFiles files, IReadOnlyList<RenderedChange> changes, AdoptionRender? render)
    {
        using var opened = render is null ? null : RenderProof.Open(files.Tree, render, changes);
        var (adoption, otherwise) = (opened, render is null ? null : EditsOf(files, render)) switch
        {
            ({ } held, { } found) => (new RenderedAdoption(files, found, held), AdoptionRefusals.Rendered),
            (null, { }) => (null, AdoptionRefusals.Unsteady),
            _ => (null, AdoptionRefusals.Rendered),
        };
        foreach (var change in changes)
        {
            foreach (var place in change.Places.Where(static place => place is { IsWanted: true, IsTaken: false }))
            {
                var refusal = adoption is null ? otherwise : adoption.Take(change, place);
                if (refusal is not null) place.Leave(refusal);
            }
        }

        return [.. changes.SelectMany(static change => change.Places).Select(static place => place.Told)];
    }

    private static ISourceEdits? EditsOf(AdoptionFiles files, AdoptionRender render) =>
        RenderTargets.Find(files.Tree, render.Folder) switch
        {
            RenderKind.Kustomization => new KustomizationEdits(files, render.Folder),
            RenderKind.Chart => new ChartEdits(files, render),
            _ => null,
        };

    private AdoptionRefusal? Take(RenderedChange change, RenderedPlace place)
    {
        AdoptionRefusal? told = null;
        foreach (var edit in edits.For(change, place).Take(MostTries))
        {
            if (proof.Renders >= MostRenders) return AdoptionRefusals.TooMany;
            if (Try(edit, place) is not { } refusal) return null;
            if (told is null || told == AdoptionRefusals.Rendered) told = refusal;
        }

        return told is null || told == AdoptionRefusals.Rendered
            ? edits.LeftOut(change, place) ?? AdoptionRefusals.Rendered
            : told;
    }

    private AdoptionRefusal? Try(SourceEdit edit, RenderedPlace place)
    {
        if (files.Of(edit.Document) is not { } file) return AdoptionRefusals.NotEditable;
        if (AdoptionFiles.IsEncrypted((TextFile)edit.Document.Source, [edit.Document])) return AdoptionRefusals.Encrypted;
        if (file.Find(edit.Steps, out var made) is { } why) return AdoptionRefusals.ByHand(why);
        if (files.ShowsSecret(edit.Document, made)) return AdoptionRefusals.ByHand(EditedFiles.NearSecret);
        if (TextEdit.InOrder(file.Edits.Concat(made)) is not { } all) return AdoptionRefusals.InTheWay;
        var says = Encoding.UTF8.GetBytes((file.HasMark ? "\uFEFF" : "") + TextEdit.Apply(file.Text, all));
        if (proof.Try(file.Name, says, place, out var taken) is { } refusal) return refusal;
        if (!file.TryTake(edit.Steps, made))
        {
            proof.TakeBack();
            return AdoptionRefusals.InTheWay;
        }

        foreach (var one in taken) one.Take(edit.Where);
        return null;
    }
}
