using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>Resources by the texts that a place of them holds.</summary>
internal sealed class TextIndex
{
    private readonly Dictionary<string, List<int>> byText = new(StringComparer.Ordinal);
    private readonly Lazy<string[]> sorted;

    /// <summary>An empty one.</summary>
    public TextIndex() => sorted = new(() => [.. byText.Keys.Order(StringComparer.Ordinal)]);

    /// <summary>Adds one, before the first search.</summary>
    public void Add(string text, int resource)
    {
        if (!byText.TryGetValue(text, out var list)) byText[text] = list = [];
        list.Add(resource);
    }

    /// <summary>Those that hold this text.</summary>
    public IReadOnlyList<int> Holding(string text) => byText.GetValueOrDefault(text) ?? [];

    /// <summary>Those that hold a text with this start.</summary>
    public IEnumerable<int> StartingWith(TextStart start)
    {
        var keys = sorted.Value;
        var at = Array.BinarySearch(keys, start.Head, StringComparer.Ordinal);
        for (var i = at < 0 ? ~at : at; i < keys.Length && keys[i].StartsWith(start.Head, StringComparison.Ordinal); i++)
        {
            if (!start.Fits(keys[i])) continue;
            foreach (var resource in byText[keys[i]]) yield return resource;
        }
    }
}

/// <summary>The start of texts: of a name as it is written, of a path below a folder, which may hold stars.</summary>
internal sealed class TextStart
{
    private readonly PathGlob? glob;

    private TextStart(string text)
    {
        var star = text.IndexOf('*', StringComparison.Ordinal);
        Head = star < 0 ? text : text[..star];
        glob = star < 0 ? null : new(text + "**");
    }

    /// <summary>What every text that fits starts with.</summary>
    public string Head { get; }

    /// <summary>The head is all there is.</summary>
    public bool IsPlain => glob is null;

    /// <summary>
    /// The start; null for the root of a repository, which may be any repository's, and for what a template leaves open.
    /// </summary>
    public static TextStart? Of(string text, bool isFolder)
    {
        if (!isFolder) return new(text);
        text = (text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text).Trim('/');
        return text is "" or "." || text.Contains("{{", StringComparison.Ordinal) ? null : new(text + "/");
    }

    /// <summary>A text starts like this.</summary>
    public bool Fits(string text) => glob?.Matches(text) ?? text.StartsWith(Head, StringComparison.Ordinal);
}
