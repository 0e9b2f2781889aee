using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Patterns;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies;

/// <summary>What a YAML rule judges.</summary>
internal enum RuleScope
{
    /// <summary>Each change that matches.</summary>
    Change,

    /// <summary>The change set, once.</summary>
    Set,
}

/// <summary>Reads documents of kind <c>Rule</c>.</summary>
/// <param name="compiler">Compiles expressions.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class YamlRuleReader(ExpressionCompiler compiler, ProblemList problems)
{
    private static readonly ImmutableArray<string> CheckFields = ["deny", "warn", "audit", "require", "forbid"];

    private ImmutableArray<string> names = [];

    /// <summary>Reads one; null when it is too broken to say what it is. Mistakes are reported.</summary>
    public YamlRule? Read(MappingNode document)
    {
        if (!FieldReader.TryOpen(document, problems, out var name, out var spec)) return null;

        var scope = spec.Word<RuleScope>("scope") ?? RuleScope.Change;
        var metadata = RuleMetadataReader.Read(name, document.Location, spec, scope == RuleScope.Set, compiler.Instrumentation);
        var body = ReadBody(spec, scope);
        spec.Finish();
        return new(metadata, body);
    }

    private YamlRuleBody ReadBody(FieldReader spec, RuleScope scope)
    {
        var variables = ReadVariables(spec);
        var when = Condition(spec);
        var forEach = Expression(spec, "forEach");
        var body = new YamlRuleBody
        {
            Variables = variables,
            When = when,
            ForEach = forEach,
            Checks = [
                .. ReadChecks(spec, FindingAction.Deny),
                .. ReadChecks(spec, FindingAction.Warn),
                .. ReadChecks(spec, FindingAction.Audit)
            ],
            Patterns = ReadPatterns(spec),
        };
        foreach (var empty in CheckFields.Select(spec.Any).OfType<SequenceNode>().Where(static list => list.Items.IsEmpty))
            problems.Add(empty, "the list is empty, so it checks nothing", "leave the field out, or add a check");
        if (!CheckFields.Any(spec.Has))
            problems.Add(spec.Mapping, "the rule has no checks", "add at least one of " + string.Join(", ", CheckFields));
        if (scope == RuleScope.Set && forEach is null && !body.Patterns.IsEmpty)
            problems.Add(
                spec.Mapping, "a pattern has nothing to look at in a rule of scope `set`", "add `forEach`, or leave out `scope`");
        return body;
    }

    private ImmutableArray<CompiledExpression> ReadVariables(FieldReader spec)
    {
        var entries = spec.Entries("variables");
        foreach (var entry in entries.Where(e => YamlRuleBody.Names.Contains(e.Key) || YamlRuleBody.PatternNames.Contains(e.Key)))
            problems.Add(
                entry.Value, $"a variable cannot be called `{entry.Key}`", "the word has a meaning of its own in expressions");
        var compiled = ImmutableArray.CreateBuilder<CompiledExpression>();
        names = YamlRuleBody.Names;
        foreach (var entry in entries)
        {
            if (Compile(entry.Value, entry.Key) is { } expression) compiled.Add(expression);
            names = names.Add(entry.Key);
        }

        names = names.AddRange(YamlRuleBody.PatternNames);
        return compiled.ToImmutable();
    }

    private IEnumerable<Check> ReadChecks(FieldReader spec, FindingAction action)
    {
        var name = Words<FindingAction>.Of(action);
        foreach (var node in spec.Items(name))
        {
            if (Reads.Mapping(node, name, problems) is not { } mapping) continue;
            var fields = new FieldReader(mapping, problems);
            fields.Require("message");
            var (when, message, where) = (Condition(fields), Template(fields, "message"), Expression(fields, "where"));
            var (remediation, fix) = (fields.Text("remediation"), Fix(fields));
            fields.Finish();
            if (message is null || IsLeftOut(node, name)) continue;
            FindReport(message.Location, name);
            yield return new(action, when, message, where, remediation, fix);
        }
    }

    private ImmutableArray<PatternCheck> ReadPatterns(FieldReader spec)
    {
        var shared = Template(spec, "message");
        return [.. ReadPatterns(spec, "require", true, shared), .. ReadPatterns(spec, "forbid", false, shared)];
    }

    private IEnumerable<PatternCheck> ReadPatterns(FieldReader spec, string name, bool isRequired, CompiledExpression? shared)
    {
        var reader = new PatternReader(node => compiler.CompileWhole(node, names, problems), problems)
        {
            Instrumentation = compiler.Instrumentation,
        };
        if (spec.Any(name) is not SequenceNode list)
        {
            if (spec.Any(name) is not { } alone || IsLeftOut(alone, name)) yield break;
            FindReport(alone.Location, name);
            yield return new(isRequired, FindingAction.Deny, reader.Read(alone), shared, null, alone.Location);
            yield break;
        }

        foreach (var node in list.Items.ToArray())
        {
            if (Reads.Mapping(node, name, problems) is not { } mapping) continue;
            var fields = new FieldReader(mapping, problems);
            fields.Require("pattern", $"each entry of `{name}` is {{ pattern, message, action, remediation, fix }}");
            var pattern = fields.Any("pattern") is { } p ? reader.Read(p) : null;
            var (message, action, remediation) = (Template(fields, "message"), fields.Word<FindingAction>("action"),
                fields.Text("remediation"));
            var fix = Fix(fields);
            fields.Finish();
            if (pattern is null || IsLeftOut(node, name)) continue;
            FindReport(node.Location, name);
            yield return new(isRequired, action ?? FindingAction.Deny, pattern, message ?? shared, remediation, node.Location)
            {
                Fix = fix,
            };
        }
    }

    private bool IsLeftOut(Node check, string name) =>
        compiler.Instrumentation?.Makes(check.Location, $"`{name}` left out") == true;

    private void FindReport(SourceLocation at, string name) =>
        compiler.Instrumentation?.Observer?.Found(new(PlaceKind.Report, at, name, 0));

    private CompiledExpression? Condition(FieldReader fields) =>
        fields.Any("when") is { } node ? Compile(node, "when", isCondition: true) : null;

    private CompiledExpression? Expression(FieldReader fields, string name) =>
        fields.Any(name) is { } node ? Compile(node, name) : null;

    private FixTemplate? Fix(FieldReader fields) =>
        fields.Any("fix") is { } node
            ? FixTemplate.Read(node, scalar => compiler.Compile(scalar, names, problems), problems)
            : null;

    private CompiledExpression? Template(FieldReader fields, string name)
    {
        if (fields.Any(name) is not { } node || Reads.Text(node, name, problems) is not { } text) return null;
        if (!string.IsNullOrWhiteSpace(text)) return compiler.CompileTemplate((ScalarNode)node, names, problems);
        problems.Add(node, $"`{name}` is empty");
        return null;
    }

    // `when: true` and `forEach: [1, 2]` are JavaScript too, but YAML has read them already.
    private CompiledExpression? Compile(Node node, string name, bool isCondition = false)
    {
        if (node is ScalarNode { Kind: not NodeKind.Null } scalar)
            return compiler.Compile(scalar, names, problems, isCondition ? name : null);
        problems.Add(node, $"`{name}` must be an expression, not {Reads.Describe(node)}", "write it in quotes");
        return null;
    }
}
