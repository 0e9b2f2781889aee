using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GitOpsPolicy.Metrics;

/// <summary>What Prometheus usually knows of a process, by the usual names.</summary>
public static class ProcessFigures
{
    /// <summary>Processor time.</summary>
    public static MetricDefinition ProcessorTime { get; } = new(
        "process_cpu_seconds", MetricKind.Counter, [], "Processor time of the process, user and system.");

    /// <summary>Memory.</summary>
    public static MetricDefinition Memory { get; } = new(
        "process_resident_memory_bytes", MetricKind.Gauge, [], "Memory of the process that is in RAM.");

    /// <summary>Age.</summary>
    public static MetricDefinition Started { get; } = new(
        "process_start_time_seconds", MetricKind.Gauge, [], "When the process started.");

    /// <summary>Adds them to a meter.</summary>
    internal static void AddTo(Meter meter)
    {
        var (cpu, memory, started) = (ProcessorTime, Memory, Started);
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
