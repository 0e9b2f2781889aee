using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// The repositories that units follow, mirrored in a cache folder: one bare repository an address, however many units follow it.
/// Losing the folder loses nothing but time, except that commits which no branch holds any more may be gone for good.
/// </summary>
/// <threadsafety>Any number of units may ask at a time; those of one repository take turns.</threadsafety>
public sealed class GitMirror : IDisposable
{
    private readonly GitSettings settings;
    private readonly TimeProvider time;
    private readonly GitHost host;
    private readonly SemaphoreSlim slots;
    private readonly OpenRevisions open;
    private readonly ConcurrentDictionary<string, SharedMirror> mirrors = new(StringComparer.Ordinal);

    /// <summary>Mirrors in a folder.</summary>
    /// <param name="settings">What may be fetched, and where it is kept.</param>
    /// <param name="time">The clock.</param>
    public GitMirror(GitSettings settings, TimeProvider time)
        : this(settings, time, static (name, cancellation) => Dns.GetHostAddressesAsync(name, cancellation))
    {
    }

    /// <summary>The same, with the machine's resolver replaced.</summary>
    internal GitMirror(GitSettings settings, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (this.settings, this.time, host, open) = (settings, time, new(settings, resolve), new(time));
        slots = new(settings.MaxFetches);
        _ = CacheFolder.Refusal(Path.GetFullPath(settings.CacheFolder)); // who asks is told
        PrivateFolder.Sweep(PrivateFolders);
    }

    private string PrivateFolders => Path.GetFullPath(Path.Combine(settings.CacheFolder, "private"));

    /// <summary>Asks Git what a source means now.</summary>
    /// <param name="source">The source.</param>
    /// <param name="credentials">What to log in with; null for nothing.</param>
    /// <param name="appliedCommit">The commit that the unit applied last; null before the first.</param>
    /// <param name="cancellation">Ends the wait; a fetch under way is killed.</param>
    /// <returns>The commit with all its files and how it stands to the applied one, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The answer is not wanted any more.</exception>
    public async Task<FetchResult> FetchAsync(
        GitSource source, GitCredentials? credentials, string? appliedCommit, CancellationToken cancellation)
    {
        if (!GitAddress.TryParse(source.Url, out var address, out var reason))
            return new FetchResult.Failed(FetchFault.Refused, reason);
        if (!GitReference.TryParse(source.Ref, out var reference))
            return new FetchResult.Failed(
                FetchFault.Refused, "what is followed is neither a branch nor a tag (`refs/heads/<branch>`, `refs/tags/<tag>`) nor a commit in full");
        if (!Tool.TryFind("git", out var git))
            return new FetchResult.Failed(FetchFault.CacheUnusable, "`git` is not on the PATH");
        if (source.SigningKeysSecretName is not null && credentials is not { SigningKeys.IsEmpty: false })
            return new FetchResult.Failed(
                FetchFault.Unsigned, $"the Secret `{source.SigningKeysSecretName}` holds no key that could have signed a commit");
        var (pinned, refusal) = await host.FindAsync(address, cancellation);
        if (refusal is not null) return refusal;
        var job = new FetchJob(address, reference, pinned, credentials ?? GitCredentials.None)
        {
            Executable = git, Timeout = source.Timeout, PrivateFolders = PrivateFolders, Applied = appliedCommit,
        };
        return job.Refusal ?? await FetchAsync(job, source.SigningKeysSecretName is not null, cancellation);
    }

    /// <summary>Opens a commit that was fetched once, such as the last good one.</summary>
    public Loaded<GitRevision> Open(GitSource source, string commit)
    {
        if (!GitAddress.TryParse(source.Url, out var address, out var reason) || !Directory.Exists(PlaceOf(address)))
            return new([new(new(commit, 0, 0), reason ?? "nothing has been fetched from this repository yet")]);
        return open.Open(PlaceOf(address), commit);
    }

    /// <summary>How a commit stands to another, as far as what was fetched tells; null where it does not.</summary>
    public async Task<Relation?> RelationAsync(GitSource source, string commit, string other, CancellationToken cancellation)
    {
        if (commit == other) return Relation.Same;
        if (!GitAddress.TryParse(source.Url, out var address, out _) || !Tool.TryFind("git", out var executable)) return null;
        using var git = GitCall.Offline(executable);
        return await new Kinship(git, PlaceOf(address), open, commit).ToAsync(other, cancellation);
    }

    /// <summary>
    /// Something of a commit could not be read: where it is the newest of its repository, the mirror is looked through before it
    /// is used again, and made anew where it has rotted. False where it is not.
    /// </summary>
    public bool Doubt(GitSource source, string commit) =>
        GitAddress.TryParse(source.Url, out var address, out _)
            && mirrors.TryGetValue(PlaceOf(address), out var mirror)
            && mirror.Doubt(commit);

    /// <summary>Lets go of what fetches wait for.</summary>
    public void Dispose()
    {
        foreach (var mirror in mirrors.Values) mirror.Dispose();
        open.Dispose();
        slots.Dispose();
    }

    private async Task<FetchResult> FetchAsync(FetchJob job, bool asksSignature, CancellationToken cancellation)
    {
        var mirror = mirrors.GetOrAdd(PlaceOf(job.Address), place => new(place, settings, time, slots, open));
        try
        {
            var result = await mirror.FetchAsync(job, cancellation);
            return asksSignature && result is FetchResult.Fetched fetched
                ? await VerifyAsync(job, fetched, cancellation)
                : result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FetchResult.Failed(FetchFault.CacheUnusable, $"the cache folder {CacheFolder.WhyNot(Path.GetDirectoryName(PlaceOf(job.Address))!, e)}");
        }
    }

    private async Task<FetchResult> VerifyAsync(FetchJob job, FetchResult.Fetched fetched, CancellationToken cancellation)
    {
        var (signer, reason) = await CommitSignature.VerifyAsync(job, PlaceOf(job.Address), fetched.Commit, cancellation);
        if (signer is not null) return fetched with { SignedBy = signer };
        return new FetchResult.Failed(FetchFault.Unsigned, $"the commit {fetched.Commit} {reason}");
    }

    private string PlaceOf(GitAddress address)
    {
        var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ForGit)))[..32];
        return Path.GetFullPath(Path.Combine(settings.CacheFolder, "mirrors", print + ".git"));
    }
}
