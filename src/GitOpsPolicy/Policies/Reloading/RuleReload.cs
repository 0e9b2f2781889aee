using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Policies.Reloading;

/// <summary>
/// Looks at rule files from time to time and puts them in force when they have changed. What does not load, fails its own tests
/// or is objected to by the host never comes into force; the rules that were in force stay so.
/// </summary>
/// <threadsafety>One look at a time.</threadsafety>
public sealed class RuleReload
{
    private readonly RuleFeed feed;
    private readonly RulesInForce rules;
    private readonly ReloadSettings settings;
    private readonly RuleSetTrial trial;
    private readonly SettledFiles files;

    /// <summary>Sets it up; nothing is read before <see cref="Look"/>.</summary>
    public RuleReload(RuleFeed feed, RulesInForce rules, ReloadSettings settings)
    {
        (this.feed, this.rules, this.settings) = (feed, rules, settings);
        (trial, files) = (new(feed.Source, settings.Check), new(feed.Folder));
    }

    /// <summary>
    /// Looks once. Files that have changed are tried when they look the same in two looks, so that none is read half-written; the
    /// first time they are tried at once.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Look(CancellationToken cancellation)
    {
        try
        {
            if (files.TryRead(tree => trial.Try(tree, cancellation), out var result)) Take(result);
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

    private void Take(Trial result)
    {
        settings.Tried?.Invoke(TrialResults.Word(result.Result));
        if (result.Rules is { } accepted)
        {
            var concern = result.Concern is { } told ? SafeText.OneLine(told) : null;
            rules.Put(new(accepted, settings.Clock.GetUtcNow()), concern);
            Tell($"judging by {Counted.Of(accepted.Rules.Length, "rule")}, {accepted.Digest}");
            if (concern is not null) Tell(concern);
            return;
        }

        var why = $"{TrialResults.Told(result.Result)}: {SafeText.OneLine(result.Why)}";
        rules.Keep(why);
        var line = rules.TryGet(out var kept) ? $"kept {kept.Rules.Digest}; new rules {why}" : $"no rules are in force; {why}";
        Tell(line);
        settings.Refused?.Invoke(Named(line));
    }

    private void Tell(string line) => settings.Log.WriteLine(Named(line));

    private string Named(string line) => feed.Name == RuleFeed.MainName ? line : $"{feed.Name}: {line}";
}
