using System.Runtime.InteropServices;

namespace GitOpsPolicy.Script.Tests.Hostile;

/// <summary>Processor time of the calling thread: what other processes on the machine do is not in it.</summary>
internal static class ThreadTime
{
    private static readonly int Clock = OperatingSystem.IsMacOS() ? 16 : 3;   // CLOCK_THREAD_CPUTIME_ID

    /// <summary>Whether the platform tells it.</summary>
    public static bool IsKnown => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Processor time used so far.</summary>
    public static TimeSpan Now =>
        clock_gettime(Clock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new InvalidOperationException("The clock of the thread cannot be read.");

#pragma warning disable CA5392, SYSLIB1054, IDE1006, SA1300 // the name is the C library's; generated marshalling would need unsafe code
    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time time);
#pragma warning restore CA5392, SYSLIB1054, IDE1006, SA1300

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
