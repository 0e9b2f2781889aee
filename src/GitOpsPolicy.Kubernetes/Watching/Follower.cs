using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes.Watching;

/// <summary>List and watch in turn, as one endless stream of events. For one caller.</summary>
internal sealed class Follower(KubernetesClient client, ResourceType type, Selection selection)
{
    /// <summary>
    /// The server ends a watch after five to ten minutes, as client-go asks for: random, so that not all end together.
    /// </summary>
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A watch that ends sooner without having told anything counts as a failure, or it would be begun without pause.
    /// </summary>
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(1);

    /// <summary>Where the next watch starts; null when a list is needed first.</summary>
    private string? place;

    private int failures;

    /// <summary>Runs until it is cancelled.</summary>
    public async IAsyncEnumerable<WatchEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var begun = client.Options.Time.GetTimestamp();
            var (isWatch, told) = (place is not null, false);
            ApiFailure? failure = null;
            await using (var round = RoundAsync(cancellation).GetAsyncEnumerator(cancellation))
            {
                while (true)
                {
                    try
                    {
                        if (!await round.MoveNextAsync()) break;
                    }
                    catch (KubernetesException e)
                    {
                        failure = e.Failure;
                        break;
                    }

                    told = true;
                    yield return round.Current;
                }
            }

            var lasted = client.Options.Time.GetElapsedTime(begun);
            if (After(failure, isWatch ? told || lasted >= TooShort : null) is not { } interrupted) continue;
            yield return interrupted;
            await Task.Delay(interrupted.RetryIn, client.Options.Time, cancellation);
        }
    }

    /// <summary>What a round's end means for the next one: null when it begins at once.</summary>
    /// <param name="failure">Why it ended; null when it came to its end.</param>
    /// <param name="watched">A watch that was of use, or not; null for a list, after which nobody knows yet whether a watch will
    /// last.</param>
    private WatchEvent.Interrupted? After(ApiFailure? failure, bool? watched)
    {
        if (watched == true) failures = 0;
        if (failure is null && watched != false) return null;
        failures++;
        if (failure is { IsExpired: true })
        {
            place = null;
            if (failures == 1) return null; // the server forgets, that is its right; but not every time
        }

        failure ??= new()
        {
            Stage = FailureStage.Waiting,
            Request = $"WATCH {type}",
            Message = "the server ended the watch at once",
        };
        var backoff = RetryTable.Backoff(failures, client.Options);
        return new(failure, failure.RetryAfter is { } asked && asked > backoff ? asked : backoff);
    }

    private IAsyncEnumerable<WatchEvent> RoundAsync(CancellationToken cancellation) =>
        place is null ? ListAsync(cancellation) : WatchAsync(place, cancellation);

    private async IAsyncEnumerable<WatchEvent> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var version = "";
        var isFirst = true;
        await foreach (var page in client.ListPagesAsync(type, selection, ListExpiry.StartOver, cancellation))
        {
            if (isFirst || page.StartsOver) yield return new WatchEvent.Listing();
            isFirst = false;
            foreach (var item in page.Items())
                yield return item.Object is { } found ? new WatchEvent.Listed(found) : new WatchEvent.Unreadable(item.Problem!);
            version = page.ResourceVersion;
        }

        place = version;
        yield return new WatchEvent.Synced(version);
    }

    private async IAsyncEnumerable<WatchEvent> WatchAsync(string from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lifetime = ShortestWatch * (1 + client.Options.Chance());
        await foreach (var happened in client.WatchAsync(type, selection, from, lifetime, cancellation))
        {
            // Taken over before it is handed out: whoever stops here goes on behind it.
            place = VersionOf(happened) is { Length: > 0 } version ? version : place;
            yield return happened;
        }
    }

    private static string? VersionOf(WatchEvent happened) => happened switch
    {
        WatchEvent.Added(var node) => Version(node),
        WatchEvent.Modified(var node) => Version(node),
        WatchEvent.Deleted(var node) => Version(node),
        WatchEvent.Bookmark(var version) => version,
        _ => null,
    };

    private static string Version(MappingNode node) => new ObjectMetadata(node).ResourceVersion;
}
