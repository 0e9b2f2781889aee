using System.Collections.Concurrent;
using System.Diagnostics;
using GitOpsPolicy.Reconciler.Crash;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>A process of its own that runs passes over and over, to be stopped and killed as processes are.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> told = new();

    private EngineProcess(Process process, string name)
    {
        (this.process, Name) = (process, name);
        process.OutputDataReceived += (_, line) => told.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => told.Enqueue("! " + line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its name in the log, and in the Lease.</summary>
    public string Name { get; }

    /// <summary>What it has told so far.</summary>
    public IEnumerable<string> Told => told;

    /// <summary>Starts one.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="options"><c>key=value</c>, as <see cref="CrashProgram"/> takes them.</param>
    public static EngineProcess Start(Bench bench, params string[] options) => StartAll(bench, bench.Unit.Key.Name, options);

    /// <summary>Starts one for several units, parted by commas.</summary>
    public static EngineProcess StartAll(Bench bench, string units, params string[] options) => Start(bench, units, [], options);

    /// <summary>Starts one in a world of its own.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="units">The units, parted by commas.</param>
    /// <param name="variables">Of its environment.</param>
    /// <param name="options"><c>key=value</c>.</param>
    public static EngineProcess Start(
        Bench bench, string units, IEnumerable<(string Name, string Value)> variables, params string[] options)
    {
        var name = bench.NewProcess();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[
            typeof(CrashProgram).Assembly.Location, bench.Folder, bench.Server.KubeConfigOf(name), name, units, .. options
        ])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (variable, value) in variables) start.Environment[variable] = value;
        return new(Process.Start(start)!, name);
    }

    /// <summary>Waits until it tells something.</summary>
    public async Task UntilAsync(Func<string, bool> isIt)
    {
        var begun = Stopwatch.StartNew();
        while (!told.Any(isIt))
        {
            Assert.True(begun.Elapsed < Patience && !process.HasExited, $"{Name} did not tell it:\n{string.Join('\n', told)}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>Asks for something, and waits for the next line that begins with a word.</summary>
    public async Task<string> AskAsync(string word)
    {
        var before = told.Count(line => line.StartsWith(word, StringComparison.Ordinal));
        await process.StandardInput.WriteLineAsync("go");
        await process.StandardInput.FlushAsync();
        while (told.Count(line => line.StartsWith(word, StringComparison.Ordinal)) == before)
        {
            Assert.False(process.HasExited, string.Join('\n', told));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return told.Last(line => line.StartsWith(word, StringComparison.Ordinal));
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Name} did not come to the step at which it was to end:\n{string.Join('\n', told)}");
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Stops it as a virtual machine is stopped that is moved; nothing of it goes on, its clock included.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>Lets it go on as if nothing had been.</summary>
    public void Continue() => Signal("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
