using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using GitOpsPolicy.Reconciler.Dashboard;
using GitOpsPolicy.Reconciler.Notifications;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Where people and programs see how units are doing; null for nowhere.</summary>
/// <param name="Dashboard">Where the dashboard listens.</param>
/// <param name="Metrics">Where the metrics are.</param>
/// <param name="Notify">Where notices go. Its path is a secret.</param>
/// <param name="Format">What understands them there.</param>
/// <param name="Link">Where people reach the dashboard.</param>
internal sealed record ReconcileViewSettings(
    IPEndPoint? Dashboard, IPEndPoint? Metrics, Uri? Notify, NoticeFormat Format, Uri? Link)
{
    /// <summary>Nobody looks.</summary>
    public static ReconcileViewSettings None { get; } = new(null, null, null, NoticeFormat.Json, null);

    /// <summary>Writes events of the cluster; null for none.</summary>
    public EventChannel? Events { get; init; }

    /// <summary>What everybody who looks should know first; null for nothing.</summary>
    public Func<string?> Notice { get; init; } = static () => null;

    /// <summary>The file that a unit is in; null for one of the cluster.</summary>
    public Func<UnitKey, string?> FileOf { get; init; } = static _ => null;

    /// <summary>This process is the one that tells people of a unit.</summary>
    public Func<UnitKey, bool> Tells { get; init; } = static _ => true;
}

/// <summary>The options by which <c>reconcile</c> is told who looks at it.</summary>
internal sealed class ReconcileViewOptions
{
    private const string NotifyVariable = "GITOPS_POLICY_NOTIFY_URL";
    private const int MetricsPort = 8080;

    private readonly Option<string?> dashboard = new("--dashboard")
    {
        HelpName = "ADDRESS",
        Description = $"Show the dashboard there: `127.0.0.1:{DashboardOptions.DefaultPort}`, or a port alone for this machine only. It asks nobody who they are.",
    };
    private readonly Option<string?> link = new("--dashboard-url")
    {
        HelpName = "URL",
        Description = "Where people reach the dashboard, when that is elsewhere: notices link to it.",
    };
    private readonly Option<string?> metrics = new("--metrics")
    {
        HelpName = "ADDRESS",
        Description = $"Show metrics for Prometheus there: `0.0.0.0:{MetricsPort}`.",
    };
    private readonly Option<string?> notify = new("--notify")
    {
        HelpName = "URL",
        Description = $"Post a notice there when a unit needs somebody. Default: `{NotifyVariable}` in the environment, where nobody else can read it.",
    };
    private readonly Option<string> format = new("--notify-format")
    {
        HelpName = "json|slack",
        Description = "What understands the notices there.",
        DefaultValueFactory = static _ => "json",
    };

    public ReconcileViewOptions() => format.AcceptOnlyFromAmong("json", "slack");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [dashboard, link, metrics, notify, format];

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>The settings that they come to.</summary>
    /// <exception cref="UsageException">An address that is none; one of a chat is not repeated.</exception>
    public ReconcileViewSettings Read(ParseResult parsed, Terminal terminal)
    {
        var settings = new ReconcileViewSettings(
            Endpoint(parsed.GetValue(dashboard), dashboard, DashboardOptions.DefaultPort),
            Endpoint(parsed.GetValue(metrics), metrics, MetricsPort),
            Web(parsed.GetValue(notify) ?? terminal.Variable(NotifyVariable), notify),
            parsed.GetValue(format) == "slack" ? NoticeFormat.Slack : NoticeFormat.Json,
            Web(parsed.GetValue(link), link));
        if (settings is { Link: not null, Dashboard: null, Notify: null })
            throw new UsageException($"`{link.Name}` goes with `{dashboard.Name}` or `{notify.Name}`");
        if (settings.Notify is null && parsed.GetResult(format) is { Implicit: false })
            throw new UsageException($"`{format.Name}` goes with `{notify.Name}`");
        return settings;
    }

    private static IPEndPoint? Endpoint(string? text, Option option, int port)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var number = text[0] == ':' ? text[1..] : text;
        if (ushort.TryParse(number, out var alone)) return new(IPAddress.Loopback, alone);
        if (number.All(char.IsAsciiDigit))
            throw new UsageException($"`{option.Name} {text}` is no port: they go from 0 to {IPEndPoint.MaxPort}");
        var address = text.StartsWith("localhost", StringComparison.Ordinal) ? "127.0.0.1" + text["localhost".Length..] : text;
        if (!IPEndPoint.TryParse(address, out var endpoint) || !IsWhole(address, endpoint.Address))
            throw new UsageException($"`{option.Name} {text}` is no address; write `127.0.0.1:{port}`, or a port alone");
        return HasPort(address, endpoint) ? endpoint : new(endpoint.Address, port);
    }

    // Half an address is one, too, to those who read addresses: `1.2` is 1.0.0.2 to them.
    private static bool IsWhole(string text, IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetwork || text.Split(':')[0] == address.ToString();

    // Port 0 that somebody wrote takes a free one; port 0 that nobody wrote is the usual one.
    private static bool HasPort(string address, IPEndPoint endpoint) =>
        endpoint.Port != 0 || address.EndsWith(":0", StringComparison.Ordinal);

    private static Uri? Web(string? text, Option option) => text switch
    {
        null or "" => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) =>
            address,
        _ => throw new UsageException($"what `{option.Name}` was given is no `http` or `https` address"),
    };
}
