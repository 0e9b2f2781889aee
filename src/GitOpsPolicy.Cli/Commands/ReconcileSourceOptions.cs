using System.CommandLine;
using GitOpsPolicy.Reconciler.Sources;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which <c>reconcile</c> is told what Git it may ask, and where it keeps what it fetched.</summary>
internal sealed class ReconcileSourceOptions
{
    private readonly Option<string?> cache = new("--cache")
    {
        HelpName = "DIR",
        Description = "Where repositories are mirrored. Losing it loses nothing but time. Default: `gitops-policy` in the user's folder for caches.",
    };
    private readonly Option<string[]> hosts = new("--git-hosts")
    {
        HelpName = "HOST",
        Description = "Git servers that units may follow: `git.example.com`, `*.example.com`. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> local = new("--allow-local")
    {
        Description = "Units may follow repositories in folders of this machine, and Git servers on it.",
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[cache, hosts, local]) command.Options.Add(option);
    }

    /// <summary>The settings that they come to.</summary>
    /// <exception cref="UsageException">What is no host, or no folder for caches.</exception>
    public GitSettings Read(ParseResult parsed, Terminal terminal) => new()
    {
        CacheFolder = parsed.GetValue(cache) is { } folder
            ? Path.Combine(terminal.WorkingDirectory, folder)
            : UsualCache(terminal),
        Hosts = [.. (parsed.GetValue(hosts) ?? []).Select(Checked)],
        AllowsLocal = parsed.GetValue(local),
        AllowsLoopback = parsed.GetValue(local),
        Freshness = TimeSpan.FromSeconds(1),
    };

    // One that no host can be would let nothing be asked, and only the units would say so.
    private string Checked(string host) =>
        Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) != UriHostNameType.Unknown
            ? host
            : throw new UsageException(
                $"`{hosts.Name} {host}` is no host: write `git.example.com`, or `*.example.com` for all below it");

    // Not below a folder that everybody may write to: whoever is first there owns it (XDG Base Directory Specification).
    private static string UsualCache(Terminal terminal) =>
        terminal.Variable("XDG_CACHE_HOME") is { Length: > 0 } caches ? Path.Combine(caches, "gitops-policy")
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
            ? Path.Combine(home, ".cache", "gitops-policy")
        : throw new UsageException("there is no folder for caches: name one with `--cache`");
}
