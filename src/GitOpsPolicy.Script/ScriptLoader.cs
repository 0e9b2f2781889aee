using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary>Loads rules' JavaScript. Every problem of a text is reported, not only the first.</summary>
public static class ScriptLoader
{
    /// <summary>Loads a module: parses it and what it imports, runs each top level once, freezes what they made.</summary>
    /// <param name="file">The file, for the places of problems and errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="resolver">Finds what the module imports.</param>
    /// <param name="limits">What loading may use; null for <see cref="ScriptLimits.Default"/>.</param>
    public static Loaded<ScriptModule> LoadModule(SourceFile file, string text, ModuleResolver resolver, ScriptLimits? limits = null) =>
        throw new NotSupportedException("The compiler is not in place yet.");

    /// <summary>Loads one expression as a function of <paramref name="parameters"/>.</summary>
    /// <param name="file">The file that holds the expression.</param>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where in the file its first character is.</param>
    /// <param name="parameters">The names of the parameters, in order.</param>
    /// <param name="scope">Values and functions of the host's that the expression sees by name.</param>
    public static Loaded<ScriptFunction> LoadExpression(
        SourceFile file, string text, SourcePosition at, IReadOnlyList<string> parameters, IReadOnlyDictionary<string, Value> scope) =>
        throw new NotSupportedException("The compiler is not in place yet.");

    /// <summary>Loads a text with <c>${…}</c> in it as a function of <paramref name="parameters"/> that gives the text filled in.</summary>
    /// <param name="file">The file that holds the text.</param>
    /// <param name="text">What would stand between the backticks of a template literal.</param>
    /// <param name="at">Where in the file its first character is.</param>
    /// <param name="parameters">The names of the parameters, in order.</param>
    /// <param name="scope">Values and functions of the host's that the expressions see by name.</param>
    public static Loaded<ScriptFunction> LoadTemplate(
        SourceFile file, string text, SourcePosition at, IReadOnlyList<string> parameters, IReadOnlyDictionary<string, Value> scope) =>
        throw new NotSupportedException("The compiler is not in place yet.");
}
