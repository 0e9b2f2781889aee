using System.Collections.Frozen;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Test262;

/// <summary>
/// The files of <c>harness/</c>: <c>assert.js</c> and <c>sta.js</c> before every test, and those that it includes.
/// </summary>
internal sealed class Harness(string folder)
{
    private readonly Dictionary<string, Loaded<HarnessScript>> loaded = new(StringComparer.Ordinal);

    /// <summary>The files as one script, which each test runs anew.</summary>
    public Loaded<HarnessScript> Load(IReadOnlyList<string> includes, FrozenDictionary<string, Value> globals)
    {
        var key = string.Join(' ', includes);
        if (!loaded.TryGetValue(key, out var script)) loaded[key] = script = Read(["assert.js", "sta.js", .. includes], globals);
        return script;
    }

    private Loaded<HarnessScript> Read(IEnumerable<string> names, FrozenDictionary<string, Value> globals)
    {
        var text = new StringBuilder();
        foreach (var name in names.Distinct())
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                return new Loaded<HarnessScript>([new Problem(
                    new SourceLocation(path, 0, 0), $"there is no `{name}` in the harness")]);
            text.Append(File.ReadAllText(path)).Append('\n');
        }

        var file = new TextFile("harness", ReadOnlyMemory<byte>.Empty);
        var parsed = Parser.ParseModule(file, text.ToString(), globals.Keys.ToFrozenSet(StringComparer.Ordinal), Dialect.Script);
        return parsed.TryGet(out var syntax)
            ? new Loaded<HarnessScript>(new HarnessScript(file, text.ToString(), syntax))
            : new Loaded<HarnessScript>(parsed.Problems);
    }
}

/// <summary>Harness files that have been read.</summary>
internal sealed class HarnessScript(SourceFile file, string text, Module syntax)
{
    /// <summary>Runs the script and adds the names it declares to those that tests see.</summary>
    public void Run(ScriptRun run, FrozenDictionary<string, Value> globals, Dictionary<string, Value> names)
    {
        var scope = new HeapScope(null, syntax.Scope.HeapSlots);
        if (!Compiler.Compile(file, text, syntax, globals, scope).TryGet(out var code))
            throw new InvalidOperationException("The harness does not compile.");
        run.RunTopLevel(code, scope);
        foreach (var binding in syntax.Scope.Bindings) names[binding.Name] = scope.Slots[binding.Slot];
    }
}
