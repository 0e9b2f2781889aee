using System.Collections.Frozen;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>Reads scripts for what they say, for tools that look at rules without running them.</summary>
public static class ScriptAnalysis
{
    private static readonly FrozenSet<string> Globals = Intrinsics.Globals.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The facts about a module; null when it does not parse.</summary>
    public static ScriptFacts? OfModule(SourceFile file, string text)
    {
        if (!Parser.ParseModule(file, text, Globals).TryGet(out var module)) return null;
        var collector = new FactCollector(file);
        collector.AddImports(module);
        collector.Walk(module);
        collector.AddUnused(module.Exports.Select(static export => export.Local?.Binding).OfType<Binding>());
        return collector.ToFacts(null) with
        {
            Imports = [.. module.Requests.Select(static request => request.Specifier)],
            DefaultExport = LiteralShape.OfDefaultExport(module),
        };
    }

    /// <summary>The facts about one expression; null when it does not parse.</summary>
    /// <param name="file">The file that holds the expression.</param>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where in the file its first character is.</param>
    /// <param name="names">Names of parameters and of the host's that it may use.</param>
    public static ScriptFacts? OfExpression(SourceFile file, string text, TextOrigin at, IEnumerable<string> names) =>
        Of(file, Parser.ParseExpression(file, text, at, [], Visible(names)));

    /// <summary>The facts about a text with <c>${…}</c> in it; null when it does not parse.</summary>
    public static ScriptFacts? OfTemplate(SourceFile file, string text, TextOrigin at, IEnumerable<string> names) =>
        Of(file, Parser.ParseTemplate(file, text, at, [], Visible(names)));

    private static HashSet<string> Visible(IEnumerable<string> names) => [.. Globals, .. names];

    private static ScriptFacts? Of(SourceFile file, Loaded<Function> parsed)
    {
        if (!parsed.TryGet(out var function)) return null;
        var collector = new FactCollector(file);
        collector.Walk(function);
        collector.AddUnused([]);
        return collector.ToFacts(((Return)function.Body[0]).Value);
    }
}
