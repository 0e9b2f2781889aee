using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Fixing.Rendered;

/// <summary>
/// Where the values of a chart may say what its objects say. Nothing tells which value a rendered text comes from, so every value
/// that could be it is proposed, and rendering tells. Templates are not edited.
/// </summary>
internal sealed class ChartEdits : ISourceEdits
{
    private readonly List<MappingNode> named;
    private readonly MappingNode? defaults;

    /// <summary>Reads the values of a chart.</summary>
    /// <param name="files">The files.</param>
    /// <param name="render">The chart's folder, and the values files of whoever renders it.</param>
    public ChartEdits(AdoptionFiles files, AdoptionRender render)
    {
        named = [.. render.ValuesFiles.Reverse().Select(file => RootOf(files, file)).OfType<MappingNode>()];
        defaults = RootOf(files, RenderTarget.Join(render.Folder, "values.yaml"));
    }

    // The chart's own values are for everybody who uses it: where there are files for this release, those say what is special
    // here.
    private IEnumerable<MappingNode> Edited => named.Count > 0 ? named : defaults is null ? [] : [defaults];

    /// <inheritdoc/>
    public IEnumerable<SourceEdit> For(RenderedChange change, RenderedPlace place)
    {
        var match = new ValueMatch(change.Change.Before!, place.Difference);
        var found = Edited.SelectMany(match.In).ToList();
        if (named.Count > 0 && defaults is not null)
            found.AddRange(match.In(defaults)
                .Select(one => one with { Steps = Overriding(one) })
                .Where(static one => one.Steps.Length > 0));
        return found.OrderBy(static one => one.Rank).Select(static one => SourceEdit.Of([.. one.Steps]));
    }

    /// <inheritdoc/>
    public AdoptionRefusal? LeftOut(RenderedChange change, RenderedPlace place) => null;

    // What the chart says by itself is said anew in the file that counts last.
    private FixStep[] Overriding(ValueEdit edit)
    {
        if (edit.Steps is not [FixStep.Set set]) return [];
        var (at, steps) = ((Node)named[0], JsonPointer.Parse(set.Scalar.Pointer));
        for (var i = 0; i < steps.Length; i++)
        {
            if (at is not MappingNode mapping) return [];
            if (mapping[steps[i]] is { } next)
            {
                at = next;
                continue;
            }

            Node value = set.To;
            for (var j = steps.Length - 1; j > i; j--) value = new MappingNode([new(steps[j], default, value)]);
            return [new FixStep.Add(mapping, steps[i], value)];
        }

        return [];
    }

    private static MappingNode? RootOf(AdoptionFiles files, string path) =>
        files.DocumentsOf(path) is [{ Root: MappingNode root }] ? root : null;
}
