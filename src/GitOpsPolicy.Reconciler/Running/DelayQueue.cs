namespace GitOpsPolicy.Reconciler.Running;

/// <summary>
/// Things to be done at their time, each at most once in it. One that is asked for again is done at the earlier of both times.
/// </summary>
/// <typeparam name="T">What is queued.</typeparam>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
internal sealed class DelayQueue<T>(TimeProvider time)
    where T : notnull
{
    private readonly Lock gate = new();
    private readonly SortedSet<(long Due, long Order, T Item)> byTime = new(
        Comparer<(long Due, long Order, T Item)>.Create(static (left, right) =>
            left.Due != right.Due ? left.Due.CompareTo(right.Due) : left.Order.CompareTo(right.Order)));
    private readonly Dictionary<T, (long Due, long Order)> places = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long order;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate) return places.Count;
        }
    }

    /// <summary>How many should have been taken already.</summary>
    public int Due
    {
        get
        {
            var now = time.GetTimestamp();
            lock (gate) return byTime.TakeWhile(entry => entry.Due <= now).Count();
        }
    }

    /// <summary>Queues one.</summary>
    /// <param name="item">What.</param>
    /// <param name="delay">In how long.</param>
    public void Add(T item, TimeSpan delay)
    {
        lock (gate)
        {
            var due = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
            if (places.TryGetValue(item, out var place))
            {
                if (place.Due <= due) return;
                byTime.Remove((place.Due, place.Order, item));
            }

            places[item] = (due, ++order);
            byTime.Add((due, order, item));
            changed.TrySetResult();
        }
    }

    /// <summary>Takes one out; nothing happens where it does not wait.</summary>
    public void Remove(T item)
    {
        lock (gate)
            if (places.Remove(item, out var place)) byTime.Remove((place.Due, place.Order, item));
    }

    /// <summary>The next one, once it is time.</summary>
    public async Task<T> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            // a wait that has ended already is not asked whether it was cut off
            cancellation.ThrowIfCancellationRequested();
            Task wait;
            lock (gate)
            {
                if (changed.Task.IsCompleted) changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var left = byTime.Count == 0 ? Timeout.InfiniteTimeSpan : Left(byTime.Min.Due);
                if (left == TimeSpan.Zero)
                {
                    var first = byTime.Min;
                    byTime.Remove(first);
                    places.Remove(first.Item);
                    return first.Item;
                }

                wait = byTime.Count == 0 ? changed.Task : Task.WhenAny(changed.Task, Task.Delay(left, time, cancellation));
            }

            await wait.WaitAsync(cancellation);
        }
    }

    private TimeSpan Left(long due)
    {
        var ticks = due - time.GetTimestamp();
        return ticks <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds((double)ticks / time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
    }
}
