using System.CommandLine;
using System.Net;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Hosting;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>gitops-policy serve</c> beside those that find the rules.</summary>
internal sealed class ServeOptions
{
    private readonly Option<int> port = new("--port")
    {
        HelpName = "N",
        Description = "Port for admission reviews, over TLS.",
        DefaultValueFactory = static _ => 8443,
    };
    private readonly Option<int> operationsPort = new("--operations-port")
    {
        HelpName = "N",
        Description = "Port for /metrics, /healthz and /readyz, in clear.",
        DefaultValueFactory = static _ => 8080,
    };
    private readonly Option<string> address = new("--address")
    {
        HelpName = "IP",
        Description = "Address to listen on. Default: every one.",
        DefaultValueFactory = static _ => "::",
    };
    private readonly Option<string?> clientAuthority = new("--client-ca")
    {
        HelpName = "FILE",
        Description = "Take requests only from holders of a client certificate of this authority.",
    };
    private readonly Option<string[]> clientNames = new("--client-name")
    {
        HelpName = "CN",
        Description = "With --client-ca: take requests only from this common name. May be given several times.",
    };
    private readonly Option<bool> allowTls12 = new("--allow-tls12") { Description = "Also speak TLS 1.2." };
    private readonly Option<string?> environment = new("--environment")
    {
        HelpName = "E",
        Description = "The environment of this cluster, as the configuration calls it.",
    };
    private readonly Option<int> drain = new("--drain")
    {
        HelpName = "SECONDS",
        Description = "How long to answer on after /readyz has gone red.",
        DefaultValueFactory = static _ => 10,
    };

    private readonly ServeCertificates certificates;

    /// <summary>Sets the options up.</summary>
    public ServeOptions() => certificates = new(Cluster);

    /// <summary>Which cluster is talked to.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            port, operationsPort, address, clientAuthority, clientNames, allowTls12, environment, drain
        ])
            command.Options.Add(option);
        certificates.AddTo(command);
        Cluster.AddTo(command);
    }

    /// <summary>Where to listen and how.</summary>
    /// <exception cref="UsageException">An address that is none, or a port out of range.</exception>
    public WebhookOptions Listening(ParseResult parsed)
    {
        var text = parsed.GetRequiredValue(address);
        return new()
        {
            Address = IPAddress.TryParse(text, out var ip)
                ? ip
                : throw new UsageException($"`--address {text}` is no IP address"),
            Port = Port(parsed, port),
            OperationsPort = Port(parsed, operationsPort),
            Drain = TimeSpan.FromSeconds(parsed.GetValue(drain) is var seconds and >= 0 and <= 600
                ? seconds
                : throw new UsageException("`--drain` takes 0 to 600 seconds")),
            AllowTls12 = parsed.GetValue(allowTls12),
            Environment = parsed.GetValue(environment),
        };
    }

    /// <summary>The certificate to show.</summary>
    /// <exception cref="UsageException">It cannot be read or made.</exception>
    public ServedCertificate Certificate(ParseResult parsed, Terminal terminal) => certificates.Open(parsed, terminal);

    /// <summary>Who may call; null for anyone.</summary>
    /// <exception cref="UsageException">The authority cannot be read, or names are given without one.</exception>
    public AllowedCallers? Callers(ParseResult parsed, Terminal terminal)
    {
        var names = parsed.GetValue(clientNames) ?? [];
        if (parsed.GetValue(clientAuthority) is not { } file)
            return names.Length == 0
                ? null
                : throw new UsageException("`--client-name` says who may call only together with `--client-ca`");
        try
        {
            return CallersFile.Read(Path.Combine(terminal.WorkingDirectory, file), [.. names]);
        }
        catch (CertificateException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static int Port(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is var number and >= 0 and <= 65_535
            ? number
            : throw new UsageException($"`{option.Name}` takes 0 to 65535");
}
