using System.Net;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>
/// Names that requests may ask by. A page of somebody else can have its own name resolve to this machine, and would then read
/// what a browser here can see; it cannot make the browser say another name.
/// </summary>
/// <param name="options">How the dashboard is shown.</param>
internal sealed class HostNames(DashboardOptions options)
{
    /// <summary>Whether a request that asks by a name is answered.</summary>
    public bool Allow(HostString host)
    {
        if (options.Hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase) || IsOfThisMachine(host.Host)) return true;
        return options.Hosts.IsEmpty && !IPAddress.IsLoopback(options.Endpoint.Address);
    }

    private static bool IsOfThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
