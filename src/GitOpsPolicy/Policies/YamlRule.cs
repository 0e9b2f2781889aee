using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Patterns;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Policies;

/// <summary>One entry of <c>deny</c>, <c>warn</c> or <c>audit</c>.</summary>
/// <param name="Action">What the finding does.</param>
/// <param name="When">There is a finding where this is true; null for always.</param>
/// <param name="Message">Gives the message.</param>
/// <param name="Where">Gives the value to point to; null for the element, or the change.</param>
/// <param name="Remediation">Overrides the rule's; null for that.</param>
/// <param name="Fix">Gives what would mend it; null for nothing.</param>
internal sealed record Check(
    FindingAction Action, CompiledExpression? When, CompiledExpression Message, CompiledExpression? Where, string? Remediation,
    FixTemplate? Fix);

/// <summary>One pattern of <c>require</c> or <c>forbid</c>.</summary>
/// <param name="IsRequired">What does not fit is a finding; else what fits.</param>
/// <param name="Action">What the finding does.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Message">Gives the message; null for one made from the pattern.</param>
/// <param name="Remediation">Overrides the rule's; null for that.</param>
/// <param name="Location">Where the pattern stands.</param>
internal sealed record PatternCheck(
    bool IsRequired, FindingAction Action, Pattern Pattern, CompiledExpression? Message, string? Remediation,
    SourceLocation Location)
{
    /// <summary>Gives what would mend it; null for nothing.</summary>
    public FixTemplate? Fix { get; init; }
}

/// <summary>What a YAML rule does, in the order it is done.</summary>
internal sealed record YamlRuleBody
{
    /// <summary>Names that expressions of every YAML rule see; its variables follow, then <see cref="PatternNames"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ["change", "params", "set", "item"];

    /// <summary>Names that messages of patterns see besides: the value that made the finding, and the path to it.</summary>
    public static ImmutableArray<string> PatternNames { get; } = ["value", "path"];

    /// <summary>Variables, each seeing the earlier ones.</summary>
    public ImmutableArray<CompiledExpression> Variables { get; init; } = [];

    /// <summary>The rule looks no further where this is false; null for always.</summary>
    public CompiledExpression? When { get; init; }

    /// <summary>Gives the elements that the checks run over; null for once without.</summary>
    public CompiledExpression? ForEach { get; init; }

    /// <summary>The checks.</summary>
    public ImmutableArray<Check> Checks { get; init; } = [];

    /// <summary>The patterns.</summary>
    public ImmutableArray<PatternCheck> Patterns { get; init; } = [];
}

/// <summary>A rule written in YAML.</summary>
/// <param name="metadata">What the rule says about itself.</param>
/// <param name="body">What it does.</param>
internal sealed class YamlRule(RuleMetadata metadata, YamlRuleBody body) : Rule(metadata)
{
    private const int Item = 3;

    /// <inheritdoc/>
    public override void Judge(RuleCall call)
    {
        var arguments = Arguments(call);
        if (body.When is not null && !Holds(call, body.When, arguments)) return;
        var open = new OpenQuestions();
        if (body.ForEach is null) JudgeOne(call, arguments, open);
        else JudgeEach(call, body.ForEach, arguments, open);
        open.ThrowIfAny();
    }

    private void JudgeEach(RuleCall call, CompiledExpression forEach, Value[] arguments, OpenQuestions open)
    {
        var list = Evaluate(call, forEach, arguments);
        if (!call.Run.Truthy(list)) return;
        if (!ValueReader.IsArray(list)) throw forEach.Failure("`forEach` must give a list");
        foreach (var element in ValueReader.Elements(call.Run, list))
        {
            arguments[Item] = element;
            JudgeOne(call, arguments, open);
        }
    }

    private Value[] Arguments(RuleCall call)
    {
        var arguments = new Value[YamlRuleBody.Names.Length + body.Variables.Length + YamlRuleBody.PatternNames.Length];
        (arguments[0], arguments[1], arguments[2]) = (call.Change, call.Parameters, call.Set);
        arguments.AsSpan(Item).Fill(Value.Undefined);
        for (var i = 0; i < body.Variables.Length; i++) arguments[Item + 1 + i] = Evaluate(call, body.Variables[i], arguments);
        return arguments;
    }

    // Checks and elements stand by themselves: one that hangs on what is not known yet hides nothing that is certain.
    private void JudgeOne(RuleCall call, Value[] arguments, OpenQuestions open)
    {
        foreach (var check in body.Checks)
        {
            try
            {
                JudgeCheck(call, check, arguments);
            }
            catch (UndeterminedException e)
            {
                open.Add(e);
            }
        }

        foreach (var check in body.Patterns)
        {
            try
            {
                JudgePattern(call, check, arguments);
            }
            catch (UndeterminedException e)
            {
                open.Add(e);
            }
        }
    }

    private static void JudgeCheck(RuleCall call, Check check, Value[] arguments)
    {
        if (check.When is not null && !Holds(call, check.When, arguments)) return;
        var where = check.Where is null ? arguments[Item] : Evaluate(call, check.Where, arguments);
        var message = Evaluate(call, check.Message, arguments);
        call.Report(
            check.Action, message, where, new(check.Remediation, check.Fix?.Read(call, arguments)), check.Message.Location);
    }

    private void JudgePattern(RuleCall call, PatternCheck check, Value[] arguments)
    {
        if (Root(call, check, arguments[Item]) is not { } root) return;
        var trace = new Trace(
            check.IsRequired, call.Run, expression => ValueNodes.ToNode(call.Run, Evaluate(call, expression, arguments)));
        var subject = new Subject(root, root, "");
        var fit = check.Pattern.Test(subject, trace);
        if (fit == Fit.Unknown) throw new UndeterminedException(trace.Unknowns, check.Location);
        if ((fit == Fit.Yes) == check.IsRequired) return;

        var evidence = check.IsRequired ? trace.Misses : trace.Hits;
        if (evidence.Count == 0) evidence.Add(new(subject, "fit the pattern", Negated: false));
        foreach (var found in evidence)
        {
            (arguments[^2], arguments[^1]) = (Value.Of(found.Subject.Value), Value.Of(found.Subject.Path));
            call.Report(
                check.Action, Message(call, check, found, arguments), Value.Of(found.Subject.Nearest),
                new(check.Remediation, check.Fix?.Read(call, arguments)), check.Location);
        }
    }

    private Node? Root(RuleCall call, PatternCheck check, Value item)
    {
        if (body.ForEach is null) return call.Subject?.After ?? call.Subject?.Before;
        return item.Origin ?? throw new ScriptException(
            ScriptFailure.Thrown, "a pattern needs an element that came from the input, and this one was made by `forEach`",
            check.Location);
    }

    private static Value Message(RuleCall call, PatternCheck check, Evidence found, Value[] arguments) =>
        check.Message is null
            ? Value.Of(DefaultMessage(call, found, check.IsRequired))
            : Evaluate(call, check.Message, arguments);

    private static string DefaultMessage(RuleCall call, Evidence found, bool isRequired)
    {
        var path = found.Subject.Path.Length == 0 ? "the value" : $"`{found.Subject.Path}`";
        if (found.Negated == isRequired) return $"{path} must not {found.Expectation}";
        var actual = found.Subject.Value switch
        {
            null => ", but is missing",
            ScalarNode scalar => $", not `{call.Show(Value.Of(scalar))}`",
            _ => "",
        };
        return $"{path} must {found.Expectation}{actual}";
    }

    /// <summary>The value of an expression.</summary>
    internal static Value Evaluate(RuleCall call, CompiledExpression expression, Value[] arguments) =>
        call.Run.Call(expression.Function, Value.Undefined, arguments);

    private static bool Holds(RuleCall call, CompiledExpression expression, Value[] arguments) =>
        call.Run.Truthy(Evaluate(call, expression, arguments));

    /// <summary>What the checks of one call could not answer yet.</summary>
    private sealed class OpenQuestions
    {
        private List<UndeterminedException>? questions;

        /// <summary>Adds one. More than anybody will read end the rule, as each costs an exception.</summary>
        public void Add(UndeterminedException question)
        {
            (questions ??= []).Add(question);
            if (questions.Count == RuleCall.MaxReports) ThrowIfAny();
        }

        /// <summary>Ends the rule as undetermined when there is one, by all the values they hang on.</summary>
        public void ThrowIfAny()
        {
            if (questions is not null)
                throw new UndeterminedException(
                    [.. questions.SelectMany(static question => question.Unknowns).Distinct()], questions[0].Location);
        }
    }
}
