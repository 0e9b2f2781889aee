using System.CommandLine;
using GitOpsPolicy.Reports;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.Recording;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options by which <c>serve</c> records reviews for <c>replay</c>.</summary>
internal sealed class ServeRecording
{
    private readonly Option<string?> folder = new("--record")
    {
        HelpName = "DIR",
        Description = "Keep the last reviews in this folder, without their secrets, for `gitops-policy replay`.",
    };
    private readonly Option<string> limit = new("--record-limit")
    {
        HelpName = "SIZE",
        Description = "With --record: bytes to keep, such as 64Mi.",
        DefaultValueFactory = static _ => "64Mi",
    };
    private readonly Option<int> count = new("--record-count")
    {
        HelpName = "N",
        Description = "With --record: reviews to keep.",
        DefaultValueFactory = static _ => RingLimits.Usual.Reviews,
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[folder, limit, count]) command.Options.Add(option);
    }

    /// <summary>What records; null when nothing does.</summary>
    /// <exception cref="UsageException">A limit that is none, or a folder that cannot be written to.</exception>
    public OpenRecording? Open(ParseResult parsed, Terminal terminal, WebhookMetrics metrics)
    {
        if (parsed.GetValue(folder) is not { } name) return null;
        var limits = new RingLimits(
            Bytes(parsed.GetRequiredValue(limit)),
            parsed.GetValue(count) is var reviews and >= 8
                ? reviews
                : throw new UsageException("`--record-count` takes 8 or more"));
        try
        {
            var ring = ReviewRing.Open(Path.Combine(terminal.WorkingDirectory, name), limits);
            return new(ring, new(ring, metrics, terminal.Error));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"`--record {name}`: no reviews can be recorded there: {SafeText.OneLine(e.Message)}");
        }
    }

    // As Kubernetes writes sizes, as far as anyone needs them here.
    private static long Bytes(string text)
    {
        var unit = text switch { [.., 'K', 'i'] => 1L << 10, [.., 'M', 'i'] => 1L << 20, [.., 'G', 'i'] => 1L << 30, _ => 1L };
        var isNumber = long.TryParse(unit == 1 ? text : text[..^2], out var number) && number is > 0 and <= 1L << 30;
        return isNumber && number * unit is >= 1L << 20 and <= 1L << 40 and var bytes
            ? bytes
            : throw new UsageException($"`--record-limit {text}` is no size from 1Mi to 1024Gi, such as `64Mi`");
    }
}

/// <summary>A recording in progress.</summary>
/// <param name="Ring">Where it goes.</param>
/// <param name="Recorder">What records.</param>
internal sealed record OpenRecording(ReviewRing Ring, ReviewRecorder Recorder) : IDisposable
{
    /// <summary>Records until it is told to stop.</summary>
    public Func<CancellationToken, Task> Run => Recorder.RunAsync;

    /// <inheritdoc/>
    public void Dispose() => Ring.Dispose();
}
