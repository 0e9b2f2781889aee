using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>An expression of a YAML rule with what can be told of it.</summary>
/// <param name="Role">The field it stands in: <c>when</c>, <c>forEach</c>, <c>message</c>, <c>where</c>, <c>fix</c>,
/// <c>variable</c>, <c>pattern</c>.</param>
/// <param name="Node">The expression.</param>
/// <param name="Facts">What can be told of it.</param>
internal sealed record LintExpression(string Role, ScalarNode Node, ScriptFacts Facts);

/// <summary>A rule as <c>lint</c> looks at it.</summary>
internal sealed record LintSubject
{
    /// <summary>What it says about itself.</summary>
    public required RuleMetadata Metadata { get; init; }

    /// <summary>The <c>spec</c> of a YAML rule; null for a JavaScript rule.</summary>
    public MappingNode? Spec { get; init; }

    /// <summary>The expressions of a YAML rule, in the order of the file.</summary>
    public ImmutableArray<LintExpression> Expressions { get; init; } = [];

    /// <summary>What can be told of the module of a JavaScript rule; null for a YAML rule.</summary>
    public ScriptFacts? Module { get; init; }

    /// <summary>The text of a JavaScript rule; null for a YAML rule.</summary>
    public string? Text { get; init; }

    /// <summary>What can be told of all of its code.</summary>
    public IEnumerable<ScriptFacts> Code => Module is null ? Expressions.Select(static expression => expression.Facts) : [Module];

    /// <summary>The fields it writes about itself.</summary>
    public bool Says(string field) =>
        Spec is null ? Module!.DefaultExport is not { } shape || shape.Member(field) is not null : Spec.IndexOf(field) >= 0;

    /// <summary>Where a field stands, or the nearest around it that is written out.</summary>
    public SourceLocation PlaceOf(params ReadOnlySpan<string> path) =>
        Spec is null ? PlaceInScript(path) : PlaceInYaml(Spec, path);

    /// <summary>A finding about this rule.</summary>
    public LintFinding Find(string lint, SourceLocation at, string message) => new(LintRule.Of(lint), at, message, Metadata.Name);

    private SourceLocation PlaceInYaml(MappingNode spec, ReadOnlySpan<string> path)
    {
        var place = Metadata.Location;
        Node? at = spec;
        foreach (var step in path)
        {
            if (at is not MappingNode mapping || mapping.IndexOf(step) is not (var index and >= 0)) break;
            place = mapping.Document!.Source.At(mapping.Entries[index].KeyPosition);
            at = mapping.Entries[index].Value;
        }

        return place;
    }

    private SourceLocation PlaceInScript(ReadOnlySpan<string> path)
    {
        var place = Metadata.Location;
        LiteralShape? at = Module!.DefaultExport;
        foreach (var step in path)
        {
            if (at?.Member(step) is not var (key, value)) break;
            place = new(place.File, key.Line, key.Column);
            at = value;
        }

        return place;
    }
}
