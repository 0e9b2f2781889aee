namespace GitOpsPolicy.Policies;

/// <summary>The most that findings may do, weakest first.</summary>
public enum Enforcement
{
    /// <summary>The rule is not run.</summary>
    Off,

    /// <summary>Findings are recorded.</summary>
    Audit,

    /// <summary>Findings are shown to the author.</summary>
    Warn,

    /// <summary>Findings do what the rule says, up to stopping the change.</summary>
    Deny,
}
