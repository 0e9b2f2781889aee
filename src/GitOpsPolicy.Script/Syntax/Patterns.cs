using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Where a value goes: in declarations, parameters, catch clauses, loops and assignments.</summary>
internal abstract record Pattern(SourcePosition Start) : SyntaxNode(Start);

/// <summary>A name: declared here, or assigned, as the construct around says.</summary>
internal sealed record NameTarget(Identifier Name) : Pattern(Name.Start);

/// <summary>
/// A property to assign: a <see cref="Member"/>, <see cref="Index"/>, <see cref="PrivateMember"/> or <see cref="SuperMember"/>.
/// Never in a declaration.
/// </summary>
internal sealed record PropertyTarget(Expression Property) : Pattern(Property.Start);

/// <summary><c>[a, , b = 1, ...rest]</c>: an element is null for a hole.</summary>
internal sealed record ArrayPattern(
    SourcePosition Start, ImmutableArray<PatternElement?> Elements, Pattern? Rest) : Pattern(Start);

/// <summary><c>{ a, b: c = 1, ...rest }</c>.</summary>
internal sealed record ObjectPattern(
    SourcePosition Start, ImmutableArray<PatternProperty> Properties, Pattern? Rest) : Pattern(Start);

/// <summary>A target with the value it takes when given undefined.</summary>
internal sealed record PatternElement(Pattern Target, Expression? Default) : SyntaxNode(Target.Start);

/// <summary>One property taken apart.</summary>
internal sealed record PatternProperty(PropertyKey Key, PatternElement Element) : SyntaxNode(Key.Start);
