using System.CommandLine;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Certificates.InCluster;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options of <c>gitops-policy serve</c> that say which certificate it shows: one of a folder, or one that replicas share in
/// a Secret.
/// </summary>
internal sealed class ServeCertificates
{
    private readonly Option<string?> folder = new("--certs")
    {
        HelpName = "DIR",
        Description =
            "Folder with tls.crt and tls.key; made, with an authority ca.crt, when it has none. Default: webhook-certs.",
    };
    private readonly Option<string?> secret = new("--certificate-secret")
    {
        HelpName = "NAMESPACE/NAME",
        Description = "Instead, make certificates, share them with other replicas in this Secret, and renew them in time.",
    };
    private readonly Option<string?> configuration = new("--webhook-configuration")
    {
        HelpName = "NAME",
        Description = "With --certificate-secret: keep the caBundle of this ValidatingWebhookConfiguration.",
    };
    private readonly Option<string[]> hosts = new("--host")
    {
        HelpName = "NAME",
        Description = "Name or address that a certificate made here is for, such as `gitops-policy.NAMESPACE.svc`. May be given several times. Default: localhost.",
    };
    private readonly ClusterOptions cluster;

    /// <summary>Sets the options up.</summary>
    /// <param name="cluster">Which cluster the Secret is in.</param>
    public ServeCertificates(ClusterOptions cluster) => this.cluster = cluster;

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[folder, secret, configuration, hosts]) command.Options.Add(option);
    }

    /// <summary>The certificate to show.</summary>
    /// <exception cref="UsageException">It cannot be read or made, or the options contradict each other.</exception>
    public ServedCertificate Open(ParseResult parsed, Terminal terminal)
    {
        var names = parsed.GetValue(hosts) is { Length: > 0 } given ? given : ["localhost", "127.0.0.1", "::1"];
        if (names.FirstOrDefault(static name => !CertificateNames.CanBeServed(name)) is { } wrong)
            throw new UsageException($"`--host {wrong}` is no DNS name and no address");
        return (parsed.GetValue(folder), parsed.GetValue(secret), parsed.GetValue(configuration)) switch
        {
            ({ }, { }, _) =>
                throw new UsageException(
                    "`--certs` and `--certificate-secret` are two places for one certificate; give one of them"),
            (_, { } place, var name) => InCluster(place.Split('/'), [.. names], name, parsed, terminal),
            (_, _, { }) =>
                throw new UsageException("`--webhook-configuration` goes with `--certificate-secret`: the authority of a folder is published by whoever filled it"),
            (var path, _, _) => InFolder(path ?? "webhook-certs", names, terminal),
        };
    }

    private ServedCertificate InCluster(string[] place, string[] names, string? configured, ParseResult parsed, Terminal terminal)
    {
        if (place is not [{ Length: > 0 } inNamespace, { Length: > 0 } name])
            throw new UsageException($"`--certificate-secret {string.Join('/', place)}` is not of the form NAMESPACE/NAME");
        var client = cluster.Client(parsed, terminal);
        var certificate = new ClusterCertificate(
            client, new(inNamespace, name, [.. names]) { WebhookConfiguration = configured },
            line => terminal.Error.WriteLine($"certificates: {line}"));
        return new(certificate, client, certificate.RunAsync);
    }

    private static ServedCertificate InFolder(string path, string[] names, Terminal terminal)
    {
        try
        {
            var made = new CertificateFolder(Path.Combine(terminal.WorkingDirectory, path));
            if (!made.IsFilled)
            {
                made.Fill(names, terminal.Clock.GetUtcNow());
                terminal.Error.WriteLine($"made an authority and a certificate in {path}; whoever trusts {Path.Combine(path, "ca.crt")} trusts this server");
            }

            var certificate = new FileCertificate(made.CertificatePath, made.KeyPath, terminal.Clock, TimeSpan.FromSeconds(1));
            return new(certificate, certificate, static _ => Task.CompletedTask);
        }
        catch (CertificateException e)
        {
            throw new UsageException(e.Message);
        }
    }
}

/// <summary>A certificate that is shown, and what keeps it.</summary>
/// <param name="certificate">The certificate.</param>
/// <param name="held">What is let go of in the end.</param>
/// <param name="keep">Keeps the certificate until it is cancelled.</param>
internal sealed class ServedCertificate(
    IServingCertificate certificate, IDisposable held, Func<CancellationToken, Task> keep) : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private Task keeping = Task.CompletedTask;

    /// <summary>The certificate.</summary>
    public IServingCertificate Certificate { get; } = certificate;

    /// <summary>Begins to keep it.</summary>
    public void Start() => keeping = Task.Run(() => keep(ended.Token), CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
        held.Dispose();
    }
}
