using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>What came of running a tool.</summary>
/// <param name="ExitCode">Its exit code; -1 when it was stopped.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="ErrorText">The first lines it wrote to standard error.</param>
/// <param name="Stopped">Why it was stopped before its end, such as <c>took longer than 60 s</c>; null when it was not.</param>
public sealed record ToolResult(int ExitCode, ReadOnlyMemory<byte> Output, string ErrorText, string? Stopped)
{
    /// <summary>It ran to its end and says that all went well.</summary>
    public bool Succeeded => Stopped is null && ExitCode == 0;

    /// <summary>Standard output as text, without the last line end.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span).TrimEnd('\n', '\r');
}

/// <summary>What holds for one run of a program.</summary>
/// <param name="Timeout">How long it may run before it is killed.</param>
/// <param name="MaxOutput">How many bytes it may write before it is killed.</param>
public sealed record ToolRun(TimeSpan Timeout, int MaxOutput)
{
    /// <summary>What it reads from standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}

/// <summary>
/// A program of the machine such as <c>git</c>, run without a shell: arguments are a vector, the environment is only what is
/// named here, and time and output have an end.
/// </summary>
/// <param name="executable">Absolute path of the program.</param>
/// <param name="environment">The whole environment of the program, beside <c>PATH</c> and <c>HOME</c>.</param>
public sealed class Tool(string executable, IReadOnlyDictionary<string, string> environment)
{
    private const int MaxErrorText = 4000;

    /// <summary>Absolute path of the program.</summary>
    public string Executable { get; } = executable;

    /// <summary>
    /// Finds a program in the absolute folders of <c>PATH</c>. Never beside the files that are judged: .NET's own search looks
    /// into the current folder first, where a pull request could have put a program of that name.
    /// </summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out string? executable)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            executable = Path.Join(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
            if (Path.IsPathFullyQualified(folder) && IsExecutable(executable)) return true;
        }

        executable = null;
        return false;
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="timeout">How long it may run before it is killed.</param>
    /// <param name="maxOutput">How many bytes it may write before it is killed.</param>
    public ToolResult Run(string folder, IEnumerable<string> arguments, TimeSpan timeout, int maxOutput) =>
        Run(folder, arguments, new(timeout, maxOutput), CancellationToken.None);

    /// <summary>
    /// Runs the program to its end, or until it is not wanted any more; then it is killed, and all that it started.
    /// </summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="run">How long it may take, and what it may write and reads.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was not wanted any more.</exception>
    public Task<ToolResult> RunAsync(string folder, IEnumerable<string> arguments, ToolRun run, CancellationToken cancellation) =>
        // The streams of a process block the thread that reads them, whatever they are asked.
        Task.Factory.StartNew(
            () => Run(folder, arguments, run, cancellation), cancellation, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <summary>Runs the program to its end, on this thread.</summary>
    public ToolResult Run(string folder, IEnumerable<string> arguments, ToolRun run, CancellationToken cancellation = default)
    {
        using var process = Start(folder, arguments);
        if (process is null) return new(-1, default, "", $"`{Executable}` does not start");
        var errors = CollectErrors(process);
        Feed(process, run.Input);
        var timedOut = 0;
        using var patience = new CancellationTokenSource(run.Timeout);
        using var end = patience.Token.Register(() => Kill(process, () => Interlocked.Exchange(ref timedOut, 1)));
        using var unwanted = cancellation.Register(() => Kill(process));
        var complete = TryReadAll(process.StandardOutput.BaseStream, run.MaxOutput, out var output);
        if (!complete) Kill(process);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        var stopped = (Volatile.Read(ref timedOut), complete) switch
        {
            (1, _) => $"took longer than {run.Timeout.TotalSeconds:0} s",
            (_, false) => $"wrote more than {run.MaxOutput / (1024 * 1024)} MiB",
            _ => null,
        };
        lock (errors) return new(stopped is null ? process.ExitCode : -1, output, errors.ToString().Trim(), stopped);
    }

    // Beside the reading, since a program may write before it has read everything.
    private static void Feed(Process process, ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            process.StandardInput.Close();
            return;
        }

        var stream = process.StandardInput.BaseStream;
        _ = Task.Run(() =>
        {
            try
            {
                stream.Write(input.Span);
                stream.Close();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // It ended without reading everything; its exit code tells.
            }
        });
    }

    /// <summary>Starts the program with its three streams open; null when the system cannot start it.</summary>
    public Process? Start(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        KeepOnly(start.Environment, "PATH", "HOME", "SystemRoot", "USERPROFILE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void KeepOnly(IDictionary<string, string?> variables, params ReadOnlySpan<string> names)
    {
        foreach (var name in variables.Keys.ToList())
            if (!names.Contains(name)) variables.Remove(name);
    }

    private static StringBuilder CollectErrors(Process process)
    {
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                if (line.Data is not null && errors.Length < MaxErrorText) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        return errors;
    }

    private static bool TryReadAll(Stream stream, int limit, out ReadOnlyMemory<byte> bytes)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is > 0 and var more)
        {
            length += more;
            if (length > limit) break;
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }

        bytes = buffer.AsMemory(0, length);
        return length <= limit;
    }

    private static void Kill(Process process, Action? first = null)
    {
        try
        {
            if (process.HasExited) return;
            first?.Invoke();
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path)) return false;
        const UnixFileMode Any = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Any) != 0;
    }
}
