namespace GitOpsPolicy.Webhook.Admission;

/// <summary>
/// Memory that all bodies together may take, from their first byte to their answer. What has arrived counts, not what is
/// announced: a caller that announces much and sends little takes nothing from others.
/// </summary>
/// <param name="bytes">How much there is.</param>
internal sealed class BodyBudget(long bytes)
{
    private long left = bytes;

    /// <summary>Takes some; false when there is not so much left, and then nothing is taken.</summary>
    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref left, -count) >= 0) return true;
        Return(count);
        return false;
    }

    /// <summary>Gives some back.</summary>
    public void Return(int count) => Interlocked.Add(ref left, count);
}
