using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GitOpsPolicy.Webhook.Metrics;

/// <summary>What Prometheus usually knows of a process, by the usual names.</summary>
internal static class ProcessFigures
{
    /// <summary>Adds them to a meter.</summary>
    public static void AddTo(Meter meter)
    {
        var (cpu, memory, started) = (MetricTable.ProcessorTime, MetricTable.Memory, MetricTable.Started);
        var start = StartTime();
        meter.CreateObservableCounter(cpu.Name, static () => Environment.CpuUsage.TotalTime.TotalSeconds, description: cpu.Help);
        meter.CreateObservableGauge(memory.Name, static () => (double)Environment.WorkingSet, description: memory.Help);
        meter.CreateObservableGauge(started.Name, () => start, description: started.Help);
    }

    private static double StartTime()
    {
        using var self = Process.GetCurrentProcess();
        return new DateTimeOffset(self.StartTime).ToUnixTimeMilliseconds() / 1_000d;
    }
}
