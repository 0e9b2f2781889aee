using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>The kinds of place that a run of a script can come to.</summary>
public enum PlaceKind
{
    /// <summary>A statement, or the one expression of an arrow or of a YAML rule.</summary>
    Statement,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A call of <c>deny</c>, <c>warn</c> or <c>audit</c>. What comes of it only the host knows.</summary>
    Report,

    /// <summary>The condition of an <c>if</c>, or of a YAML rule.</summary>
    If,

    /// <summary>The condition of <c>a ? b : c</c>.</summary>
    Choice,

    /// <summary><c>&amp;&amp;</c>, at its right side.</summary>
    And,

    /// <summary><c>||</c>, at its right side.</summary>
    Or,

    /// <summary><c>??</c>, at its right side.</summary>
    Coalesce,

    /// <summary>The right side of <c>&amp;&amp;=</c>, <c>||=</c> or <c>??=</c>.</summary>
    LogicalAssignment,

    /// <summary>The value before a <c>?.</c>.</summary>
    OptionalLink,

    /// <summary>A <c>case</c> or <c>default</c>.</summary>
    Case,

    /// <summary>The body of a <c>catch</c>.</summary>
    Catch,

    /// <summary>An operator or value of a <c>require</c> or <c>forbid</c> of a YAML rule.</summary>
    Pattern,
}

/// <summary>A place that a run can come to. The same text loaded twice gives equal places.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Location">Where a person should look.</param>
/// <param name="Name">For a function its name, for a report the action, for a pattern its operator; else empty.</param>
/// <param name="Ordinal">Tells places of one kind at one location apart.</param>
public sealed record ScriptPlace(PlaceKind Kind, SourceLocation Location, string Name, int Ordinal)
{
    private static readonly ImmutableArray<string> Once = ["reached"];
    private static readonly ImmutableArray<string> Truths = ["true", "false"];
    private static readonly ImmutableArray<string> Sides = ["decided by the left side", "right side evaluated"];
    private static readonly ImmutableArray<string> Links = ["nothing there", "something there"];
    private static readonly ImmutableArray<string> Fits = ["matched", "not matched"];

    /// <summary>It can go more than one way, or need not be gone at all.</summary>
    public bool IsBranch => Kind > PlaceKind.Report;

    /// <summary>The ways it can go, in the order in which observers number them.</summary>
    public ImmutableArray<string> Outcomes => Kind switch
    {
        PlaceKind.If or PlaceKind.Choice => Truths,
        PlaceKind.And or PlaceKind.Or or PlaceKind.Coalesce => Sides,
        PlaceKind.OptionalLink => Links,
        PlaceKind.Pattern => Fits,
        _ => Once,
    };

    /// <summary>The construct as a person would name it.</summary>
    public string Construct => Kind switch
    {
        PlaceKind.If => Name.Length > 0 ? $"`{Name}`" : "`if`",
        PlaceKind.Choice => "`? :`",
        PlaceKind.And => "`&&`",
        PlaceKind.Or => "`||`",
        PlaceKind.Coalesce => "`??`",
        PlaceKind.LogicalAssignment => "the assignment",
        PlaceKind.OptionalLink => "`?.`",
        PlaceKind.Case => Name.Length > 0 ? $"`{Name}`" : "`case`",
        PlaceKind.Catch => "`catch`",
        PlaceKind.Pattern => $"`{Name}`",
        PlaceKind.Function => $"function `{Name}`",
        PlaceKind.Report => $"`{Name}`",
        _ => "statement",
    };
}
