using System.Diagnostics;
using System.Text;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary><c>gitops-policy</c> while it runs: what it has said so far, and how it ends.</summary>
internal sealed class RunningBinary : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly StringBuilder said = new();

    // A shell that starts its jobs in the background has them ignore interrupts; `env` takes that back.
    private RunningBinary(string folder, IEnumerable<(string Name, string Value)> variables, string[] arguments)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Binary.GitOpsPolicy, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException("The binary did not start.");
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it in a folder.</summary>
    public static RunningBinary Start(
        string folder, IEnumerable<(string Name, string Value)> variables, params string[] arguments) =>
        new(folder, variables, arguments);

    /// <summary>Waits until it has said a text, on either stream, and forgets everything up to there.</summary>
    public async Task<string> SaysAsync(string text)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            lock (said)
            {
                var all = said.ToString();
                if (all.IndexOf(text, StringComparison.Ordinal) is var at and >= 0)
                {
                    said.Remove(0, at + text.Length);
                    return all[..(at + text.Length)];
                }
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        throw new TimeoutException($"It did not say `{text}`; it said: {said}");
    }

    /// <summary>What it has said and nobody has waited for.</summary>
    public string Rest()
    {
        lock (said) return said.ToString();
    }

    /// <summary>Interrupts it, as Ctrl-C does, and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> InterruptAsync() => SignalAsync("INT");

    /// <summary>Asks it to end, as a kubelet does, and waits until it has.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync() => SignalAsync("TERM");

    /// <summary>Kills it, so that it can do nothing more, and waits for its end.</summary>
    public Task KillAsync() => SignalAsync("KILL");

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task<int> SignalAsync(string signal)
    {
        await Binary.StartAsync(
            "kill", ".", "", $"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (said) said.Append(line.Data).Append('\n');
    }
}
