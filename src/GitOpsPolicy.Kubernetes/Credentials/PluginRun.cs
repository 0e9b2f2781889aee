using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>Runs a credential plugin once, without a shell.</summary>
internal static class PluginRun
{
    /// <summary>A program that asks nobody is done long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A person may have to sign in with a browser.</summary>
    private static readonly TimeSpan PatienceWithPerson = TimeSpan.FromMinutes(5);

    private const int MaxOutput = 1 << 20;
    private const int MaxComplaint = 300;

    /// <summary>Asks the program for a credential.</summary>
    /// <exception cref="CredentialException">There is no such program, it fails, or what it says is no credential.</exception>
    public static async Task<PluginAnswer> AskAsync(PluginCommand command, TimeProvider time, CancellationToken cancellation)
    {
        var interactive = MayAsk(command);
        using var process = Start(command, interactive);
        using var patience = new CancellationTokenSource(interactive ? PatienceWithPerson : Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var output = ReadAsync(process.StandardOutput, MaxOutput, end.Token);
            var complaint = ReadAsync(process.StandardError, MaxOutput, end.Token);
            await Task.WhenAll(output, complaint, process.WaitForExitAsync(end.Token));
            if (process.ExitCode != 0)
                throw Failed(command, $"ended with exit code {process.ExitCode}{Shorten(await complaint)}");
            return PluginAnswer.Read(command, await output);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failed(command, "gave no answer in time");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static bool MayAsk(PluginCommand command)
    {
        var terminal = !Console.IsInputRedirected;
        if (command.InteractiveMode == InteractiveMode.Always && !terminal)
            throw Failed(command, "needs a terminal to ask on (`interactiveMode: Always`), and there is none");
        return terminal && command.InteractiveMode != InteractiveMode.Never;
    }

    private static Process Start(PluginCommand command, bool interactive)
    {
        var program = command.Find()
            ?? throw Failed(
                command, "is not there",
                command.InstallHint is { } hint ? Shown.Line(hint) : "install it, or change `exec.command` in the kubeconfig");
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = !interactive,
        };
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = PluginQuestion.Write(command, interactive);
        try
        {
            var process = Process.Start(start)!;
            if (!interactive) process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw Failed(command, $"does not start: {e.Message}", "check that it is executable");
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, int limit, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellation) is > 0 and var read)
            if (text.Length < limit) text.Append(buffer, 0, read);
        return text.ToString();
    }

    // The last line is where programs say what is wrong.
    private static string Shorten(string complaint)
    {
        var last = complaint.Split('\n').Select(static line => line.Trim()).LastOrDefault(static line => line.Length > 0);
        if (last is null) return "";
        return ": " + Shown.Line(last.Length > MaxComplaint ? last[..MaxComplaint] + "…" : last);
    }

    internal static CredentialException Failed(PluginCommand command, string what, string? hint = null) =>
        new($"the credential plugin `{Shown.Text(command.Command)}` {what}{(hint is null ? "" : $" ({hint})")}");
}
