using System.CommandLine.Parsing;
using System.CommandLine;
using GitOpsPolicy.Cli.Commands;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli;

/// <summary>
/// The command line: parses, runs one command, and turns whatever happens into an exit code and at most one clear message.
/// </summary>
internal static class Application
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            var exit = await InvokeAsync(args, terminal, cancellation);
            await terminal.Out.FlushAsync(CancellationToken.None);   // here, so that a full disk is a message too
            return exit;
        }
        catch (UsageException e)
        {
            await terminal.Error.WriteLineAsync($"gitops-policy: {SafeText.OneLine(e.Message)}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("gitops-policy: interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"gitops-policy: {SafeText.OneLine(e.Message)}");
            return ExitCode.NoAnswer;
        }
#pragma warning disable CA1031 // The last line of defence: a defect of ours is a message and exit code 3, never a stack trace or a 1.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await terminal.Error.WriteLineAsync(
                $"gitops-policy: internal error: {e.GetType().Name}: {SafeText.OneLine(e.Message)}; please report it with the command you ran");
            if (!string.IsNullOrEmpty(terminal.Variable("GITOPS_POLICY_DEBUG")))
                await terminal.Error.WriteLineAsync(e.ToString());
            return ExitCode.NoAnswer;
        }
        finally
        {
            await terminal.Error.FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>The whole command tree; what <c>--help</c> and the documentation are made from.</summary>
    internal static RootCommand CreateRoot(Terminal terminal) =>
        new("Judges changes to infrastructure with YAML and JavaScript rules, before they happen.")
        {
            CheckCommand.Create(terminal),
            AcknowledgeCommand.Create(terminal),
            TestCommand.Create(terminal),
            LintCommand.Create(terminal),
            BenchCommand.Create(terminal),
            RulesCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            InitCommand.Create(terminal),
            NewCommand.Create(terminal),
            FmtCommand.Create(terminal),
            TypesCommand.Create(terminal),
            ServeCommand.Create(terminal),
            AuditCommand.Create(terminal),
            ReconcileCommand.Create(terminal),
            AdoptCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            CertsCommand.Create(terminal),
        };

    private static async Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var parsed = CreateRoot(terminal).Parse(args);
        if (parsed.Errors is { Count: > 0 } errors && !AsksForHelp(args))
        {
            foreach (var error in Telling(parsed, errors))
                await terminal.Error.WriteLineAsync($"gitops-policy: {Uncapitalise(error)}");
            var command = string.Join(' ', Path(parsed.CommandResult));
            await terminal.Error.WriteLineAsync($"run `{command} --help` for what it takes");
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }

    // Who mistypes a command has given one; that none was recognised follows.
    private static IEnumerable<ParseError> Telling(ParseResult parsed, IReadOnlyList<ParseError> errors) =>
        parsed.UnmatchedTokens.Count > 0 && errors.Count > 1 && parsed.CommandResult.Command is RootCommand
            ? errors.Skip(1)
            : errors;

    private static bool AsksForHelp(string[] args) => args.Any(static arg => arg is "--help" or "-h" or "-?");

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent ? Path(parent).Append(result.Command.Name) : ["gitops-policy"];

    // The parser's own sentences have a capital and a full stop; ours have neither.
    private static string Uncapitalise(ParseError error)
    {
        var text = error.Message.TrimEnd('.');
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].Replace('\'', '`');
    }
}
