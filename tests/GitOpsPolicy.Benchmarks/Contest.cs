namespace GitOpsPolicy.Benchmarks;

/// <summary>One way to do a piece of work.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Run">Does the work once.</param>
internal sealed record Contestant(string Name, Action Run);

/// <summary>
/// Times several ways to do the same work against the first of them. They take turns, round after round, so that whatever else
/// the machine does hits them alike; a ratio is that of one round, and the median over the rounds is what counts. Time is the
/// processor's, of the whole process: collecting the garbage that a contestant makes is part of what it costs.
/// </summary>
internal sealed class Contest(int rounds, TimeSpan turn)
{
    /// <summary>What one contestant took.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Microseconds">Processor time of one piece of work: the median over the rounds.</param>
    /// <param name="Ratio">Against the first contestant: the median over the rounds.</param>
    /// <param name="Bytes">Bytes allocated by one piece of work.</param>
    internal sealed record Result(string Name, double Microseconds, double Ratio, long Bytes);

    /// <summary>Runs the rounds.</summary>
    public async Task<List<Result>> RunAsync(params Contestant[] contestants)
    {
        var counts = new int[contestants.Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = await CalibrateAsync(contestants[i]);
        var times = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contestants.Length; i++)
                times[i][round] = Time(contestants[i].Run, counts[i]) / counts[i];

        return
        [
            .. contestants.Select((contestant, i) => new Result(
                contestant.Name,
                Median(times[i]),
                Median([.. times[i].Select((time, round) => time / times[0][round])]),
                Allocated(contestant.Run))),
        ];
    }

    /// <summary>
    /// Warms up until the compiler has nothing left to improve, and tells how often the work fits into one turn.
    /// </summary>
    private async Task<int> CalibrateAsync(Contestant contestant)
    {
        for (var i = 0; i < 8; i++)
        {
            for (var call = 0; call < 200; call++) contestant.Run();
            // tiers are changed in the background, 100 ms after the last new method
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
        }

        var once = Time(contestant.Run, 500) / 500;
        return (int)Math.Clamp(turn.TotalMicroseconds / Math.Max(once, 0.01), 1, 1_000_000);
    }

    private static double Time(Action work, int count)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++) work();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
