namespace GitOpsPolicy.Webhook.Recording;

/// <summary>How much a recording may come to; the oldest goes first.</summary>
/// <param name="Bytes">Bytes of all files together.</param>
/// <param name="Reviews">Reviews in all files together.</param>
public sealed record RingLimits(long Bytes, int Reviews)
{
    /// <summary>A day of a busy cluster, some 3 kB a review.</summary>
    public static readonly RingLimits Usual = new(Bytes: 64L << 20, Reviews: 100_000);

    /// <summary>The ring is cut into so many files: with the oldest an eighth goes.</summary>
    private const int Segments = 8;

    /// <summary>Bytes of one file.</summary>
    internal long SegmentBytes => Math.Max(1, Bytes / Segments);

    /// <summary>Reviews in one file.</summary>
    internal int SegmentReviews => Math.Max(1, Reviews / Segments);
}
