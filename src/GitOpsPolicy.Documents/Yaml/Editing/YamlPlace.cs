using YamlDotNet.Core;

namespace GitOpsPolicy.Documents;

/// <summary>How one value is written.</summary>
internal enum YamlForm
{
    /// <summary>A mapping or list in lines of its own.</summary>
    Block,

    /// <summary>A mapping or list in brackets.</summary>
    Flow,

    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>An alias, which is written elsewhere.</summary>
    Alias,
}

/// <summary>Where one value of a YAML text is written, in UTF-16 units from its start.</summary>
internal sealed class YamlPlace
{
    /// <summary>How it is written.</summary>
    public required YamlForm Form { get; init; }

    /// <summary>Where it starts, its anchor and tag included.</summary>
    public required int Start { get; init; }

    /// <summary>The column it starts at, from 0.</summary>
    public required int Column { get; init; }

    /// <summary>Where its last character ends.</summary>
    public int End { get; set; }

    /// <summary>How a scalar is written.</summary>
    public ScalarStyle Style { get; init; }

    /// <summary>It is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>It has an anchor or a tag.</summary>
    public bool HasProperties { get; init; }

    /// <summary>What holds it; null for a root.</summary>
    public YamlPlace? Parent { get; init; }

    /// <summary>
    /// For the value of a mapping: where its key starts and ends, the anchor of the key included. Else the value's own start.
    /// </summary>
    public (int Start, int End) Key { get; init; }

    /// <summary>What it holds, in the order of the text.</summary>
    public List<YamlPlace> Children { get; } = [];

    /// <summary>One of its keys is <c>&lt;&lt;</c>, so that what it holds is not all that it says.</summary>
    public bool Merges { get; set; }

    /// <summary>It stands in brackets, itself or by something around it.</summary>
    public bool IsInFlow => Form == YamlForm.Flow || Parent is { IsInFlow: true };

    /// <summary>Where it starts as a part of what holds it: its key, or itself.</summary>
    public int EntryStart => Parent is { IsList: false } ? Key.Start : Start;
}
