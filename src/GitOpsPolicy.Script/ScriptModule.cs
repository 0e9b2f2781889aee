using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary>
/// A module whose top level has been run, once. Everything it exports is frozen, so any number of runs may share it.
/// </summary>
/// <threadsafety>Safe from any thread; each run needs a <see cref="ScriptRun"/> of its own.</threadsafety>
public sealed class ScriptModule
{
    private readonly IReadOnlyDictionary<string, Value> exports;

    internal ScriptModule(SourceFile file, IReadOnlyDictionary<string, Value> exports) => (File, this.exports) = (file, exports);

    /// <summary>The file it was loaded from.</summary>
    public SourceFile File { get; }

    /// <summary>Where the parts of the default export stand; null when it is not written as an object literal.</summary>
    public LiteralShape? DefaultExport { get; internal init; }

    /// <summary>The names exported, in no particular order. The default export is <c>default</c>.</summary>
    public IEnumerable<string> ExportNames => exports.Keys;

    /// <summary>One export; false when the module has none of that name.</summary>
    public bool TryGetExport(string name, out Value value) => exports.TryGetValue(name, out value);
}

/// <summary>A module of the host's: names with functions and values. What it exports must not change.</summary>
/// <param name="name">What rules import it by, such as <c>gitops-policy/images</c>.</param>
/// <param name="exports">What it exports.</param>
public sealed class NativeModule(string name, IReadOnlyDictionary<string, Value> exports)
{
    /// <summary>What rules import it by.</summary>
    public string Name => name;

    /// <summary>What it exports.</summary>
    public IReadOnlyDictionary<string, Value> Exports => exports;
}

/// <summary>Finds the module that a script imports.</summary>
/// <param name="specifier">As written in the script: <c>./lib.js</c>, <c>gitops-policy/images</c>.</param>
/// <param name="importer">The file that imports it.</param>
public delegate ModuleResolution ModuleResolver(string specifier, SourceFile importer);

/// <summary>What came of looking for a module.</summary>
public abstract record ModuleResolution
{
    private ModuleResolution()
    {
    }

    /// <summary>A script.</summary>
    /// <param name="File">The file; its path tells modules apart, so two imports of one file share one module.</param>
    /// <param name="Text">Its text.</param>
    public sealed record Script(SourceFile File, string Text) : ModuleResolution;

    /// <summary>A module of the host's.</summary>
    /// <param name="Module">The module.</param>
    public sealed record Native(NativeModule Module) : ModuleResolution;

    /// <summary>There is no such module.</summary>
    /// <param name="Hint">What to write instead, for the message; null where there is nothing to say.</param>
    public sealed record NotFound(string? Hint = null) : ModuleResolution;
}

/// <summary>What loading one script may use.</summary>
/// <param name="Budget">The budget of its top level, imported modules not included.</param>
public sealed record ScriptLimits(ScriptBudget Budget)
{
    /// <summary>A hundredth of a second's work.</summary>
    public static ScriptLimits Default { get; } = new(new ScriptBudget(Fuel: 200_000, MemoryBytes: 8 << 20));

    /// <summary>What is done to the scripts besides compiling them; null for nothing.</summary>
    public Instrumentation.ScriptInstrumentation? Instrumentation { get; init; }
}
