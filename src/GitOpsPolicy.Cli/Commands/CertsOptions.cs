using System.CommandLine;
using GitOpsPolicy.Webhook.Certificates;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What the verbs of <c>gitops-policy certs</c> have in common.</summary>
internal sealed class CertsOptions
{
    private const int MostDays = 36_500;

    /// <summary>Where the certificates are.</summary>
    public Argument<string> Folder { get; } = new("DIR")
    {
        Description = "The folder.",
        DefaultValueFactory = static _ => "webhook-certs",
    };

    /// <summary>What the serving certificate is for.</summary>
    public Option<string[]> Hosts { get; } = new("--host")
    {
        HelpName = "NAME",
        Description = "Name or address that the webhook is reached by, such as `gitops-policy.NAMESPACE.svc`. May be given several times. Default: the names it has, or localhost.",
    };

    /// <summary>How long what is issued holds.</summary>
    public Option<int> Days { get; } = new("--days")
    {
        HelpName = "DAYS",
        Description = "How long certificates hold.",
        DefaultValueFactory = static _ => (int)CertificateLifetimes.Default.Leaf.TotalDays,
    };

    /// <summary>How long authorities hold.</summary>
    public Option<int> AuthorityDays { get; } = new("--authority-days")
    {
        HelpName = "DAYS",
        Description = "How long authorities hold.",
        DefaultValueFactory = static _ => (int)CertificateLifetimes.Default.Authority.TotalDays,
    };

    /// <summary>The names to make a certificate for.</summary>
    /// <exception cref="UsageException">One of them is no name.</exception>
    public string[] Names(ParseResult parsed) =>
        Given(parsed) is { Length: > 0 } given ? given : ["localhost", "127.0.0.1", "::1"];

    /// <summary>The names that were given.</summary>
    /// <exception cref="UsageException">One of them is no name.</exception>
    public string[] Given(ParseResult parsed)
    {
        var given = parsed.GetValue(Hosts) ?? [];
        return given.FirstOrDefault(static name => !CertificateNames.CanBeServed(name)) is { } wrong
            ? throw new UsageException($"`--host {wrong}` is no DNS name and no address")
            : given;
    }

    /// <summary>How long what is made holds.</summary>
    /// <exception cref="UsageException">A number of days out of range.</exception>
    public CertificateLifetimes Lifetimes(ParseResult parsed) =>
        new(TimeSpan.FromDays(Count(parsed, AuthorityDays)), TimeSpan.FromDays(Count(parsed, Days)));

    private static int Count(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is var days and >= 1 and <= MostDays
            ? days
            : throw new UsageException($"`{option.Name}` takes 1 to {MostDays} days");
}
