using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Hosting;

/// <summary>Whether requests should be sent here: only once rules are in force, with a certificate that holds, and not while shutting down.</summary>
internal sealed class Readiness(RulesInForce rules, IServingCertificate certificate, TimeProvider clock)
{
    private volatile bool isDraining;

    /// <summary>Goes red, for good.</summary>
    public void Drain() => isDraining = true;

    /// <summary>Shutting down.</summary>
    public bool IsDraining => isDraining;

    /// <summary>Ready or not, with a line on each part.</summary>
    public (bool IsReady, string Detail) Tell()
    {
        var hasRules = rules.TryGet(out var active);
        var hasCertificate = certificate.NotAfter > clock.GetUtcNow();
        var detail = $"""
            rules: {(active is null ? "none loaded" : $"{active.Rules.Digest}, {active.Rules.Rules.Length} rules, since {active.LoadedAt:yyyy-MM-ddTHH:mm:ssZ}")}
            certificate: {(certificate.NotAfter is { } end ? $"{(hasCertificate ? "until" : "expired")} {end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "none")}{(certificate.Trouble is { } trouble ? $"; {trouble}" : "")}
            draining: {(isDraining ? "yes" : "no")}

            """;
        return (hasRules && hasCertificate && !isDraining, detail);
    }
}
