using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>What came of one run.</summary>
/// <param name="ExitCode">Its exit code; -1 when it was killed or did not start.</param>
/// <param name="Errors">What it wrote to standard error. Never shown as it is.</param>
/// <param name="Stopped">Why it did not come to its end by itself; null when it did.</param>
internal sealed record TerraformRun(int ExitCode, string Errors, string? Stopped)
{
    /// <summary>It came to its end, and all went well.</summary>
    public bool Succeeded => Stopped is null && ExitCode == 0;
}

/// <summary>
/// Runs <c>terraform</c> or <c>tofu</c>. What it writes to standard output is read by nobody but the one who asked for it. A run that has
/// to stop is told so (SIGTERM) and waited for, since one that is killed leaves a lock, and what it made, unknown to its state.
/// </summary>
/// <param name="tool">The program.</param>
/// <param name="folder">The folder it runs in.</param>
/// <param name="timeout">How long one run may take.</param>
/// <param name="grace">How long it may take to stop.</param>
internal sealed class TerraformProgram(Tool tool, string folder, TimeSpan timeout, TimeSpan grace)
{
    private const int MaxErrors = 64 * 1024;
    private const int Terminate = 15;

    /// <summary>Runs one command to its end and throws away what it writes.</summary>
    public Task<TerraformRun> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        RunAsync(arguments, static output => output.CopyTo(Stream.Null), cancellation);

    /// <summary>Runs one command to its end.</summary>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="read">Reads standard output, to its end.</param>
    /// <param name="cancellation">Has it stop.</param>
    public Task<TerraformRun> RunAsync(IEnumerable<string> arguments, Action<Stream> read, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(arguments, read, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private TerraformRun Run(IEnumerable<string> arguments, Action<Stream> read, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return new(-1, "", "it was not wanted any more");
        using var process = tool.Start(folder, arguments);
        if (process is null) return new(-1, "", $"`{tool.Executable}` does not start");
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                if (line.Data is not null && errors.Length < MaxErrors) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(timeout);
        using var late = patience.Token.Register(() => Stop(process));
        using var unwanted = cancellation.Register(() => Stop(process));
        read(process.StandardOutput.BaseStream);
        // Who reads may have seen enough; a program that nobody reads waits for ever.
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        var stopped = patience.IsCancellationRequested ? $"it took longer than {timeout.TotalMinutes:0.#} minutes" : cancellation.IsCancellationRequested ? "it was told to stop" : null;
        lock (errors) return new(process.ExitCode, errors.ToString(), stopped);
    }

    private void Stop(Process process)
    {
        try
        {
            if (process.HasExited) return;
            if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
            else _ = Signal(process.Id, Terminate);
            _ = KillLateAsync(process);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task KillLateAsync(Process process)
    {
        try
        {
            using var end = new CancellationTokenSource(grace);
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, and was let go of.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
