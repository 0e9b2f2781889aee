using System.Diagnostics;
using System.Globalization;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Auditing;

/// <summary>How an audit ended, and what it used.</summary>
internal sealed record EndedAudit(int ExitCode, TimeSpan Took, Usage Use, string Said);

/// <summary><c>gitops-policy audit</c> as a process of its own.</summary>
internal sealed class AuditProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly Process process;
    private readonly long started = Stopwatch.GetTimestamp();

    // A shell that starts its jobs in the background has them ignore interrupts; `env` takes that back.
    private AuditProcess(string program, string folder, string[] arguments) => process = Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", program, "audit", .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })
        ?? throw new InvalidOperationException($"{program} did not start.");

    /// <summary>Starts it in a folder.</summary>
    public static AuditProcess Start(string program, string folder, params string[] arguments) => new(program, folder, arguments);

    /// <summary>Interrupts it, as Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>Waits for its end, and looks all the while at what it uses.</summary>
    public async Task<EndedAudit> EndAsync()
    {
        var (error, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        var use = new Usage(default, 0, 0);
        while (!process.HasExited)
        {
            use = Seen(use);
            await Task.Delay(Look, TimeProvider.System);
        }

        await process.WaitForExitAsync();
        return new(process.ExitCode, Stopwatch.GetElapsedTime(started), use, await error + await output);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private Usage Seen(Usage before)
    {
        try
        {
            process.Refresh();
            return new(
                process.TotalProcessorTime, process.WorkingSet64 / 1e6,
                Math.Max(before.PeakMegabytes, process.PeakWorkingSet64 / 1e6));
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return before;   // it has just ended
        }
    }
}
