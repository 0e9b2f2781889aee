using System.Diagnostics;
using System.Text;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>What came of one run.</summary>
/// <param name="ExitCode">Its exit code; -1 when it did not start.</param>
/// <param name="Errors">What it wrote to standard error. Never shown as it is.</param>
/// <param name="Stopped">Why it did not come to its end by itself; null when it did.</param>
internal sealed record TerraformRun(int ExitCode, string Errors, string? Stopped)
{
    /// <summary>It came to its end, and all went well.</summary>
    public bool Succeeded => Stopped is null && ExitCode == 0;
}

/// <summary>How long runs may take.</summary>
/// <param name="Timeout">One run, before it is told to stop.</param>
/// <param name="LetEnd">An application that is under way when the engine is told to stop, before it is told so, too.</param>
/// <param name="Grace">A run that was told to stop, before it is killed.</param>
internal sealed record RunTimes(TimeSpan Timeout, TimeSpan LetEnd, TimeSpan Grace);

/// <summary>
/// Runs <c>terraform</c> or <c>tofu</c>. What it writes to standard output is read by nobody but the one who asked for it. A run
/// that has to stop is told so (SIGTERM) and waited for, since one that is killed leaves a lock, and what it made, unknown to its
/// state. Nothing that it has started outlives it.
/// </summary>
/// <param name="executable">The program.</param>
/// <param name="environment">Its environment.</param>
/// <param name="place">The folder it runs in, and a file for its errors that is for this user alone.</param>
/// <param name="times">How long runs may take.</param>
internal sealed class TerraformProgram(
    string executable, IReadOnlyDictionary<string, string> environment, (string Folder, string Errors) place, RunTimes times)
{
    private const int MaxErrors = 64 * 1024;
    private const int MaxRest = 1024 * 1024;

    /// <summary>Runs one command to its end and throws away what it writes.</summary>
    public Task<TerraformRun> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        StartAsync(() => Run(Unread(), arguments, null, TimeSpan.Zero, cancellation));

    /// <summary>Runs one command to its end.</summary>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="read">Reads standard output, to its end.</param>
    /// <param name="cancellation">Has it stop.</param>
    public Task<TerraformRun> RunAsync(IEnumerable<string> arguments, Action<Stream> read, CancellationToken cancellation) =>
        StartAsync(() => Run(OwnSession.Around(executable), arguments, read, TimeSpan.Zero, cancellation));

    /// <summary>
    /// Runs one command that had better come to its end: it goes on for a while when it is not wanted any more.
    /// </summary>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="cancellation">Has it stop, after that while.</param>
    public Task<TerraformRun> RunToEndAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        StartAsync(() => Run(Unread(), arguments, null, times.LetEnd, cancellation));

    private string[] Unread() => OwnSession.Unread(executable, place.Errors) ?? OwnSession.Around(executable);

    // A thread for each: the program is told to stop when the one ends that started it.
    private static Task<TerraformRun> StartAsync(Func<TerraformRun> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private TerraformRun Run(
        string[] words, IEnumerable<string> arguments, Action<Stream>? read, TimeSpan letEnd, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return new(-1, "", "it was not wanted any more");
        File.Delete(place.Errors);
        using var process = new Tool(words[0], environment).Start(place.Folder, [.. words[1..], .. arguments]);
        if (process is null) return new(-1, "", "it does not start");
        using var run = new OneRun(process, times.Grace);
        var errors = Collect(process);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(times.Timeout);
        using var late = patience.Token.Register(() => run.Stop($"it took longer than {times.Timeout.TotalMinutes:0.#} minutes"));
        using var end = new CancellationTokenSource();
        using var enough = end.Token.Register(() => run.Stop("it was told to stop"));
        using var unwanted = cancellation.Register(() => end.CancelAfter(letEnd));
        try
        {
            read?.Invoke(process.StandardOutput.BaseStream);
        }
        finally
        {
            Drain(process.StandardOutput.BaseStream, read is null ? null : run);
            process.WaitForExit();
        }

        lock (errors) return new(process.ExitCode, errors + Written(), run.ReasonFor(process.ExitCode));
    }

    private string Written()
    {
        if (!File.Exists(place.Errors)) return "";
        using var reader = new StreamReader(place.Errors);
        var text = new char[MaxErrors];
        return new(text, 0, reader.ReadBlock(text));
    }

    private static StringBuilder Collect(Process process)
    {
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                if (line.Data is not null && errors.Length < MaxErrors) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        return errors;
    }

    // Who reads may have seen enough; a program that nobody reads waits for ever.
    private static void Drain(Stream output, OneRun? run)
    {
        var rest = new byte[64 * 1024];
        for (var left = MaxRest; output.Read(rest) is > 0 and var length; left -= length)
            if (left < 0) run?.Stop("it writes more than is read");
    }

    /// <summary>One program that runs, and everything it has started.</summary>
    private sealed class OneRun : IDisposable
    {
        private readonly Process process;
        private readonly int id;
        private readonly TimeSpan grace;
        private string? reason;

        public OneRun(Process process, TimeSpan grace)
        {
            (this.process, this.grace, id) = (process, grace, process.Id);
            // What it leaves behind may hold its output open.
            process.Exited += EndSession;
            process.EnableRaisingEvents = true;
        }

        /// <summary>Why it was stopped; null where it came to a good end all the same.</summary>
        public string? ReasonFor(int exitCode) => exitCode is 0 or 2 ? null : Volatile.Read(ref reason);

        /// <summary>Has it stop, once.</summary>
        public void Stop(string why)
        {
            try
            {
                if (process.HasExited || Interlocked.CompareExchange(ref reason, why, null) is not null) return;
                if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
                else OwnSession.Ask(id);
                _ = KillLateAsync();
            }
            catch (InvalidOperationException)
            {
                // It ended by itself meanwhile.
            }
        }

        public void Dispose()
        {
            process.Exited -= EndSession;
            OwnSession.End(id);
        }

        private void EndSession(object? sender, EventArgs e) => OwnSession.End(id);

        private async Task KillLateAsync()
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
    }
}
