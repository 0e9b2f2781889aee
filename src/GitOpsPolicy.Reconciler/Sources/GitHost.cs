using System.Net;
using System.Net.Sockets;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Whether an address may be asked, and at which IP address. The name is resolved once, here, and Git is told the outcome: a name
/// that means another machine a moment later does not lead there.
/// </summary>
/// <param name="settings">What the host of the engine lets be asked.</param>
/// <param name="resolve">Gives the addresses of a name.</param>
internal sealed class GitHost(GitSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private const string LocalHint = "`--allow-local` gives leave to read them";

    /// <summary>Finds the IP addresses to ask; none for a file. A reason where it must not be asked.</summary>
    public async Task<(IPAddress[] Addresses, FetchResult.Failed? Refusal)> FindAsync(
        GitAddress address, CancellationToken cancellation)
    {
        if (address.Scheme == GitScheme.File) return ([], CheckFolder(address.Path));
        if (!settings.Hosts.IsEmpty && !settings.Hosts.Any(glob => FitsHost(glob, address.Host)))
            return ([], Refuse($"`{address.Host}` is none of the hosts that may be asked"));
        IPAddress[] found;
        try
        {
            found = IPAddress.TryParse(address.Host, out var literal) ? [literal] : await resolve(address.Host, cancellation);
        }
        catch (SocketException e)
        {
            return ([], new(FetchFault.Unreachable, $"the host `{address.Host}` cannot be resolved: {e.SocketErrorCode}"));
        }

        if (found.Length == 0) return ([], new(FetchFault.Unreachable, $"the host `{address.Host}` has no address"));
        foreach (var one in found)
            if (ForbiddenAddresses.WhatIs(one, settings.AllowsLoopback) is { } what)
                return ([], Refuse($"`{address.Host}` leads to {one} ({what}), which is never asked"));
        return (found, null);
    }

    // Among the mirrors lie the repositories of every other unit.
    private FetchResult.Failed? CheckFolder(string path)
    {
        if (!settings.AllowsLocal) return Refuse($"folders of this machine are not read ({LocalHint})");
        var real = RealPath.Of(path);
        if (real is null || !Directory.Exists(real)) return new(FetchFault.RepositoryMissing, "there is no such folder");
        var cache = RealPath.Of(Path.GetFullPath(settings.CacheFolder)) ?? settings.CacheFolder;
        return RealPath.IsWithin(real, cache) ? Refuse("the folder lies among the engine's own mirrors") : null;
    }

    private static bool FitsHost(string glob, string host) => glob.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(glob[1..], StringComparison.OrdinalIgnoreCase)
        : glob.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static FetchResult.Failed Refuse(string why) => new(FetchFault.Refused, why);
}
