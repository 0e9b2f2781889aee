using System.Globalization;
using System.Net;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Runs <c>git</c> for one repository's address. Nothing that a repository, a server, or this machine's own configuration says
/// makes it run anything else, ask another host, or show what it logs in with: arguments hold no secret, and a key lies in a
/// private folder until the call is disposed of.
/// </summary>
internal sealed class GitCall : IDisposable
{
    private const int MaxOutput = 16 * 1024 * 1024;

    private static readonly (string Key, string Value)[] Hardening =
    [
        .. GitHardening.OfBare,
        ("core.askPass", ""), ("core.alternateRefsCommand", ""), ("core.logAllRefUpdates", "false"),
        ("core.bigFileThreshold", "16m"), ("core.fsync", "all"),
        ("credential.helper", ""), ("credential.interactive", "false"),
        ("http.followRedirects", "false"), ("http.proxy", ""), ("http.sslVerify", "true"), ("http.lowSpeedLimit", "1000"),
        ("http.lowSpeedTime", "30"),
        ("protocol.version", "2"),
        ("fetch.fsckObjects", "true"), ("fetch.unpackLimit", "1"), ("fetch.writeCommitGraph", "false"),
        ("fetch.recurseSubmodules", "false"), ("fetch.uriProtocols", ""),
        ("transfer.bundleURI", "false"), ("transfer.credentialsInUrl", "die"), ("submodule.recurse", "false"), ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("pack.writeReverseIndex", "false"), ("pack.threads", "1"), ("repack.writeBitmaps", "false"),
        ("log.showSignature", "false"),
    ];

    private readonly Tool tool;
    private readonly PrivateFolder? keys;

    private GitCall(string executable, Dictionary<string, string> environment, PrivateFolder? keys, string url) =>
        (tool, this.keys, Url) = (new(executable, environment), keys, url);

    /// <summary>The address as Git is given it.</summary>
    public string Url { get; }

    /// <summary>A call that reads a mirror and asks nobody.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="more">More of its environment; null for nothing more.</param>
    public static GitCall Offline(string executable, IReadOnlyDictionary<string, string>? more = null)
    {
        var environment = Surroundings("none", []);
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) environment[name] = value;
        return new(executable, environment, null, "");
    }

    /// <summary>A call to the address of a job.</summary>
    public static GitCall To(FetchJob job)
    {
        var (address, pinned, credentials) = (job.Address, job.Pinned, job.Credentials);
        var options = new List<(string, string)>();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var (secrets, trusted) = ((PrivateFolder?)null, (string?)null);
        var url = address.ForGit;
        switch (address.Scheme)
        {
            case GitScheme.Https or GitScheme.Http:
                options.AddRange(ForHttp(address, pinned, credentials));
                if (credentials.CertificateAuthority is { } authority)
                    trusted = (secrets = PrivateFolder.Create(job.PrivateFolders)).Write("ca.crt", authority);
                break;
            case GitScheme.Ssh:
                secrets = PrivateFolder.Create(job.PrivateFolders);
                environment["GIT_SSH_COMMAND"] = $"ssh -F '{SshSettings.Write(secrets, address, pinned[0], credentials)}'";
                environment["GIT_SSH_VARIANT"] = "ssh";
                break;
            case GitScheme.Git:
                environment["GIT_OVERRIDE_VIRTUAL_HOST"] = address.Authority;
                url = new UriBuilder("git", pinned[0].ToString(), address.Port).Uri.GetLeftPart(
                    UriPartial.Authority) + address.Path;
                break;
        }

        foreach (var (name, value) in Surroundings(address.Protocol, options)) environment[name] = value;
        // Not as an option: the machine's own authorities may be named so too, and a variable counts more.
        if (trusted is not null) environment["GIT_SSL_CAINFO"] = trusted;
        return new(job.Executable, environment, secrets, url);
    }

    /// <summary>Runs one command in a mirror.</summary>
    public Task<ToolResult> RunAsync(
        string mirror, TimeSpan timeout, IEnumerable<string> arguments, CancellationToken cancellation) =>
        tool.RunAsync(mirror, ["--no-pager", "--git-dir=.", .. arguments], new(timeout, MaxOutput), cancellation);

    /// <summary>Removes the keys.</summary>
    public void Dispose() => keys?.Dispose();

    private static IEnumerable<(string, string)> ForHttp(GitAddress address, IPAddress[] pinned, GitCredentials credentials)
    {
        if (!IPAddress.TryParse(address.Host, out _))
            yield return ("http.curloptResolve",
                string.Create(
                    CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}:{string.Join(',', pinned.Select(Bracketed))}"));
        if (credentials.Authorization is { } authorization)
            yield return ($"http.{address.Protocol}://{address.Authority}/.extraHeader", "Authorization: " + authorization);
    }

    private static string Bracketed(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // Options go through the environment, which no other user of the machine can read; arguments are there for all to see.
    private static Dictionary<string, string> Surroundings(string protocol, IEnumerable<(string Key, string Value)> more)
    {
        var environment = new Dictionary<string, string>(GitHardening.Surroundings, StringComparer.Ordinal)
        {
            ["HOME"] = "/nonexistent",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ASKPASS"] = "",
            ["SSH_ASKPASS"] = "",
            ["GIT_ALLOW_PROTOCOL"] = protocol,
        };
        foreach (var name in (ReadOnlySpan<string>)["SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) environment[name] = value;
        var count = 0;
        foreach (var (key, value) in Hardening.Concat(more))
        {
            environment[$"GIT_CONFIG_KEY_{count}"] = key;
            environment[$"GIT_CONFIG_VALUE_{count++}"] = value;
        }

        environment["GIT_CONFIG_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
        return environment;
    }
}
