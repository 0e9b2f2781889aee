using System.Threading.Channels;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.Recording;

/// <summary>
/// Records reviews beside the requests: what a request leaves here is a place in a bounded queue, and when that is full the
/// review is not recorded. Nothing that goes wrong here is seen by a request; it is counted, and told once.
/// </summary>
/// <param name="ring">Where records go.</param>
/// <param name="metrics">Counts them.</param>
/// <param name="log">Where one line goes when writing begins to fail, and one when it works again.</param>
/// <threadsafety>Safe from any thread; <see cref="RunAsync"/> once.</threadsafety>
public sealed class ReviewRecorder(ReviewRing ring, WebhookMetrics metrics, TextWriter log)
{
    /// <summary>Reviews that may wait. The memory they hold is some ten times that of their bodies.</summary>
    private const int MaxWaiting = 512;

    private const long MaxWaitingBytes = 8 << 20;

    private readonly Channel<JudgedReview> waiting = Channel.CreateBounded<JudgedReview>(new BoundedChannelOptions(MaxWaiting)
    {
        SingleReader = true,
    });
    private readonly ReviewRecording recording = new();
    private long waitingBytes;
    private string? trouble;

    /// <summary>Records what comes until it is told to stop, and then what waits.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        metrics.Observe(MetricTable.RecordingBytes, () => [new(ring.Bytes)]);
        await using var _ = stop.Register(() => waiting.Writer.TryComplete());
        await foreach (var judged in waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            Interlocked.Add(ref waitingBytes, -judged.Review.Size);
            Record(judged);
        }
    }

    /// <summary>Takes a review to record; never waits.</summary>
    /// <param name="judged">The review.</param>
    internal void Take(JudgedReview judged)
    {
        var bytes = judged.Review.Size;
        if (Interlocked.Add(ref waitingBytes, bytes) <= MaxWaitingBytes && waiting.Writer.TryWrite(judged)) return;
        Interlocked.Add(ref waitingBytes, -bytes);
        metrics.Recorded("dropped");
    }

    private void Record(JudgedReview judged)
    {
        try
        {
            metrics.Recorded(ring.Add(RecordText.Write(recording.Of(judged))) ? "written" : "too_large");
            Tell(null);
        }
#pragma warning disable CA1031 // A review that cannot be recorded, for whatever reason, must not end the recording of others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            metrics.Recorded("failed");
            Tell(e is IOException or UnauthorizedAccessException ? e.Message : $"internal error {e.GetType().Name}");
        }
    }

    private void Tell(string? now)
    {
        if ((now is null) == (trouble is null)) return;
        trouble = now;
        log.WriteLine(now is null
            ? "recording: reviews are recorded again"
            : $"recording: reviews are judged but not recorded: {Reports.SafeText.OneLine(now)}");
    }
}
