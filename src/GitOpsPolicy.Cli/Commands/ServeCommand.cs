using System.CommandLine;
using System.Runtime.InteropServices;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Webhook.Hosting;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy serve</c>: the validating admission webhook.</summary>
internal static class ServeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (sources, options) = (new RuleSourceOptions(), new ServeOptions());
        var command = new Command("serve", "Answers admission reviews of a Kubernetes API server.") { sources.Config, sources.Policies };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var listening = options.Listening(parsed);
            if (!sources.TryLoad(parsed, terminal, out var rules)) return ExitCode.Usage;
            using var certificate = options.Certificate(parsed, terminal);
            using var metrics = new WebhookMetrics();
            var inForce = new RulesInForce();
            inForce.Put(new(rules, terminal.Clock.GetUtcNow()));
            await using var server = new WebhookServer(listening, new(inForce, certificate, metrics, terminal.Clock, options.Callers(parsed, terminal)));
            await server.StartAsync(cancellation);
            await terminal.Error.WriteLineAsync($"judging by {rules.Rules.Length} rules, {rules.Digest}\nreviews: {new Uri(server.Address, "validate")}\nprobes:  {server.OperationsAddress}readyz");
            await server.DrainAsync(await StopAsked(cancellation));
            return ExitCode.Passed;
        });
        return command;
    }

    // The first signal drains; a second one ends the wait.
    private static async Task<CancellationToken> StopAsked(CancellationToken interrupt)
    {
        var (stop, hurry) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new CancellationTokenSource());
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            if (!stop.TrySetResult()) hurry.Cancel();
        });
        await using var _ = interrupt.Register(() => stop.TrySetResult());
        await stop.Task;
        return hurry.Token;
    }
}
