using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Policies.Reloading;

/// <summary>Where a rule set comes from.</summary>
/// <param name="Name">What it is called in messages and metrics: <c>rules</c> or <c>canary</c>.</param>
/// <param name="Folder">The folder that paths are relative to.</param>
/// <param name="Source">Which files of it.</param>
public sealed record RuleFeed(string Name, string Folder, Func<FileTree, RuleSetSource> Source)
{
    /// <summary>The name of the feed that judges where no other does.</summary>
    public const string MainName = "rules";

    /// <summary>The name of the feed whose rules are tried out.</summary>
    public const string CanaryName = "canary";
}

/// <summary>What a host asks of rules beyond that they load and pass their own tests.</summary>
public interface IRuleSetCheck
{
    /// <summary>
    /// Why the rules must not come into force, in one line with what to do; null for nothing. It may run every rule, so that none
    /// is slow the first time.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    string? Objection(RuleSet rules, CancellationToken cancellation);

    /// <summary>What people should know of rules that may come into force, in one line; null for nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    string? Concern(RuleSet rules, CancellationToken cancellation);
}

/// <summary>What reloading goes by.</summary>
/// <param name="Clock">Tells the time.</param>
/// <param name="Log">Where one line goes for each set that comes into force or does not.</param>
public sealed record ReloadSettings(TimeProvider Clock, TextWriter Log)
{
    /// <summary>What the host asks of rules; null for nothing more than that they load and pass their own tests.</summary>
    public IRuleSetCheck? Check { get; init; }

    /// <summary>Told of each set that does not come into force, in one line; must not wait.</summary>
    public Action<string>? Refused { get; init; }

    /// <summary>Told of each attempt and what came of it, a word of <see cref="TrialResults.Words"/>.</summary>
    public Action<string>? Tried { get; init; }
}
