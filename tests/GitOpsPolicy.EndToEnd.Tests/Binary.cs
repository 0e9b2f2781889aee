using System.Diagnostics;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>What a process that ran to its end left behind.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n--- standard output\n{Out}\n--- standard error\n{Error}";
}

/// <summary>Starts the built binary, or another program, the way a shell would.</summary>
internal static class Binary
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The binary of the same build configuration as these tests.</summary>
    public static string GitOpsPolicy { get; } = Repository.PathOf(
        "artifacts", "bin", "GitOpsPolicy.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name,
        OperatingSystem.IsWindows() ? "gitops-policy.exe" : "gitops-policy");

    /// <summary>Runs <c>gitops-policy</c> in a folder.</summary>
    public static Task<Ran> RunAsync(string folder, params string[] arguments) => StartAsync(GitOpsPolicy, folder, "", arguments);

    /// <summary>Runs any program in a folder, with text on its standard input.</summary>
    public static async Task<Ran> StartAsync(string program, string folder, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.", e);
        }

        return new(process.ExitCode, await output, await error);
    }
}
