using System.Net;
using System.Net.Sockets;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Addresses that no repository lies at, and where asking alone can do harm: services that hand out a machine's credentials, and
/// the machine itself. (Cloud providers' own pages on instance metadata; RFC 6890 for the rest.)
/// </summary>
internal static class ForbiddenAddresses
{
    private static readonly (IPNetwork Network, string What)[] Table =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "no host"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local: instance metadata"),
        (IPNetwork.Parse("100.100.100.200/32"), "instance metadata"),
        (IPNetwork.Parse("192.0.0.192/32"), "instance metadata"),
        (IPNetwork.Parse("168.63.129.16/32"), "the platform of the machine"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "no host"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
        (IPNetwork.Parse("fd00:ec2::/32"), "instance metadata"),
        (IPNetwork.Parse("fd20:ce::/32"), "instance metadata"),
    ];

    // An address in which an IPv4 address is packed: where, in bytes, it lies (RFC 4291, 6052, 3056).
    private static readonly (IPNetwork Network, int At)[] Packed =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>What an address is that must not be asked; null for one that may.</summary>
    public static string? WhatIs(IPAddress address, bool allowsLoopback)
    {
        if (address.IsIPv4MappedToIPv6) return WhatIs(address.MapToIPv4(), allowsLoopback);
        if (IPAddress.IsLoopback(address)) return allowsLoopback ? null : "this machine";
        foreach (var (network, what) in Table)
            if (network.Contains(address)) return what;
        return Unpack(address) is { } inner ? WhatIs(inner, allowsLoopback) : null;
    }

    private static IPAddress? Unpack(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        foreach (var (network, at) in Packed)
            if (network.Contains(address)) return new(address.GetAddressBytes().AsSpan(at, 4));
        return null;
    }
}
