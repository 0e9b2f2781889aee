using System.Collections.Immutable;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>
/// A text of <c>cascades.yaml</c> with places of the deleted object in it: <c>{/spec/group}/{/spec/names/kind}</c>.
/// </summary>
internal sealed class TextTemplate
{
    private const string Rest = "**";

    private readonly ImmutableArray<(string Text, ImmutableArray<Place> Places)> parts;

    /// <summary>Reads a template.</summary>
    public TextTemplate(string written)
    {
        IsPrefix = written.EndsWith(Rest, StringComparison.Ordinal);
        var found = ImmutableArray.CreateBuilder<(string, ImmutableArray<Place>)>();
        var left = IsPrefix ? written[..^Rest.Length] : written;
        while (left.Length > 0)
        {
            var open = left.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : left.IndexOf('}', open);
            if (close < 0)
            {
                found.Add((left, []));
                break;
            }

            found.Add((left[..open], [.. left[(open + 1)..close].Split('|').Select(place => new Place(place))]));
            left = left[(close + 1)..];
        }

        parts = found.ToImmutable();
    }

    /// <summary>Whatever starts with the text fits.</summary>
    public bool IsPrefix { get; }

    /// <summary>The texts that it comes to; none where a place is empty, as nothing is known then.</summary>
    public IEnumerable<string> TextsFor(Change deleted)
    {
        var texts = new List<string> { "" };
        foreach (var (text, places) in parts)
        {
            if (places.IsEmpty)
            {
                texts = texts.ConvertAll(start => start + text);
                continue;
            }

            var values = places.Select(place => place.TextsOf(deleted).ToList()).FirstOrDefault(values => values.Count > 0) ?? [];
            texts = [.. texts.SelectMany(start => values.Select(value => start + text + value))];
        }

        return texts;
    }
}
