using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Knowledge.Promotion;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Inputs.Promotion;

/// <summary>
/// Finds out what promotion rules ask for, before they are run: which versions that changes bring have been in the environment
/// before and when, by the history of the base, and who owns which files. What a pull request itself adds to the environment
/// before has not been there.
/// </summary>
/// <param name="config">The configuration with the environments.</param>
/// <param name="before">The files of the base; null where there is none.</param>
public sealed class PromotionInput(PolicyConfig config, FileTree? before)
{
    // Where GitHub and GitLab look, in this order.
    private static readonly string[] OwnerFiles = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

    /// <summary>Some environment comes after another, so that there is something to find out.</summary>
    public static bool IsWanted(PolicyConfig config) =>
        config.Environments.Any(static environment => environment.After is not null);

    /// <summary>
    /// The changes, with what files of Terraform bring to environments, and with what is found out about all of them.
    /// </summary>
    /// <param name="changes">The changes.</param>
    /// <param name="head">The files of the head.</param>
    /// <param name="now">The moment that ages are counted to; null for when the head was committed.</param>
    /// <param name="clock">The time it is.</param>
    public ChangeSet AddTo(ChangeSet changes, FileTree head, DateTimeOffset? now, DateTimeOffset clock)
    {
        var all = changes with { Changes = [.. changes.Changes, .. new TerraformPromotion(config, before).Read(head)] };
        return all with { Promotion = Read(all, head, now, clock) };
    }

    /// <summary>Finds it out.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="head">The files of the head, for the owners where the base is no revision.</param>
    /// <param name="now">The moment that ages are counted to; null for when the head was committed, which is never taken to be
    /// after <paramref name="clock"/>.</param>
    /// <param name="clock">The time it is.</param>
    public PromotionFacts Read(ChangeSet changes, FileTree head, DateTimeOffset? now, DateTimeOffset clock)
    {
        var revision = before as GitRevision;
        var facts = new PromotionFacts
        {
            AsOf = now ?? Earlier(revision?.HeadTime(), clock),
            Owners = ReadOwners(revision ?? head),
        };
        if (revision is null)
            return facts with { Gap = before is null ? "there is no base to read it from" : "the base is a folder" };
        var wanted = WantedBy(changes);
        if (wanted.Count == 0) return facts;
        var stays = ImmutableArray.CreateBuilder<VersionStay>();
        string? gap = null;
        foreach (var (name, versions) in wanted.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var environment = config.Environments.First(e => e.Name == name);
            if (revision.ReadHistory(environment.Globs.Select(glob => config.FromWorkingFolder(glob.Folder))) is not { } history)
                gap = "Git cannot tell it";
            else
            {
                stays.AddRange(new EnvironmentHistory(revision, history, path => config.EnvironmentOf(path) == name).StaysOf(
                    name, versions));
                if (history.IsCut)
                    gap = history.Commits >= GitHistory.MaxCommits
                        ? $"it is read {GitHistory.MaxCommits} commits back"
                        : "the clone is shallow";
            }
        }

        return facts with { Stays = stays.ToImmutable(), Gap = gap };
    }

    private static DateTimeOffset Earlier(DateTimeOffset? committed, DateTimeOffset clock) =>
        committed is { } at && at < clock ? at : clock;

    private CodeOwners? ReadOwners(FileTree tree)
    {
        foreach (var path in OwnerFiles)
            if (tree.TryRead(config.FromWorkingFolder(path), out var bytes, out _))
                return CodeOwners.Read(Encoding.UTF8.GetString(bytes.Span), config.FromTop);
        return null;
    }

    // By the environment to look in: the versions that changes of the one after it bring.
    private Dictionary<string, Dictionary<string, string>> WantedBy(ChangeSet changes)
    {
        var wanted = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var change in changes.Changes)
        {
            if (change is not { After: not null, Operation: Operation.Create or Operation.Update or Operation.Replace }) continue;
            var name = change.Environment ?? config.EnvironmentOf(change.File ?? change.Location.File);
            if (config.Environments.FirstOrDefault(e => e.Name == name)?.After is not { } previous) continue;
            foreach (var version in DeployedVersion.Introduced(change))
            {
                if (!wanted.TryGetValue(previous, out var versions)) wanted[previous] = versions = new(StringComparer.Ordinal);
                versions[version.Key] = version.Version;
            }
        }

        return wanted;
    }
}
