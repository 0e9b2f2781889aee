using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// One construct of a rule's JavaScript. The family is closed: every construct is a sealed record in this folder, and what the
/// language refuses never becomes a node. A tree is at most <see cref="SyntaxLimits.MaxDepth"/> deep, left-leaning chains
/// included, so stages after the parser may recurse over it.
/// </summary>
/// <param name="Start">Where the construct starts.</param>
internal abstract record SyntaxNode(SourcePosition Start)
{
    /// <summary>A node equals itself only: two uses of the same name are two nodes, and comparing never walks a tree.</summary>
    public virtual bool Equals(SyntaxNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>How much source the parser takes.</summary>
internal static class SyntaxLimits
{
    /// <summary>UTF-16 code units of one source text.</summary>
    public const int MaxSourceLength = 64 * 1024;

    /// <summary>Nodes of one tree.</summary>
    public const int MaxNodes = 25_000;

    /// <summary>Levels of one tree, counted from the root.</summary>
    public const int MaxDepth = 200;

    /// <summary>Problems reported for one text; the rest would mostly be echoes.</summary>
    public const int MaxProblems = 20;
}

/// <summary>A parsed and resolved module.</summary>
/// <param name="Body">Statements in source order, without import declarations and re-exports.</param>
/// <param name="Imports">What is imported, in source order.</param>
/// <param name="Exports">What is exported.</param>
internal sealed record Module(
    ImmutableArray<Statement> Body, ImmutableArray<ImportDeclaration> Imports, ImmutableArray<ExportEntry> Exports)
    : SyntaxNode(new SourcePosition(1, 1))
{
    /// <summary>The bindings of the top level; each of them lives in the heap part of this scope.</summary>
    public Scope Scope { get; set; } = null!;

    /// <summary>Frame slots that evaluating the top level needs.</summary>
    public int FrameSlots { get; set; }

    /// <summary>
    /// The distinct module specifiers that imports and re-exports name, in source order: what must be loaded first.
    /// </summary>
    public ImmutableArray<ModuleRequest> Requests { get; init; } = [];
}

/// <summary>A module that another one needs.</summary>
/// <param name="Specifier">As written: <c>./lib.js</c> or <c>gitops-policy/images</c>.</param>
/// <param name="Start">Where the first such specifier is.</param>
internal readonly record struct ModuleRequest(string Specifier, SourcePosition Start);

/// <summary><c>import … from "specifier"</c>.</summary>
internal sealed record ImportDeclaration(
    SourcePosition Start, string Specifier, SourcePosition SpecifierStart, ImmutableArray<ImportedName> Names)
    : SyntaxNode(Start);

/// <summary>One imported name.</summary>
/// <param name="Imported">The name that the other module exports; <c>default</c>; or null for the namespace (<c>* as
/// ns</c>).</param>
/// <param name="Local">The name here. Its binding has kind <see cref="BindingKind.Import"/> and a heap slot of the module
/// scope.</param>
internal sealed record ImportedName(SourcePosition Start, string? Imported, Identifier Local) : SyntaxNode(Start);

/// <summary>One exported name.</summary>
/// <param name="Exported">The name others see; null for <c>export * from</c>.</param>
/// <param name="Local">The binding exported; null for a re-export.</param>
/// <param name="From">The module re-exported from; null for an export of this module's own.</param>
/// <param name="Imported">For a re-export, the name in the other module; null for its namespace or for <c>export *
/// from</c>.</param>
internal sealed record ExportEntry(
    SourcePosition Start, string? Exported, Identifier? Local, string? From, string? Imported) : SyntaxNode(Start);
