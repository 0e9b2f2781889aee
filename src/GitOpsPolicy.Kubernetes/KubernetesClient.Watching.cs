using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;

namespace GitOpsPolicy.Kubernetes;

/// <content>Watching objects.</content>
public sealed partial class KubernetesClient
{
    /// <summary>What a server's end of a watch may come later than announced before the client ends it.</summary>
    private static readonly TimeSpan WatchGrace = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Watches a selection from one state of the cluster on, until the server or the time ends it. Whoever wants to know of
    /// everything without gaps takes <see cref="FollowAsync"/>.
    /// </summary>
    /// <param name="type">The type of the objects.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="resourceVersion">The state, from a list or an earlier event; empty for whatever is there, told as
    /// added.</param>
    /// <param name="lifetime">After how long the server ends the watch.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubernetesException">The watch cannot begin, or broke, or its state is no longer known (410).</exception>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, Selection selection, string resourceVersion, TimeSpan lifetime,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = Select(selection)
            .Add("watch", true).Add("allowWatchBookmarks", true)
            .Add("resourceVersion", resourceVersion.Length == 0 ? null : resourceVersion)
            .Add("timeoutSeconds", ((int)Math.Ceiling(lifetime.TotalSeconds)).ToString());
        var request = ApiRequest.Get(type.Path(selection.Namespace) + query) with { IsWatch = true };
        using var response = await channel.OpenAsync(request, cancellation);
        using var clock = new CancellationTokenSource(lifetime + WatchGrace, Options.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, clock.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(end.Token);
        await using var lines = WatchLines.ReadAsync(stream, Options.MaxResponseBytes, end.Token).GetAsyncEnumerator(end.Token);
        while (await NextAsync(request, lines, clock.Token))
            yield return WatchFrame.Read(request.Label, lines.Current);
    }

    /// <summary>
    /// Follows a selection without gaps and without end: a list, then its changes. When the server has forgotten where the watch
    /// was, it lists anew; when the server is away, it says so and comes back after a while.
    /// </summary>
    /// <param name="type">The type of the objects.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="cancellation">The only end.</param>
    public IAsyncEnumerable<WatchEvent> FollowAsync(ResourceType type, Selection selection, CancellationToken cancellation) =>
        new Follower(this, type, selection).RunAsync(cancellation);

    private async Task<bool> NextAsync(ApiRequest request, IAsyncEnumerator<byte[]> lines, CancellationToken clock)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            return false; // its time was over anyway
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new KubernetesException(
                new()
                {
                    Stage = FailureStage.Waiting,
                    Request = request.Label,
                    Message = $"the watch of {Connection} broke: {Shown.Line(e.Message.TrimEnd('.'))}",
                }, e);
        }
    }
}
