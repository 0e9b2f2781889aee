using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script;

/// <summary>Loads rules' JavaScript. Every problem of a text is reported, not only the first.</summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public static class ScriptLoader
{
    // Rules of one set share their scope, so what is made from it is made once.
    private static readonly ConditionalWeakTable<IReadOnlyDictionary<string, Value>, VisibleNames> Scopes = [];

    /// <summary>Loads a module: parses it and what it imports, runs each top level once, freezes what they made.</summary>
    /// <param name="file">The file, for the places of problems and errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="resolver">Finds what the module imports.</param>
    /// <param name="limits">What loading may use; null for <see cref="ScriptLimits.Default"/>.</param>
    public static Loaded<ScriptModule> LoadModule(
        SourceFile file, string text, ModuleResolver resolver, ScriptLimits? limits = null) =>
        new ModuleLoader(resolver, limits ?? ScriptLimits.Default).Load(file, text);

    /// <summary>Loads one expression as a function of <paramref name="parameters"/>.</summary>
    /// <param name="file">The file that holds the expression.</param>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where in the file it stands.</param>
    /// <param name="parameters">The names of the parameters, in order.</param>
    /// <param name="scope">Values and functions of the host's that the expression sees by name. Must not change
    /// afterwards.</param>
    /// <param name="instrumentation">What is done to it besides compiling it; null for nothing.</param>
    public static Loaded<ScriptFunction> LoadExpression(
        SourceFile file, string text, TextOrigin at, IReadOnlyList<string> parameters, IReadOnlyDictionary<string, Value> scope,
        ScriptInstrumentation? instrumentation = null)
    {
        var visible = Scopes.GetValue(scope, VisibleNames.Of);
        return Compiled(file, text, visible, Parser.ParseExpression(file, text, at, parameters, visible.Names), instrumentation);
    }

    /// <summary>
    /// Loads a text with <c>${…}</c> in it as a function of <paramref name="parameters"/> that gives the text filled in.
    /// </summary>
    /// <param name="file">The file that holds the text.</param>
    /// <param name="text">What would stand between the backticks of a template literal.</param>
    /// <param name="at">Where in the file it stands.</param>
    /// <param name="parameters">The names of the parameters, in order.</param>
    /// <param name="scope">Values and functions of the host's that the expressions see by name. Must not change
    /// afterwards.</param>
    /// <param name="instrumentation">What is done to it besides compiling it; null for nothing.</param>
    public static Loaded<ScriptFunction> LoadTemplate(
        SourceFile file, string text, TextOrigin at, IReadOnlyList<string> parameters, IReadOnlyDictionary<string, Value> scope,
        ScriptInstrumentation? instrumentation = null)
    {
        var visible = Scopes.GetValue(scope, VisibleNames.Of);
        return Compiled(file, text, visible, Parser.ParseTemplate(file, text, at, parameters, visible.Names), instrumentation);
    }

    private static Loaded<ScriptFunction> Compiled(
        SourceFile file, string text, VisibleNames visible, Loaded<Function> parsed, ScriptInstrumentation? instrumentation)
    {
        if (!parsed.TryGet(out var function)) return new Loaded<ScriptFunction>(parsed.Problems);
        var compiled = Compiler.Compile(file, text, function, visible.Values, Instruments.For(file, function, instrumentation));
        if (!compiled.TryGet(out var code)) return new Loaded<ScriptFunction>(compiled.Problems);
        var closure = new Closure(code, null, Intrinsics.FunctionPrototype);
        closure.Freeze();
        return new Loaded<ScriptFunction>(closure);
    }

    /// <summary>The names an expression sees besides its parameters: the host's, and those of the language.</summary>
    private sealed record VisibleNames(FrozenSet<string> Names, IReadOnlyDictionary<string, Value> Values)
    {
        public static VisibleNames Of(IReadOnlyDictionary<string, Value> scope)
        {
            var values = new Dictionary<string, Value>(Intrinsics.Globals, StringComparer.Ordinal);
            foreach (var (name, value) in scope) values[name] = value;
            return new VisibleNames(values.Keys.ToFrozenSet(StringComparer.Ordinal), values);
        }
    }
}
