using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>The ways to a repository.</summary>
internal enum GitScheme
{
    /// <summary><c>https://</c>.</summary>
    Https,

    /// <summary><c>http://</c>: anybody on the way can change what is fetched.</summary>
    Http,

    /// <summary><c>ssh://</c>.</summary>
    Ssh,

    /// <summary><c>git://</c>: anybody on the way can change what is fetched.</summary>
    Git,

    /// <summary><c>file://</c>, or an absolute path.</summary>
    File,
}

/// <summary>
/// A repository's address, taken apart by strict rules: whatever Git, curl and ssh could read differently than this is refused,
/// so that the host that was checked is the host that is asked.
/// </summary>
/// <param name="Scheme">The way.</param>
/// <param name="User">The account of an <c>ssh</c> address; empty for none.</param>
/// <param name="Host">The host as it is asked; empty for a file.</param>
/// <param name="Port">The port; 0 for a file.</param>
/// <param name="Path">The path on the host, which begins with a slash.</param>
internal sealed record GitAddress(GitScheme Scheme, string User, string Host, int Port, string Path)
{
    private const int MaxLength = 2048;

    private static readonly (string Prefix, GitScheme Scheme, int Port)[] Schemes =
    [
        ("https://", GitScheme.Https, 443), ("http://", GitScheme.Http, 80), ("ssh://", GitScheme.Ssh, 22),
        ("git://", GitScheme.Git, 9418),
        ("file://", GitScheme.File, 0),
    ];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~+@=,:/%");

    /// <summary>Git's own word for the way.</summary>
    public string Protocol => Scheme.ToString().ToLowerInvariant();

    /// <summary>The address for people: without the account.</summary>
    public string Shown => Scheme == GitScheme.File ? Path : $"{Protocol}://{Authority}{Path}";

    /// <summary>The address for Git.</summary>
    public string ForGit =>
        Scheme == GitScheme.File ? "file://" + Path : $"{Protocol}://{(User.Length > 0 ? User + "@" : "")}{Authority}{Path}";

    /// <summary>The host and its port, where that is not the usual one.</summary>
    public string Authority =>
        BracketedHost + (Schemes.Single(known => known.Scheme == Scheme).Port == Port
            ? ""
            : ":" + Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>The host as an address has it.</summary>
    public string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>What a status shows for an address, good or bad: never an account or a password.</summary>
    public static string Show(string url) =>
        TryParse(url, out var address, out _) ? address.Shown : "an address that cannot be used";

    /// <summary>Takes an address apart; false for one that is not plain.</summary>
    public static bool TryParse(string url, [NotNullWhen(true)] out GitAddress? address, [NotNullWhen(false)] out string? reason)
    {
        address = null;
        reason = null;
        if (url.Length > MaxLength) reason = $"the address is longer than {MaxLength} characters";
        else if (url.StartsWith('/')) address = new(GitScheme.File, "", "", 0, url);
        else if (Schemes.FirstOrDefault(known => url.StartsWith(
            known.Prefix, StringComparison.Ordinal)) is { Prefix: { } prefix } known)
            TryParseRest(known.Scheme, known.Port, url[prefix.Length..], out address, out reason);
        else
            reason = "the address begins with none of `https://`, `http://`, `ssh://`, `git://`, `file://` or `/`; write `ssh://git@host/path` for `git@host:path`";
        if (address is not null && !IsPlainPath(address.Path))
            reason = "the path of the address holds characters, or steps such as `..`, that are not accepted";
        if (reason is not null) address = null;
        return address is not null;
    }

    private static void TryParseRest(GitScheme scheme, int usualPort, string rest, out GitAddress? address, out string? reason)
    {
        address = null;
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            reason = "the address names no path";
            return;
        }

        var (authority, path) = (rest[..slash], rest[slash..]);
        if (scheme == GitScheme.File)
        {
            reason = authority.Length > 0 ? "a `file` address names no host" : null;
            address = new(scheme, "", "", 0, path);
            return;
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : authority[..at];
        reason = CheckUser(scheme, at >= 0, user);
        if (reason is not null) return;
        if (!TrySplitPort(authority[(at + 1)..], usualPort, out var host, out var port))
            reason = "the port of the address is no number from 1 to 65535";
        else if (!IsPlainHost(host))
            reason = "the host of the address is neither a plain name nor an IP address in its usual form";
        else address = new(scheme, user, host.Trim('[', ']'), port, path);
    }

    private static string? CheckUser(GitScheme scheme, bool isThere, string user) => (scheme, isThere) switch
    {
        (_, false) => null,
        (GitScheme.Ssh, _) when IsPlainName(user) => null,
        (GitScheme.Ssh, _) => "the account in the address is no plain name; a key belongs into a Secret",
        _ => "the address holds an account or a password; put them into a Secret",
    };

    private static bool TrySplitPort(string text, int usualPort, out string host, out int port)
    {
        (host, port) = (text, usualPort);
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']')) return true;
        host = text[..colon];
        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and < 65536;
    }

    private static bool IsPlainHost(string host)
    {
        if (host.StartsWith('[')) return host.EndsWith(']') && !host.Contains('%') && IPAddress.TryParse(host, out _);
        if (!IsPlainName(host) || host.EndsWith('.')) return false;
        // Programs read `2852039166`, `0xa9fea9fe` and `0251.0376.0251.0376` as addresses, and not all alike: only the usual form
        // is one here.
        var last = host[(host.LastIndexOf('.') + 1)..];
        var isNumber = char.IsAsciiDigit(last[0])
            && (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
        return !isNumber || (IPAddress.TryParse(host, out var address) && address.ToString() == host);
    }

    private static bool IsPlainName(string text) =>
        text.Length > 0
            && text[0] is not ('-' or '.')
            && !text.AsSpan().ContainsAnyExcept(NameCharacters)
            && !text.Contains("..", StringComparison.Ordinal);

    // `%0a` and the like would become control characters on the way.
    private static bool IsPlainPath(string path) =>
        path.Length > 1
        && !path.AsSpan().ContainsAnyExcept(PathCharacters)
        && !path.Contains("::", StringComparison.Ordinal)
        && !path.Split('/').Any(static step => step is "." or ".." || step.StartsWith('-'))
        && !path.Contains("%0", StringComparison.Ordinal)
            && !path.Contains("%1", StringComparison.Ordinal)
            && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase);
}
