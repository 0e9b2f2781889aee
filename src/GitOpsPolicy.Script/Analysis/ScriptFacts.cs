using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>What can be told of a script without running it. Every list is in the order of the source.</summary>
public sealed record ScriptFacts
{
    /// <summary>Names that are declared or imported and never used.</summary>
    public required ImmutableArray<DeclaredName> UnusedNames { get; init; }

    /// <summary>Every name that is used, declared here or not.</summary>
    public required ImmutableHashSet<string> UsedNames { get; init; }

    /// <summary>
    /// Reads of properties by fixed names: <c>params.limit</c>, <c>params["limit"]</c>, <c>const { limit } = params</c>.
    /// </summary>
    public required ImmutableArray<PropertyRead> Reads { get; init; }

    /// <summary>
    /// Names whose value goes where it cannot be followed: given to what is not declared here, read by a computed name, spread.
    /// </summary>
    public required ImmutableHashSet<string> UsedWhole { get; init; }

    /// <summary>Names whose value is given to functions that are declared here.</summary>
    public required ImmutableHashSet<string> PassedOn { get; init; }

    /// <summary>Calls of <c>report.deny</c> and its sisters.</summary>
    public required ImmutableArray<ReportCall> Reports { get; init; }

    /// <summary>Where <c>==</c> or <c>!=</c> compares with something else than <c>null</c>.</summary>
    public required ImmutableArray<SourceLocation> LooseComparisons { get; init; }

    /// <summary>Comparisons of a path, such as <c>change.operation</c>, with a text.</summary>
    public required ImmutableArray<TextComparison> Comparisons { get; init; }

    /// <summary>Conditions that are the same whatever the input.</summary>
    public required ImmutableArray<ConstantCondition> ConstantConditions { get; init; }

    /// <summary>Regular expressions that are written out.</summary>
    public required ImmutableArray<WrittenPattern> Patterns { get; init; }

    /// <summary>Statements that no run gets to, the first of each list of statements.</summary>
    public required ImmutableArray<SourceLocation> Unreachable { get; init; }

    /// <summary>
    /// What the value of the default export or of the expression is made of; for a module without a default export, the kind that
    /// may come from anywhere.
    /// </summary>
    public required ValueShape Result { get; init; }

    /// <summary>The truth value of the expression where it is the same whatever the input; null for a module.</summary>
    public bool? ConstantResult { get; init; }

    /// <summary>Specifiers of the modules imported.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>Where the parts of the default export stand; null when it is no literal.</summary>
    public LiteralShape? DefaultExport { get; init; }
}

/// <summary>A name with its declaration.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">In a word: <c>import</c>, <c>variable</c>, <c>function</c>, <c>class</c>, <c>parameter</c>.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record DeclaredName(string Name, string Kind, SourceLocation Location);

/// <summary>A property read by a fixed name.</summary>
/// <param name="Object">The name or the last step of what is read from: <c>params</c> in <c>params.limit</c> and in
/// <c>tools.params.limit</c>; empty for anything else.</param>
/// <param name="Property">The property.</param>
/// <param name="Location">Where its name stands.</param>
public sealed record PropertyRead(string Object, string Property, SourceLocation Location);

/// <summary>A call that reports a finding.</summary>
/// <param name="Action">The method: <c>deny</c>, <c>warn</c> or <c>audit</c>.</param>
/// <param name="Location">Where the call starts.</param>
/// <param name="Place">What is given as the place; null when nothing is, or when it cannot be told.</param>
/// <param name="HasPlace">Something is given as the place, or it cannot be told.</param>
public sealed record ReportCall(string Action, SourceLocation Location, ValueShape? Place, bool HasPlace);

/// <summary>A path held against a text by <c>===</c>, <c>!==</c>, <c>==</c>, <c>!=</c> or a <c>case</c>.</summary>
/// <param name="Path">The path, dots between its steps.</param>
/// <param name="Text">The text.</param>
/// <param name="Location">Where the comparison starts.</param>
public sealed record TextComparison(string Path, string Text, SourceLocation Location);

/// <summary>A condition with one answer.</summary>
/// <param name="IsTrue">The answer.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ConstantCondition(bool IsTrue, SourceLocation Location);

/// <summary>A regular expression.</summary>
/// <param name="Pattern">Between the slashes.</param>
/// <param name="Flags">Behind them.</param>
/// <param name="Location">Where it stands.</param>
public sealed record WrittenPattern(string Pattern, string Flags, SourceLocation Location);

/// <summary>What a value is made of, as far as its expression says.</summary>
/// <param name="IsMade">The script makes it itself: it cannot have come from anywhere else.</param>
/// <param name="Path">The path it is read by, dots between its steps, such as <c>change.resource.name</c>; null for anything
/// else.</param>
/// <param name="HasMadeElements">It is a list whose elements the script makes itself.</param>
public sealed record ValueShape(bool IsMade, string? Path, bool HasMadeElements)
{
    /// <summary>A value of which nothing can be said.</summary>
    public static ValueShape Any { get; } = new(false, null, false);
}
