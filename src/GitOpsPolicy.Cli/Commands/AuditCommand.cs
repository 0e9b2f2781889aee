using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Webhook.Audit;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy audit</c>: judges what lives in a cluster, and reports.</summary>
internal static class AuditCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var options = new AuditOptions();
        var command = new Command("audit", "Judges what lives in a cluster and reports what stands against it.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        AuditOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        options.Check(parsed);
        var reports = options.Reports.Requested(parsed);
        if (!options.Rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
        using var client = options.Cluster.Client(parsed, terminal, parsed.GetValue(options.PageSize));
        var scope = new AuditScope
        {
            Namespaces = Globs(parsed.GetValue(options.Namespaces)),
            Kinds = Globs(parsed.GetValue(options.Kinds)),
        };
        return parsed.GetValue(options.Desired) is { Length: > 0 } paths
            ? await new DriftAuditRun(terminal, client, loaded)
            {
                Desired = [.. paths],
                NoRender = parsed.GetValue(options.NoRender),
                Environment = parsed.GetValue(options.Environment),
                Scope = scope,
                Reports = reports,
                FailOn = options.Reports.Weakest(parsed),
            }.ExecuteAsync(cancellation)
            : await new AuditRun(terminal, client, loaded)
            {
                Environment = parsed.GetValue(options.Environment),
                Scope = scope,
                Reports = reports,
                Form = ReportsOption.Read(parsed.GetRequiredValue(options.Form)),
                FailOn = options.Reports.Weakest(parsed),
            }.ExecuteAsync(cancellation);
    }

    private static ImmutableArray<Glob> Globs(string[]? patterns) => [.. (patterns ?? []).Select(static glob => new Glob(glob))];
}
