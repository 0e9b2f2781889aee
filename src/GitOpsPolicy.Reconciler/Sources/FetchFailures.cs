using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// What Git's words on a failed fetch mean. (Texts of Git 2.30 to 2.50 and of the servers' usual answers, in the C locale.)
/// </summary>
internal static class FetchFailures
{
    private const int MaxShown = 300;

    private static readonly (string Words, FetchFault Fault, string Message)[] Table =
    [
        ("No space left on device", FetchFault.CacheUnusable, "the cache folder's disk is full"),
        ("Permission denied (", FetchFault.Unauthorized, "the server does not accept the key"),
        ("Host key verification failed", FetchFault.UnknownServer, "the server's key is not the one in `known_hosts`"),
        ("Authentication failed", FetchFault.Unauthorized, "the server does not accept the credentials"),
        ("could not read Username", FetchFault.Unauthorized, "the server asks for credentials; name a Secret with them"),
        ("terminal prompts disabled", FetchFault.Unauthorized, "the server asks for credentials; name a Secret with them"),
        ("returned error: 401", FetchFault.Unauthorized, "the server does not accept the credentials"),
        ("returned error: 403", FetchFault.Unauthorized, "the server does not let these credentials read the repository"),
        ("returned error: 404", FetchFault.RepositoryMissing, "there is no such repository, or the credentials do not show it"),
        ("returned error: 30", FetchFault.Redirected, "the server sends elsewhere, where nobody follows; correct the address"),
        ("unable to update url base from redirection", FetchFault.Redirected,
            "the server sends elsewhere, where nobody follows; correct the address"),
        ("returned error: 5", FetchFault.Unreachable, "the server answers with an error of its own"),
        ("returned error: 429", FetchFault.Unreachable, "the server has been asked too often"),
        ("couldn't find remote ref", FetchFault.RefMissing, "the repository has no such branch or tag"),
        ("not our ref", FetchFault.RefMissing, "the repository has no such commit"),
        ("unadvertised object", FetchFault.RefMissing,
            "the server does not give out commits by their id, or has no such commit; follow a branch or a tag"),
        ("does not appear to be a git repository", FetchFault.RepositoryMissing, "there is no repository at the address"),
        ("repository not exported", FetchFault.RepositoryMissing, "there is no such repository, or the server does not show it"),
        ("not found", FetchFault.RepositoryMissing, "there is no repository at the address"),
        ("dubious ownership", FetchFault.RepositoryMissing,
            "the repository belongs to another user of this machine, whose word is not taken"),
        ("mismatched algorithms", FetchFault.Unacceptable, "the repository names objects by SHA-256, which mirrors do not hold"),
        ("fsck", FetchFault.Unacceptable, "the repository holds objects that break Git's rules"),
        ("Could not resolve host", FetchFault.Unreachable, "the host cannot be resolved"),
        ("unable to connect", FetchFault.Unreachable, "the server does not answer"),
        ("Failed to connect", FetchFault.Unreachable, "the server does not answer"),
        ("Connection refused", FetchFault.Unreachable, "the server does not answer"),
        ("timed out", FetchFault.Unreachable, "the server does not answer in time"),
        ("Operation too slow", FetchFault.Unreachable, "the server hardly sends anything"),
        ("SSL certificate problem", FetchFault.UnknownServer, "the server's certificate is not trusted"),
        ("server certificate verification failed", FetchFault.UnknownServer, "the server's certificate is not trusted"),
        ("early EOF", FetchFault.Interrupted, "the transfer broke off"),
        ("RPC failed", FetchFault.Interrupted, "the transfer broke off"),
        ("unexpected disconnect", FetchFault.Interrupted, "the transfer broke off"),
        ("hung up", FetchFault.Interrupted, "the transfer broke off"),
        ("Connection reset", FetchFault.Interrupted, "the transfer broke off"),
    ];

    /// <summary>Names a failure.</summary>
    public static FetchResult.Failed Of(ToolResult result, GitReference reference)
    {
        if (result.Stopped is { } stopped) return new(FetchFault.TimedOut, $"the fetch {stopped}");
        foreach (var (words, fault, message) in Table)
            if (result.ErrorText.Contains(words, StringComparison.OrdinalIgnoreCase))
                return new(fault, fault == FetchFault.RefMissing ? $"{message}: `{SafeText.OneLine(reference.Name)}`" : message);
        return new(FetchFault.Other, "git says: " + Shorten(result.ErrorText));
    }

    private static string Shorten(string said)
    {
        var line = said.Split('\n').LastOrDefault(static line => line.Trim().Length > 0) ?? "nothing";
        return SafeText.OneLine(line.Length > MaxShown ? line[..MaxShown] + "…" : line.Trim());
    }
}
