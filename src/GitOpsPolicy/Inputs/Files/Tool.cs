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
internal sealed record ToolResult(int ExitCode, ReadOnlyMemory<byte> Output, string ErrorText, string? Stopped)
{
    /// <summary>It ran to its end and says that all went well.</summary>
    public bool Succeeded => Stopped is null && ExitCode == 0;

    /// <summary>Standard output as text, without the last line end.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span).TrimEnd('\n', '\r');
}

/// <summary>
/// A program of the machine such as <c>git</c>, run without a shell: arguments are a vector, the environment is only what is
/// named here, and time and output have an end.
/// </summary>
/// <param name="executable">Absolute path of the program.</param>
/// <param name="environment">The whole environment of the program, beside <c>PATH</c> and <c>HOME</c>.</param>
internal sealed class Tool(string executable, IReadOnlyDictionary<string, string> environment)
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
    public ToolResult Run(string folder, IEnumerable<string> arguments, TimeSpan timeout, int maxOutput)
    {
        using var process = Start(folder, arguments);
        if (process is null) return new(-1, default, "", $"`{Executable}` does not start");
        var errors = CollectErrors(process);
        process.StandardInput.Close();
        var timedOut = 0;
        using var patience = new CancellationTokenSource(timeout);
        using var end = patience.Token.Register(() => Kill(process, () => Interlocked.Exchange(ref timedOut, 1)));
        var complete = TryReadAll(process.StandardOutput.BaseStream, maxOutput, out var output);
        if (!complete) Kill(process);
        process.WaitForExit();
        var stopped = (Volatile.Read(ref timedOut), complete) switch
        {
            (1, _) => $"took longer than {timeout.TotalSeconds:0} s",
            (_, false) => $"wrote more than {maxOutput / (1024 * 1024)} MiB",
            _ => null,
        };
        lock (errors) return new(stopped is null ? process.ExitCode : -1, output, errors.ToString().Trim(), stopped);
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
