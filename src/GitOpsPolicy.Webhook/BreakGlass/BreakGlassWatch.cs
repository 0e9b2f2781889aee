using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Webhook.BreakGlass;

/// <summary>
/// Follows the BreakGlass resources of a cluster. While the server cannot be reached what was known holds on: its time runs out
/// all the same.
/// </summary>
/// <param name="register">Where the leave goes.</param>
/// <param name="log">Where one line goes for each thing that is wrong.</param>
public sealed class BreakGlassWatch(BreakGlassRegister register, TextWriter log)
{
    /// <summary>The resource.</summary>
    public static readonly ResourceType Type = new(
        BreakGlassGrant.Group, BreakGlassGrant.Version, "breakglasses", BreakGlassGrant.Kind, IsNamespaced: false);

    private readonly SortedDictionary<string, Loaded<BreakGlassGrant>> known = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isListing;

    /// <summary>Ends when all that the cluster has was read for the first time.</summary>
    public Task Listed => listed.Task;

    /// <summary>Follows them until it is stopped.</summary>
    public async Task RunAsync(KubernetesClient client, CancellationToken stop)
    {
        try
        {
            await foreach (var happened in client.FollowAsync(Type, Selection.All, stop)) Take(happened);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    /// <summary>Takes over what the watch tells.</summary>
    internal void Take(WatchEvent happened)
    {
        switch (happened)
        {
            case WatchEvent.Listing:
                known.Clear();
                isListing = true;
                return;   // what was known holds until the list is complete
            case WatchEvent.Listed(var one):
                Keep(one);
                return;
            case WatchEvent.Added(var one):
                Keep(one);
                break;
            case WatchEvent.Modified(var one):
                Keep(one);
                break;
            case WatchEvent.Deleted(var one):
                known.Remove(new ObjectMetadata(one).Name);
                break;
            case WatchEvent.Synced:
                isListing = false;
                break;
            case WatchEvent.Interrupted(var failure, _):
                log.WriteLine(SafeText.OneLine($"break-glass: the cluster cannot be followed: {failure}"));
                return;
            case WatchEvent.Unreadable(var problem):
                log.WriteLine(SafeText.OneLine($"break-glass: {problem}"));
                return;
            default:
                return;
        }

        if (!isListing) Publish();
    }

    private void Keep(MappingNode one)
    {
        var (name, read) = (new ObjectMetadata(one).Name, BreakGlassReader.Read(one));
        known[name] = read;
        if (!read.TryGet(out _)) log.WriteLine($"break-glass: {Told(name, read)}");
    }

    private void Publish()
    {
        var (grants, troubles) = (ImmutableArray.CreateBuilder<BreakGlassGrant>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (name, read) in known)
        {
            if (read.TryGet(out var grant)) grants.Add(grant);
            else troubles.Add(Told(name, read));
        }

        register.Put("cluster", new(grants.ToImmutable(), troubles.ToImmutable()));
        listed.TrySetResult();
    }

    private static string Told(string name, Loaded<BreakGlassGrant> read) =>
        SafeText.OneLine($"`{name}` does nothing: {string.Join("; ", read.Problems.Select(static problem => problem.Hint is { } hint ? $"{problem.Message} ({hint})" : problem.Message))}");
}
