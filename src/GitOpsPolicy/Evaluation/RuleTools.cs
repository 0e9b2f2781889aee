using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>The last argument of JavaScript rules: <c>{ params, report, set }</c>.</summary>
internal sealed class RuleTools(RuleCall call) : HostObject
{
    private static readonly string[] Names = ["params", "report", "set"];

    private readonly Value report = Value.Of(new Reporter(call));

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "params" => call.Parameters,
            "report" => report,
            "set" => call.Set,
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }
}

/// <summary>What rules report to: <c>report.deny(message, where, options)</c> and its sisters.</summary>
internal sealed class Reporter(RuleCall call) : HostObject
{
    private static readonly string[] Names = ["deny", "warn", "audit"];

    private readonly Value deny = Function(call, FindingAction.Deny);
    private readonly Value warn = Function(call, FindingAction.Warn);
    private readonly Value audit = Function(call, FindingAction.Audit);

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch { "deny" => deny, "warn" => warn, "audit" => audit, _ => Value.Undefined };
        return !value.IsUndefined;
    }

    private static Value Function(RuleCall call, FindingAction action) => NativeFunction.Create(
        Policies.Words<FindingAction>.Of(action),
        (run, _, arguments) =>
        {
            var remediation = ValueReader.TryGetProperty(run, arguments[2], "remediation", out var given) && !given.IsNullish ? call.Show(given) : null;
            call.Report(action, arguments[0], arguments[1], remediation);
            return Value.Undefined;
        });
}
