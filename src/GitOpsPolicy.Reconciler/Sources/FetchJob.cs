using System.Net;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>One question to Git, all of which has been looked at.</summary>
/// <param name="Address">Where.</param>
/// <param name="Reference">What is followed.</param>
/// <param name="Pinned">The IP addresses that the host has.</param>
/// <param name="Credentials">What to log in with.</param>
internal sealed record FetchJob(GitAddress Address, GitReference Reference, IPAddress[] Pinned, GitCredentials Credentials)
{
    /// <summary>The <c>git</c> of this machine.</summary>
    public required string Executable { get; init; }

    /// <summary>How long the fetch may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Where private folders are made.</summary>
    public required string PrivateFolders { get; init; }

    /// <summary>The commit that was applied; null for none.</summary>
    public string? Applied { get; init; }

    /// <summary>The answer to one is the answer to the other.</summary>
    public bool AsksTheSame(FetchJob other) => Reference == other.Reference && Credentials.AreThoseOf(other.Credentials);

    /// <summary>Why these credentials are not used at this address; null when they are.</summary>
    public FetchResult.Failed? Refusal => (Address.Scheme, Credentials) switch
    {
        (GitScheme.Http
            or GitScheme.Git, { Authorization: not null } or { Identity: not null }) when !Pinned.All(IPAddress.IsLoopback) =>
            new(
                FetchFault.Refused,
                $"credentials are not sent over `{Address.Protocol}`, where anybody on the way can read them; use `https` or `ssh`"),
        (GitScheme.Ssh, { Identity: null }) =>
            new(FetchFault.Refused, "an `ssh` address needs a Secret with `identity` and `known_hosts`"),
        (not GitScheme.Ssh, { Identity: not null }) => new(FetchFault.Refused, "a Secret with `identity` is for `ssh` addresses"),
        (GitScheme.Git or GitScheme.File or GitScheme.Ssh, { Authorization: not null }) =>
            new(FetchFault.Refused, "a Secret with `username` or `bearerToken` is for `https` addresses"),
        _ => null,
    };
}
