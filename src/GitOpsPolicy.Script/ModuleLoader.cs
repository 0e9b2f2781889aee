using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script;

/// <summary>One load of a module with everything it imports. Each file is loaded once, however often it is imported.</summary>
/// <param name="dialect">What the texts are read for.</param>
/// <param name="globals">The names that modules see beside their own; null for those of the language.</param>
internal sealed class ModuleLoader(
    ModuleResolver resolver, ScriptLimits limits, Dialect dialect = Dialect.Rule,
    IReadOnlyDictionary<string, Value>? globals = null)
{
    /// <summary>What all modules run in; null to give each of them a run of its own.</summary>
    public ScriptRun? Run { get; init; }

    private const int MaxModules = 256;
    private const int MaxImportDepth = 32;

    private static readonly FrozenSet<string> GlobalNames = Intrinsics.Globals.Keys.ToFrozenSet(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, Value> values = globals ?? Intrinsics.Globals;
    private readonly IReadOnlySet<string> names = globals?.Keys.ToFrozenSet(StringComparer.Ordinal) ?? GlobalNames;
    private readonly Dictionary<string, IReadOnlyDictionary<string, Value>> loaded = new(StringComparer.Ordinal);
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);   // told of once, however many paths lead there
    private readonly List<string> open = [];
    private readonly List<Problem> problems = [];
    private LiteralShape? shape;

    public Loaded<ScriptModule> Load(SourceFile file, string text)
    {
        var exports = LoadScript(file, text);
        return exports is not null && problems.Count == 0
            ? new Loaded<ScriptModule>(new ScriptModule(file, exports) { DefaultExport = shape })
            : new Loaded<ScriptModule>([.. problems]);
    }

    private Dictionary<string, Value>? LoadScript(SourceFile file, string text)
    {
        var parsed = Parser.ParseModule(file, text, names, dialect);
        if (!parsed.TryGet(out var syntax))
        {
            problems.AddRange(parsed.Problems);
            return null;
        }

        if (open.Count == 0) shape = LiteralShape.OfDefaultExport(syntax);
        open.Add(file.Path);
        var dependencies = LoadRequests(file, syntax);
        open.RemoveAt(open.Count - 1);
        if (dependencies is null) return null;
        var exports = Evaluate(file, text, syntax, dependencies);
        if (exports is not null) loaded[file.Path] = exports;
        return exports;
    }

    private Dictionary<string, IReadOnlyDictionary<string, Value>>? LoadRequests(SourceFile file, Module syntax)
    {
        var dependencies = new Dictionary<string, IReadOnlyDictionary<string, Value>>(StringComparer.Ordinal);
        foreach (var request in syntax.Requests)
            if (TryLoad(file, request, out var exports)) dependencies[request.Specifier] = exports;
        return dependencies.Count == syntax.Requests.Length ? dependencies : null;
    }

    private bool TryLoad(
        SourceFile importer, ModuleRequest request, [NotNullWhen(true)] out IReadOnlyDictionary<string, Value>? exports)
    {
        exports = null;
        switch (resolver(request.Specifier, importer))
        {
            case ModuleResolution.Native native:
                exports = native.Module.Exports;
                return true;
            case ModuleResolution.Script script:
                if (loaded.TryGetValue(script.File.Path, out exports)) return true;
                if (failed.Contains(script.File.Path) || !MayOpen(importer, request, script.File.Path)) return false;
                exports = LoadScript(script.File, script.Text);
                if (exports is null) failed.Add(script.File.Path);
                return exports is not null || Explained();
            case ModuleResolution.NotFound missing:
                Report(importer.At(request.Start), $"there is no module `{request.Specifier}`", missing.Hint);
                return false;
            default:
                throw new InvalidOperationException("The resolver gave no answer.");
        }
    }

    private bool MayOpen(SourceFile importer, ModuleRequest request, string path)
    {
        var at = open.IndexOf(path);
        if (at >= 0)
            Report(
                importer.At(request.Start),
                $"modules import one another in a circle: {string.Join(" -> ", open.Skip(at))} -> {path}",
                "move what both need into a third module", isUnsupported: true);
        else if (open.Count >= MaxImportDepth || loaded.Count + failed.Count >= MaxModules)
            Report(
                importer.At(request.Start), $"more than {MaxModules} modules, or imports more than {MaxImportDepth} deep", null,
                isUnsupported: true);
        return at < 0 && open.Count < MaxImportDepth && loaded.Count + failed.Count < MaxModules;
    }

    private bool Explained() =>
        problems.Count > 0 ? false : throw new InvalidOperationException("A module failed to load without a problem.");

    private Dictionary<string, Value>? Evaluate(
        SourceFile file, string text, Module syntax, Dictionary<string, IReadOnlyDictionary<string, Value>> dependencies)
    {
        var before = problems.Count;
        var scope = new HeapScope(null, syntax.Scope.HeapSlots);
        foreach (var import in syntax.Imports) Bind(file, import, dependencies[import.Specifier], scope);
        var compiled = Compiler.Compile(file, text, syntax, values, scope, Instruments.For(file, syntax, limits.Instrumentation));
        if (!compiled.TryGet(out var code)) problems.AddRange(compiled.Problems);
        if (problems.Count > before) return null;
        if (!TryRun(code!, scope)) return null;
        var exports = Exports(file, syntax, dependencies, scope);
        if (dialect == Dialect.Rule) Freezing.FreezeAll([scope], new HashSet<object>(ReferenceEqualityComparer.Instance));
        return problems.Count > before ? null : exports;
    }

    private void Bind(SourceFile file, ImportDeclaration import, IReadOnlyDictionary<string, Value> exports, HeapScope scope)
    {
        foreach (var name in import.Names)
        {
            var value = Value.Undefined;
            if (name.Imported is null) value = Namespace(exports);
            else if (!exports.TryGetValue(name.Imported, out value))
                Missing(file.At(name.Start), import.Specifier, name.Imported, exports);
            if (name.Local.Binding is { } binding) scope.Slots[binding.Slot] = value;
        }
    }

    private bool TryRun(FunctionCode code, HeapScope scope)
    {
        try
        {
            (Run ?? new ScriptRun(limits.Budget)).RunTopLevel(code, scope);
            return true;
        }
        catch (ScriptException e)
        {
            Report(e.Location, $"the module cannot be set up: {e.Message}", null);
        }
        catch (UndeterminedException e)
        {
            Report(e.Location, "the module cannot be set up: it depends on a value that is not known yet", null);
        }

        return false;
    }

    private Dictionary<string, Value> Exports(
        SourceFile file, Module syntax, Dictionary<string, IReadOnlyDictionary<string, Value>> dependencies, HeapScope scope)
    {
        var exports = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var export in syntax.Exports)
        {
            if (export.Exported is null) continue;
            if (export.Local is { Binding: { } binding }) exports[export.Exported] = scope.Slots[binding.Slot];
            else if (export.Imported is null) exports[export.Exported] = Namespace(dependencies[export.From!]);
            else if (dependencies[export.From!].TryGetValue(export.Imported, out var value)) exports[export.Exported] = value;
            else Missing(file.At(export.Start), export.From!, export.Imported, dependencies[export.From!]);
        }

        foreach (var star in syntax.Exports.Where(export => export.Exported is null))
        {
            foreach (var (name, value) in dependencies[star.From!])
                if (name != "default") exports.TryAdd(name, value);
        }

        return exports;
    }

    // A namespace object: no prototype, names in alphabetical order, nothing can be assigned.
    private static Value Namespace(IReadOnlyDictionary<string, Value> exports)
    {
        var made = new ScriptRecord(null);
        foreach (var (name, value) in exports.OrderBy(export => export.Key, StringComparer.Ordinal)) made.Define(name, value);
        made.Define(Symbol.ToStringTag, Value.Of("Module"), PropertyFlags.None);
        made.Freeze();
        return Value.Of(made);
    }

    private void Missing(SourceLocation at, string module, string name, IReadOnlyDictionary<string, Value> exports) =>
        Report(
            at, $"the module `{module}` exports no `{name}`",
            exports.Count == 0
                ? null
                : $"it exports {string.Join(", ", exports.Keys.Order(StringComparer.Ordinal).Select(e => $"`{e}`"))}");

    private void Report(SourceLocation at, string message, string? hint, bool isUnsupported = false) =>
        problems.Add(new Problem(at, message, hint) { IsUnsupported = isUnsupported });
}
