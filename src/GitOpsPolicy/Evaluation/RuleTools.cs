using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>The last argument of JavaScript rules: <c>{ params, report, set }</c>.</summary>
internal sealed class RuleTools(RuleCall call) : HostObject
{
    private static readonly string[] Names = ["params", "report", "set"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "params" => call.Parameters,
            "report" => Reporter.Only,
            "set" => call.Set,
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }
}

/// <summary>
/// What rules report to: <c>report.deny(message, where, options)</c> and its sisters. The report goes to the call in progress.
/// </summary>
internal sealed class Reporter : HostObject
{
    private static readonly string[] Names = ["deny", "warn", "audit"];
    private static readonly Value Deny = Function(FindingAction.Deny);
    private static readonly Value Warn = Function(FindingAction.Warn);
    private static readonly Value Audit = Function(FindingAction.Audit);

    /// <summary>It has no state, so one is enough.</summary>
    public static Value Only { get; } = Value.Of(new Reporter());

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch { "deny" => Deny, "warn" => Warn, "audit" => Audit, _ => Value.Undefined };
        return !value.IsUndefined;
    }

    private static Value Function(FindingAction action) => NativeFunction.Create(
        Policies.Words<FindingAction>.Of(action),
        (run, _, arguments) =>
        {
            var call = (RuleCall)run.Host!;
            call.Report(action, arguments[0], arguments[1], arguments.Count > 2 ? OptionsOf(call, run, arguments[2]) : default);
            return Value.Undefined;
        });

    private static ReportOptions OptionsOf(RuleCall call, ScriptRun run, Value options)
    {
        var remediation = ValueReader.TryGetProperty(run, options, "remediation", out var given) && !given.IsNullish
            ? call.Show(given)
            : null;
        var fix = ValueReader.TryGetProperty(run, options, "fix", out var wanted)
            ? FixReader.Read(run, FixTerm.Of(run, wanted))
            : null;
        return new(remediation, fix);
    }
}
