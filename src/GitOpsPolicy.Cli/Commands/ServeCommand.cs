using System.CommandLine;
using System.Net.Sockets;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.Hosting;
using GitOpsPolicy.Webhook.Metrics;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy serve</c>: the validating admission webhook.</summary>
internal static class ServeCommand
{
    /// <summary>Where the webhook runs when it is not told: the chart's own choice.</summary>
    private const string UsualNamespace = "gitops-policy-system";

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (ruleOptions, options, exemptions) = (new ServeRules(), new ServeOptions(), new ServeExemptions());
        var (breakGlass, audit, recordings) = (new ServeBreakGlass(options.Cluster), new ServeAudit(options.Cluster),
            new ServeRecording());
        var command = new Command("serve", "Answers admission reviews of a Kubernetes API server.");
        foreach (var add in (Action<Command>[])[
            ruleOptions.AddTo, options.AddTo, exemptions.AddTo, breakGlass.AddTo, audit.AddTo, recordings.AddTo])
            add(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stop = new StopSignal(cancellation);   // first of all: none may be lost
            var (listening, every, guard) = (options.Listening(parsed), ruleOptions.Every(parsed), exemptions.Guard(parsed));
            using var metrics = new WebhookMetrics();
            var events = ServeEvents.OfOwnPod(options.Cluster, parsed, terminal);
            var check = new ActivationCheck(
                terminal.Clock, listening.Environment, OwnProcess.Namespace(terminal) ?? UsualNamespace);
            var settings = new ReloadSettings(terminal.Clock, terminal.Error)
            {
                Check = check,
                Refused = events?.Refused,
                Tried = metrics.Reloaded,
            };
            var inForce = new RulesInForce();
            var reloads = new List<RuleReload> { ruleOptions.Main(parsed, terminal, inForce, settings) };
            if (ruleOptions.TryGetCanary(parsed, out var canary))
                reloads.Add(ruleOptions.Canary(parsed, terminal, canary.Rules, settings));
            var leave = breakGlass.Read(parsed, terminal, metrics, every);
            var audits = audit.Read(parsed, terminal, inForce, metrics);
            using var recording = recordings.Open(parsed, terminal, metrics);
            await using var certificate = options.Certificate(parsed, terminal);
            var parts = new WebhookParts(
                inForce, certificate.Certificate, metrics, terminal.Clock, options.Callers(parsed, terminal))
            {
                Canary = canary,
                LabelGuard = guard,
                BreakGlass = leave?.Use,
                Recorder = recording?.Recorder,
            };
            await using var server = new WebhookServer(listening, parts);
            certificate.Start();
            await ListenAsync(server, cancellation);
            await Task.WhenAll([
                server.WarmUpAsync(cancellation),
                .. reloads.Select(reload => Task.Run(() => reload.Look(cancellation), cancellation))
            ]);
            if (every is null && !inForce.TryGet(out _)) return ExitCode.Usage;
            await terminal.Error.WriteLineAsync(
                $"reviews: {new Uri(server.Address, "validate")}\nprobes:  {server.OperationsAddress}readyz");
            IEnumerable<Func<CancellationToken, Task>> beside = every is { } pause
                ? reloads.Select(reload => (Func<CancellationToken, Task>)(ended => reload.RunAsync(pause, ended)))
                : [];
            var auditing = audits?.Invoke(new(listening.Environment, () => server.InFlight));
            return await RunAsync(
                server, [.. beside, .. (Func<CancellationToken, Task>?[])[leave?.Run, events?.Run, auditing, recording?.Run]],
                stop);
        });
        return command;
    }

    private static async Task ListenAsync(WebhookServer server, CancellationToken cancellation)
    {
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new UsageException($"{e.Message.TrimEnd('.')}; `--port`, `--operations-port` and `--address` name others");
        }
    }

    private static async Task<int> RunAsync(
        WebhookServer server, IEnumerable<Func<CancellationToken, Task>?> beside, StopSignal stop)
    {
        using var ended = new CancellationTokenSource();
        var running = Task.WhenAll([.. beside.OfType<Func<CancellationToken, Task>>().Select(run => run(ended.Token))]);
        await stop.Asked;
        await server.DrainAsync(stop.Hurry);
        await ended.CancelAsync();
        await running;
        return ExitCode.Passed;
    }
}
