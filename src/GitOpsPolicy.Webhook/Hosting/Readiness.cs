using System.Text;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>
/// Whether requests should be sent here: only once rules are in force, with a certificate that holds, and neither while warming
/// up nor while shutting down.
/// </summary>
internal sealed class Readiness(WebhookParts parts)
{
    /// <summary>Anyone who may write such resources could make the page long.</summary>
    private const int MaxTroubles = 20;

    private volatile bool isDraining;
    private volatile bool isWarmingUp;

    /// <summary>Goes red, for good.</summary>
    public void Drain() => isDraining = true;

    /// <summary>Not ready until what is begun here has ended.</summary>
    public void WarmUp(bool isUnderWay) => isWarmingUp = isUnderWay;

    /// <summary>Shutting down.</summary>
    public bool IsDraining => isDraining;

    /// <summary>Ready or not, with a line on each part.</summary>
    public (bool IsReady, string Detail) Tell()
    {
        var hasRules = parts.Rules.TryGet(out _);
        var hasCertificate = parts.Certificate.NotAfter > parts.Clock.GetUtcNow();
        var detail = new StringBuilder();
        Tell(detail, "rules", parts.Rules);
        if (parts.Canary is { } canary) Tell(detail, "canary", canary.Rules);
        detail.Append("certificate: ")
            .Append(parts.Certificate.NotAfter is { } end
                ? $"{(hasCertificate ? "until" : "expired")} {end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"
                : "none");
        detail.Append(parts.Certificate.Trouble is { } trouble ? $"; {trouble}" : "").Append('\n');
        foreach (var why in (parts.BreakGlass?.Register.Troubles ?? []).Take(MaxTroubles))
            detail.Append("break-glass: ").Append(why).Append('\n');
        if (isWarmingUp) detail.Append("warming up: yes\n");
        detail.Append("draining: ").Append(isDraining ? "yes" : "no").Append('\n');
        return (hasRules && hasCertificate && !isWarmingUp && !isDraining, detail.ToString());
    }

    private static void Tell(StringBuilder detail, string name, RulesInForce rules)
    {
        var told = rules.TryGet(out var active)
            ? $"{active.Rules.Digest}, {Counted.Of(active.Rules.Rules.Length, "rule")}, since {active.LoadedAt:yyyy-MM-ddTHH:mm:ssZ}"
            : "none loaded";
        detail.Append(name).Append(": ").Append(told).Append('\n');
        if (rules.Concern is { } concern) detail.Append(name).Append(": ").Append(concern).Append('\n');
        if (rules.Trouble is { } why) detail.Append("new ").Append(name).Append(' ').Append(why).Append('\n');
    }
}
