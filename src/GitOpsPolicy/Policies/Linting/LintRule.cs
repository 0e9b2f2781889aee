using System.Collections.Immutable;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>How bad a lint is, mildest first.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Most likely a mistake, or a rule that is less use than it could be.</summary>
    Warning,

    /// <summary>The rule cannot do what it says.</summary>
    Error,
}

/// <summary>One thing that <c>lint</c> looks for.</summary>
/// <param name="Id">What it is called, in findings and in <c>lint-ignore</c> comments.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Explanation">What it finds, in one line.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record LintRule(string Id, LintSeverity Severity, string Explanation, string Advice)
{
    /// <summary>
    /// Everything that <c>lint</c> looks for: the one table that the command, its reports and docs/reference/lint.md are made
    /// from.
    /// </summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        Error(
            "undeclared-parameter", "a parameter is read that the rule does not declare, so it is always undefined",
            "declare it under `parameters`, or mend its name"),
        Warning(
            "unused-parameter", "a parameter is declared that nothing reads",
            "read it, or take it out: who sets it believes that it does something"),
        Error("never-matches", "the parts of `match` exclude one another, so the rule is never run", "leave one of them out"),
        Warning(
            "unknown-kind",
            "`match` names a kind that its API group does not have, or one that is a built-in kind but for a letter",
            "mend the spelling"),
        Error("cluster-scoped-namespace", "`match` asks for namespaces, and its kinds have none", "leave `namespaces` out"),
        Warning(
            "unknown-environment", "`match` names an environment that the configuration does not have",
            "add the environment to the configuration, or mend its name"),
        Error(
            "never-true", "a condition is false whatever is judged, so what hangs on it is never reached",
            "mend the condition, or take out what hangs on it"),
        Info("always-true", "a condition is true whatever is judged", "leave it out"),
        Error(
            "impossible-comparison", "a value of the change is compared with a word that it never is here",
            "mend the word, or widen `match`"),
        Warning(
            "duplicate-check", "two checks of a rule have the same condition, so both or none is reported",
            "make one check of them"),
        Error(
            "contradicting-check",
            "a check asks for the opposite of what the rule's `when` has asked for, so it is never reached",
            "take one of the two out"),
        Warning(
            "loose-equality", "`==` and `!=` take different things for the same, such as `0` and `\"\"`",
            "write `===` or `!==`; `== null` is fine"),
        Warning("unreachable-code", "no run gets to this statement", "take it out, or mend what comes before it"),
        Warning(
            "message-without-place",
            "a finding is reported without saying which value it is about, so it points to the whole change",
            "give the value as the second argument or as `where`; `change` says that the whole is meant"),
        Error(
            "place-points-nowhere", "the place of a finding is a value that did not come from what is judged",
            "give a value that was read from `change.before` or `change.after`"),
        Error("pattern-never-matches", "a regular expression matches no text at all", "mend it: `^` stands first, `$` last"),
        Warning(
            "pattern-always-matches", "a regular expression matches every text",
            "anchor it with `^` and `$`, or ask for one character at least"),
        Warning(
            "shadowed-builtin", "a rule has the name of a rule that ships in the binary, so the two cannot be used together",
            "give it a name of its own"),
        Warning("duplicate-rule", "two rules match the same and ask for the same", "take one of them out"),
        Info("missing-severity", "a rule does not say how bad its findings are, so they are `medium`", "add `severity`"),
        Warning(
            "missing-remediation", "a rule does not say what to do about its findings",
            "add `remediation`: one sentence for whoever is stopped by it"),
        Warning("untested-rule", "no test names this rule", "write a `RuleTest` beside it"),
        Warning(
            "no-failing-case", "no test case expects a finding of this rule, so it may find nothing at all",
            "add a case that it objects to"),
        Warning(
            "no-passing-case", "no test case expects this rule to find nothing, so it may object to everything",
            "add a case that it lets pass"),
        Warning("unused-name", "an import, variable, function or class is never used", "take it out"),
        Error(
            "waiver-without-rule", "a waiver excuses findings of a rule that there is not",
            "mend the name, or take the waiver out"),
        Error("waiver-not-allowed", "a waiver excuses findings of a rule that says `waivable: false`", "take the waiver out"),
        Warning(
            "waiver-void", "a waiver does not hold: it expired, expires too far ahead, or lacks something",
            "renew it, or take it out"),
        Error(
            "ignore-without-reason", "a `lint-ignore` comment does not name one lint, who answers for it, and why",
            "write `lint-ignore LINT (OWNER): REASON`"),
        Warning("unused-ignore", "a `lint-ignore` comment silences nothing", "take it out"),
    ];

    /// <summary>The one with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static LintRule Of(string id) =>
        All.FirstOrDefault(rule => rule.Id == id) ?? throw new ArgumentException($"No lint {id}.", nameof(id));

    private static LintRule Error(string id, string explanation, string advice) =>
        new(id, LintSeverity.Error, explanation, advice);

    private static LintRule Warning(string id, string explanation, string advice) =>
        new(id, LintSeverity.Warning, explanation, advice);

    private static LintRule Info(string id, string explanation, string advice) => new(id, LintSeverity.Info, explanation, advice);
}
