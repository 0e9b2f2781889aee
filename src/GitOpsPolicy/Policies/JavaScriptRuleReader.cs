using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>Loads JavaScript files, and the rules among them.</summary>
/// <param name="modules">The built-in modules, by name.</param>
/// <param name="texts">Takes the text of every script read or imported.</param>
/// <param name="problems">Where mistakes go.</param>
/// <param name="instrumentation">What is done to them besides loading; null for nothing.</param>
internal sealed class JavaScriptRuleReader(
    IReadOnlyDictionary<string, NativeModule> modules, HashSet<string> texts, ProblemList problems,
    ScriptInstrumentation? instrumentation = null)
{
    private static readonly string[] CheckNames = ["check", "checkSet"];

    private readonly ScriptLimits limits = ScriptLimits.Default with { Instrumentation = instrumentation };

    /// <summary>Loads a file; null when it is broken, which has been reported, or a module for others to import.</summary>
    public JavaScriptRule? Read(FileTree tree, TextFile file, string text)
    {
        texts.Add(text);
        var loaded = ScriptLoader.LoadModule(file, text, (specifier, importer) => Resolve(tree, specifier, importer), limits);
        problems.AddRange(loaded.Problems);
        if (!loaded.TryGet(out var module)) return null;
        var isExported = module.TryGetExport("default", out var definition);
        try
        {
            if (isExported && Read(file, definition, module.DefaultExport, out var rule)) return rule;
            if (PolicyFiles.IsNamedAsRule(file.Path)) ReportNoRule(file, definition, module.DefaultExport);
            return null;
        }
        catch (ScriptException e)
        {
            problems.Add(e.Location == default ? new SourceLocation(file.Path, 0, 0) : e.Location, e.Message);
            return null;
        }
    }

    private void ReportNoRule(TextFile file, Value definition, LiteralShape? shape)
    {
        var names = definition.IsNullish ? [] : ValueReader.PropertyNames(new ScriptRun(new()), definition);
        var typo = names.FirstOrDefault(name => Suggestion.For(name, CheckNames).Length > 0);
        problems.Add(
            typo is not null && shape?.Member(typo) is { } member ? file.At(member.Key) : PlaceOf(file, shape),
            typo is null || CheckNames.Contains(typo)
                ? "the file is named as a rule, and its default export has no function `check` or `checkSet`"
                : $"the file is named as a rule, and its default export has no function `check` but `{typo}`{Suggestion.For(typo, CheckNames)}",
            "write `export default { name, title, check(change, { report }) { … } }`, or rename a module for others to import");
    }

    // False for what is no rule.
    private bool Read(TextFile file, Value definition, LiteralShape? shape, out JavaScriptRule? rule)
    {
        rule = null;
        var run = new ScriptRun(new());
        var hasCheck = ValueReader.TryGetProperty(run, definition, "check", out var check) && check.IsFunction;
        var hasCheckSet = ValueReader.TryGetProperty(run, definition, "checkSet", out var checkSet) && checkSet.IsFunction;
        if (!hasCheck && !hasCheckSet) return false;
        if (hasCheck && hasCheckSet)
            problems.Add(PlaceOf(file, shape), "the rule has both `check` and `checkSet`", "make two rules of it");
        if (ValueReader.IsGenerator(hasCheckSet ? checkSet : check))
            problems.Add(
                PlaceOf(file, shape), "the function of the rule is a generator, whose body nothing would run",
                "leave out the `*`");
        if (ValueNodes.FromLiteral(run, definition, shape) is not MappingNode written) return true;

        var document = new Document(file, 0, written);
        var fields = new FieldReader((MappingNode)document.Root, problems);
        var metadata = RuleMetadataReader.Read(
            RuleMetadataReader.ReadName(fields), document.Root.Location, fields, hasCheckSet, instrumentation);
        fields.Finish();
        rule = new(metadata, definition, hasCheckSet ? checkSet : check);
        return true;
    }

    private static SourceLocation PlaceOf(TextFile file, LiteralShape? shape) =>
        shape is null ? new SourceLocation(file.Path, 0, 0) : file.At(shape.Start);

    private ModuleResolution Resolve(FileTree tree, string specifier, SourceFile importer)
    {
        if (modules.TryGetValue(specifier, out var native)) return new ModuleResolution.Native(native);
        if (specifier is not ['.', '/', ..] and not ['.', '.', '/', ..])
        {
            var hint = Suggestion.For(specifier, modules.Keys);
            return new ModuleResolution.NotFound(hint.Length > 0
                ? hint.TrimStart(',', ' ')
                : "modules are relative paths such as `./lib.js`, or `gitops-policy/…`");
        }

        if (Join(importer.Path, specifier) is not { } path)
            return new ModuleResolution.NotFound("it leads out of the repository");
        if (tree.TryRead(path, out var bytes, out var problem))
        {
            var file = new TextFile(path, bytes) { Revision = tree.Revision };
            if (!Scripts.TryDecode(file, problems, out var text)) return new ModuleResolution.NotFound("it is not UTF-8");
            texts.Add(text);
            return new ModuleResolution.Script(file, text);
        }

        var withExtension = path + ".js";
        return new ModuleResolution.NotFound(problem?.Message
            ?? (tree.Find(withExtension) == PathKind.File ? $"write `{specifier}.js`" : $"there is no file `{path}`"));
    }

    /// <summary>
    /// The path that a specifier means, relative to its importer's folder; null when there are more <c>..</c> than folders.
    /// </summary>
    public static string? Join(string importer, string specifier)
    {
        var steps = new List<string>(importer.Split('/')[..^1]);
        foreach (var step in specifier.Split('/'))
        {
            if (step is "." or "") continue;
            if (step != "..") steps.Add(step);
            else if (steps.Count == 0 || steps[^1] == "..") return null;
            else steps.RemoveAt(steps.Count - 1);
        }

        return string.Join('/', steps);
    }
}
