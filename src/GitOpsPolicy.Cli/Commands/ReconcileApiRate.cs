using System.CommandLine;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The options by which <c>reconcile</c> is told how much it may ask of an API server. They are called as kubelets, schedulers
/// and other controllers call them.
/// </summary>
internal sealed class ReconcileApiRate
{
    // What an API server gives one controller among others; what it has less room for it says itself, by 429.
    private const double UsualRate = 100;
    private const int Most = 10_000;

    private readonly Option<double> rate = new("--kube-api-qps")
    {
        HelpName = "N",
        Description = "Requests a second that an API server is sent at most, on the long run.",
        DefaultValueFactory = static _ => UsualRate,
    };
    private readonly Option<int?> burst = new("--kube-api-burst")
    {
        HelpName = "N",
        Description = "Requests that it is sent at once after a rest. Default: twice `--kube-api-qps`.",
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(rate);
        command.Options.Add(burst);
    }

    /// <summary>Makes what spaces the requests to one API server out.</summary>
    /// <exception cref="UsageException">A number out of range.</exception>
    public Func<RequestPace> Read(ParseResult parsed, Terminal terminal)
    {
        var perSecond = parsed.GetValue(rate);
        if (perSecond is not (>= 1 and <= Most)) throw new UsageException($"`{rate.Name}` takes 1 to {Most} requests a second");
        var atOnce = parsed.GetValue(burst) ?? (int)Math.Ceiling(2 * perSecond);
        if (atOnce is < 1 or > 2 * Most) throw new UsageException($"`{burst.Name}` takes 1 to {2 * Most} requests");
        return () => new(perSecond, atOnce, terminal.Clock);
    }
}
