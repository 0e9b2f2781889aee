using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script;

/// <summary>Where a text that is part of a bigger file stands in it.</summary>
/// <param name="Start">Where its first character is.</param>
/// <param name="Margin">How many columns its later lines are indented by, as those of a YAML block are; 0 where they start with
/// lines of the file.</param>
public readonly record struct TextOrigin(SourcePosition Start, int Margin = 0)
{
    /// <summary>A text whose later lines, if any, start where lines of the file do.</summary>
    public static implicit operator TextOrigin(SourcePosition start) => new(start);

    /// <summary>Where the rest of the text stands, without so many characters of its first line.</summary>
    public TextOrigin Skip(int columns) => this with { Start = Start with { Column = Start.Column + columns } };
}
