using GitOpsPolicy.Documents;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Test262;

/// <summary>Runs a test that is a module, with what it imports from the files beside it.</summary>
internal static class ModuleTest
{
    /// <summary>Loads the module inside of <paramref name="run"/>: what it throws comes out as it is.</summary>
    public static Ending Execute(TestFile test, IReadOnlyDictionary<string, Value> globals, ScriptRun run)
    {
        var loader = new ModuleLoader(Resolve, new ScriptLimits(run.Budget), Dialect.Module, globals) { Run = run };
        var loaded = loader.Load(new TextFile(test.FullPath, ReadOnlyMemory<byte>.Empty), test.Text);
        return loaded.TryGet(out _) ? new Ending.Normal() : Ending.OfProblems(loaded.Problems);
    }

    private static ModuleResolution Resolve(string specifier, SourceFile importer)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(importer.Path)!, specifier));
        return File.Exists(path)
            ? new ModuleResolution.Script(new TextFile(path, ReadOnlyMemory<byte>.Empty), File.ReadAllText(path))
            : new ModuleResolution.NotFound();
    }
}
