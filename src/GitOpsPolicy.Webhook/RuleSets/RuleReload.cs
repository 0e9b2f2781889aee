using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.RuleSets;

/// <summary>Where a rule set comes from.</summary>
/// <param name="Name">What it is called in messages and metrics: <c>rules</c> or <c>canary</c>.</param>
/// <param name="Folder">The folder that paths are relative to.</param>
/// <param name="Source">Which files of it.</param>
public sealed record RuleFeed(string Name, string Folder, Func<FileTree, RuleSetSource> Source);

/// <summary>What reloading goes by.</summary>
/// <param name="Clock">Tells the time.</param>
/// <param name="Log">Where one line goes for each set that comes into force or does not.</param>
/// <param name="Environment">The environment of the cluster; null for none.</param>
/// <param name="OwnNamespace">The namespace that the webhook itself runs in.</param>
public sealed record ReloadSettings(TimeProvider Clock, TextWriter Log, string? Environment, string OwnNamespace)
{
    /// <summary>Told of each set that does not come into force, in one line; must not wait.</summary>
    public Action<string>? Refused { get; init; }
}

/// <summary>
/// Looks at rule files from time to time and puts them in force when they have changed. What does not load, fails its own tests or would
/// stop the cluster from keeping itself alive never comes into force; the rules that were in force stay so.
/// </summary>
/// <threadsafety>One look at a time.</threadsafety>
public sealed class RuleReload
{
    /// <summary>The name of the feed that judges where no other does.</summary>
    public const string MainName = "rules";

    /// <summary>The name of the feed whose rules are tried out.</summary>
    public const string CanaryName = "canary";

    private readonly RuleFeed feed;
    private readonly RulesInForce rules;
    private readonly WebhookMetrics metrics;
    private readonly ReloadSettings settings;
    private readonly RuleSetTrial trial;
    private WatchedTree? tree;
    private string? settled;
    private string? seen;

    /// <summary>Sets it up; nothing is read before <see cref="Look"/>.</summary>
    public RuleReload(RuleFeed feed, RulesInForce rules, WebhookMetrics metrics, ReloadSettings settings)
    {
        (this.feed, this.rules, this.metrics, this.settings) = (feed, rules, metrics, settings);
        trial = new(feed.Source, new(ActivationRequests.In(settings.OwnNamespace), new Reviewer(settings.Clock, settings.Environment)));
    }

    /// <summary>
    /// Looks once. Files that have changed are tried when they look the same in two looks, so that none is read half-written; the first
    /// time they are tried at once.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Look(CancellationToken cancellation)
    {
        try
        {
            TryChanged(cancellation);
        }
#pragma warning disable CA1031 // A defect of ours must not end the looking: nothing would ever come into force again, and nobody would be told.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Take(new(TrialResult.LoadError, null, $"internal error {e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>Looks again and again.</summary>
    /// <param name="every">How often.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, settings.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) Look(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private void TryChanged(CancellationToken cancellation)
    {
        if (tree is not null && !HaveSettledAnew()) return;
        var fresh = new WatchedTree(feed.Folder);
        var result = trial.Try(fresh, cancellation);
        tree?.Dispose();
        tree = fresh;
        var (asked, now) = (fresh.StampWhenAsked(), fresh.Stamp());
        var isWhole = asked == now;   // else files changed while they were read
        (settled, seen) = (isWhole ? asked : null, now);
        if (isWhole) Take(result);
    }

    private bool HaveSettledAnew()
    {
        var now = tree!.Stamp();
        if (now == settled) return false;
        if (now == seen) return true;
        seen = now;
        return false;
    }

    private void Take(Trial result)
    {
        metrics.Reloaded(MetricWord(result.Result));
        if (result.Rules is { } accepted)
        {
            var concern = result.Concern is { } told ? SafeText.OneLine(told) : null;
            rules.Put(new(accepted, settings.Clock.GetUtcNow()), concern);
            Tell($"judging by {accepted.Rules.Length} rules, {accepted.Digest}");
            if (concern is not null) Tell(concern);
            return;
        }

        var why = $"{Words(result.Result)}: {SafeText.OneLine(result.Why)}";
        rules.Keep(why);
        var line = rules.TryGet(out var kept) ? $"kept {kept.Rules.Digest}; new rules {why}" : $"no rules are in force; {why}";
        Tell(line);
        settings.Refused?.Invoke(Named(line));
    }

    private void Tell(string line) => settings.Log.WriteLine(Named(line));

    private string Named(string line) => feed.Name == MainName ? line : $"{feed.Name}: {line}";

    private static string MetricWord(TrialResult result) => result switch
    {
        TrialResult.Success => "success",
        TrialResult.LoadError => "load_error",
        TrialResult.TestFailure => "test_failure",
        TrialResult.CheckFailure => "check_failure",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static string Words(TrialResult result) => result switch
    {
        TrialResult.LoadError => "do not load",
        TrialResult.TestFailure => "fail their own tests",
        TrialResult.CheckFailure => "were refused",
        _ => throw new ArgumentException($"Nothing is wrong with {result}.", nameof(result)),
    };
}
