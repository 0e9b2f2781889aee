using System.Diagnostics.Metrics;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Admission;
using GitOpsPolicy.Webhook.Hosting;

namespace GitOpsPolicy.Webhook.Metrics;

/// <summary>What is read off a running server at every scrape: its rules, certificate and load.</summary>
internal static class ServerFigures
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Adds them to the metrics of a server.</summary>
    public static void AddTo(WebhookMetrics metrics, WebhookParts parts, InFlightGate gate)
    {
        metrics.Observe(MetricTable.InFlight, () => [new(gate.Count)]);
        metrics.Observe(MetricTable.Rules, () => [new(parts.Rules.TryGet(out var active) ? active.Rules.Rules.Length : 0)]);
        metrics.Observe(
            MetricTable.RuleSet,
            () => [
                .. Digest(parts.Rules, RuleFeed.MainName),
                .. parts.Canary is { } canary ? Digest(canary.Rules, RuleFeed.CanaryName) : []
            ]);
        metrics.Observe(MetricTable.LastLoaded, () => IfLoaded(parts.Rules, static active => [new(Seconds(active.LoadedAt))]));
        if (parts.BreakGlass is { } breakGlass)
            metrics.Observe(MetricTable.BreakGlasses, () => [new(breakGlass.Register.CountAt(parts.Clock.GetUtcNow()))]);
        metrics.Observe(
            MetricTable.Waivers, () => IfLoaded(parts.Rules, active => Waivers(active.Rules, parts.Clock.GetUtcNow())));
        metrics.Observe(MetricTable.CertificateExpiry, () => parts.Certificate.NotAfter is { } end ? [new(Seconds(end))] : []);
    }

    private static IEnumerable<Measurement<double>> IfLoaded(
        RulesInForce rules, Func<ActiveRules, IEnumerable<Measurement<double>>> read) =>
        rules.TryGet(out var active) ? read(active) : [];

    private static IEnumerable<Measurement<double>> Digest(RulesInForce rules, string set) =>
        IfLoaded(rules, active => [new(1, new("digest", active.Rules.Digest), new("set", set))]);

    private static IEnumerable<Measurement<double>> Waivers(RuleSet rules, DateTimeOffset now)
    {
        var states = rules.Waivers.CountBy(waiver => StateOf(waiver, DateOnly.FromDateTime(now.UtcDateTime)))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var state in (string[])["active", "expiring", "expired", "invalid"])
            yield return new(states.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state));
    }

    private static string StateOf(Waiver waiver, DateOnly today) => waiver.Expires switch
    {
        null => "invalid",
        { } end when end < today => "expired",
        { } end when end <= today.AddDays(Soon.Days) => "expiring",
        _ => "active",
    };

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1_000d;
}
