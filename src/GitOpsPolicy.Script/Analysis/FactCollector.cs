using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Analysis;

/// <summary>Walks a resolved tree once and takes note of what it says.</summary>
internal sealed partial class FactCollector(SourceFile file)
{
    private readonly List<(Identifier Name, string Kind)> declared = [];
    private readonly List<DeclaredName> unused = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<PropertyRead> reads = [];
    private readonly HashSet<string> usedWhole = new(StringComparer.Ordinal);
    private readonly HashSet<string> passedOn = new(StringComparer.Ordinal);
    private readonly List<ReportCall> reports = [];
    private readonly List<SourceLocation> loose = [];
    private readonly List<TextComparison> comparisons = [];
    private readonly List<ConstantCondition> constants = [];
    private readonly List<WrittenPattern> patterns = [];
    private readonly List<SourceLocation> unreachable = [];

    /// <summary>Takes note of what a module imports.</summary>
    public void AddImports(Module module) =>
        declared.AddRange(module.Imports.SelectMany(static import => import.Names).Select(static name => (name.Local, "import")));

    /// <summary>Walks a construct and everything below it.</summary>
    public void Walk(SyntaxNode node)
    {
        switch (node)
        {
            case Identifier it: UseWhole(it); return;
            case Member or Syntax.Index: Read((Expression)node, isWhole: true); return;
            case Call it: Walk(it); return;
            case Declarator it: Walk(it); return;
            default: break;
        }

        Note(node);
        foreach (var child in SyntaxChildren.Of(node))
            if (child is not null) Walk(child);
    }

    /// <summary>Works out which names nothing uses, after the whole tree was walked.</summary>
    /// <param name="exported">Names that others see.</param>
    public void AddUnused(IEnumerable<Binding> exported)
    {
        var seen = exported.ToHashSet();
        foreach (var (name, kind) in declared)
        {
            if (name.Binding is { IsUsed: false } binding && !seen.Contains(binding) && !name.Name.StartsWith('_'))
                unused.Add(new(name.Name, kind, file.At(name.Start)));
        }
    }

    /// <summary>Everything noted.</summary>
    /// <param name="result">The expression whose value is the result; null for none.</param>
    public ScriptFacts ToFacts(Expression? result) => new()
    {
        UnusedNames = [.. unused],
        UsedNames = [.. used],
        Reads = [.. reads],
        UsedWhole = [.. usedWhole],
        PassedOn = [.. passedOn],
        Reports = [.. reports],
        LooseComparisons = [.. loose],
        Comparisons = [.. comparisons],
        ConstantConditions = [.. constants],
        Patterns = [.. patterns],
        Unreachable = [.. unreachable],
        Result = Shapes.Of(result),
        ConstantResult = Constants.Truth(result),
    };

    private void UseWhole(Identifier name)
    {
        used.Add(name.Name);
        usedWhole.Add(name.Name);
    }

    // `object.name` and `object["name"]` say what is read; anything else reads who knows what. What is read last goes on as a
    // whole.
    private void Read(Expression expression, bool isWhole)
    {
        var (target, name, at) = expression switch
        {
            Member it => (it.Object, it.Name, it.NameStart),
            Syntax.Index { Key: StringLiteral key } it => (it.Object, key.Value, key.Start),
            Syntax.Index it => (it.Object, null, it.Start),
            _ => throw new InvalidOperationException("Neither member nor index."),
        };
        if (expression is Syntax.Index { Key: var computed }) Walk(computed);
        if (name is null)
        {
            if (NameOf(target) is { } whole) usedWhole.Add(whole);
            Walk(target);
            return;
        }

        reads.Add(new(NameOf(target) ?? "", name, file.At(at)));
        if (isWhole) usedWhole.Add(name);
        Follow(target);
    }

    // Walks what a property is read from: a bare name is used, but not as a whole.
    private void Follow(Expression target)
    {
        if (target is Identifier name) used.Add(name.Name);
        else if (target is Member or Syntax.Index) Read((Expression)target, isWhole: false);
        else Walk(target);
    }

    private static string? NameOf(Expression target) => target switch
    {
        Identifier it => it.Name,
        Member it => it.Name,
        OptionalChain it => NameOf(it.Chain),
        _ => null,
    };

    private void Walk(Call call)
    {
        NoteReport(call);
        if (call.Callee is Identifier callee) used.Add(callee.Name);
        else Walk(call.Callee);
        var isOwn = call.Callee is Identifier { Binding.Kind: not BindingKind.Import };
        foreach (var argument in call.Arguments)
        {
            if (isOwn && argument is Identifier or Member && NameOf(argument) is { } given)
            {
                passedOn.Add(given);
                Follow(argument);
            }
            else
            {
                Walk(argument);
            }
        }
    }

    private void Walk(Declarator declarator)
    {
        Note(declarator);
        if (declarator is { Target: ObjectPattern { Rest: null } pattern, Initializer: { } from } && NameOf(from) is { } source)
        {
            ReadProperties(pattern, source);
            Follow(from);
        }
        else if (declarator.Initializer is { } value)
        {
            Walk(value);
        }

        Walk(declarator.Target);
    }

    private void ReadProperties(ObjectPattern pattern, string source)
    {
        foreach (var property in pattern.Properties)
            if (property.Key.Name is { } name) reads.Add(new(source, name, file.At(property.Key.Start)));
    }
}
