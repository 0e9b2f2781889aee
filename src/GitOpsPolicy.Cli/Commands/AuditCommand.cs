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
        var (rules, cluster) = (new RuleSourceOptions(), new ClusterOptions());
        var environment = new Option<string?>("--environment") { HelpName = "E", Description = "The environment of this cluster, as the configuration calls it." };
        var namespaces = new Option<string[]>("--namespace") { HelpName = "GLOB", Description = "Judge objects in these namespaces only. Default: all, and what is outside of namespaces.", AllowMultipleArgumentsPerToken = true };
        var kinds = new Option<string[]>("--kinds") { HelpName = "KIND", Description = "Judge these kinds only: `Kind`, `group/Kind`, globs of either. Default: all that the rules are about.", AllowMultipleArgumentsPerToken = true };
        var pageSize = new Option<int>("--page-size") { HelpName = "N", Description = "Objects asked for at a time; so many are in memory at once.", DefaultValueFactory = static _ => 500 };
        var format = new Option<string[]>("--format") { HelpName = "X[=FILE]", Description = $"Report to write: {string.Join(", ", CheckCommand.Formats)}. Several may be given, all but one with `=FILE`. Default: text." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where the report without `=FILE` goes. Default: standard output." };
        var failOn = CheckCommand.FailOn("deny", "warn", "audit");

        var form = ReportsOption.Create("none");
        var desired = new Option<string[]>("--desired") { HelpName = "PATH", Description = "Tell where what lives departs from these files, in place of judging it: what Git decides about is read, and nothing else.", AllowMultipleArgumentsPerToken = true };
        var noRender = new Option<bool>("--no-render") { Description = "With `--desired`: read the files of kustomizations and charts as they are." };

        var command = new Command("audit", "Judges what lives in a cluster and reports what stands against it.") { rules.Config, rules.Policies, environment };
        cluster.AddTo(command);
        foreach (var option in (Option[])[namespaces, kinds, pageSize, format, output, failOn, form, desired, noRender]) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var size = parsed.GetValue(pageSize) is var number and >= 1 and <= 10_000 ? number : throw new UsageException("`--page-size` takes 1 to 10000");
            var reports = CheckCommand.RequestedReports(parsed.GetValue(format) ?? [], parsed.GetValue(output));
            if (parsed.GetRequiredValue(form) != ReportsOption.None && parsed.GetValue(kinds) is { Length: > 0 })
                throw new UsageException("`--reports` and `--kinds` do not go together: the report of a namespace is about all kinds there");
            if (parsed.GetRequiredValue(form) != ReportsOption.None && parsed.GetValue(desired) is { Length: > 0 })
                throw new UsageException("`--reports` and `--desired` do not go together: reports in the cluster are about what lives there, whatever Git says");
            if (!rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
            using var client = cluster.Client(parsed, terminal, size);
            var scope = new AuditScope { Namespaces = Globs(parsed.GetValue(namespaces)), Kinds = Globs(parsed.GetValue(kinds)) };
            var weakest = Enum.Parse<FindingAction>(parsed.GetRequiredValue(failOn), ignoreCase: true);
            return parsed.GetValue(desired) is { Length: > 0 } paths
                ? await new DriftAuditRun(terminal, client, loaded) { Desired = [.. paths], NoRender = parsed.GetValue(noRender), Environment = parsed.GetValue(environment), Scope = scope, Reports = reports, FailOn = weakest }.ExecuteAsync(cancellation)
                : await new AuditRun(terminal, client, loaded) { Environment = parsed.GetValue(environment), Scope = scope, Reports = reports, Form = ReportsOption.Read(parsed.GetRequiredValue(form)), FailOn = weakest }.ExecuteAsync(cancellation);
        });
        return command;
    }

    private static ImmutableArray<Glob> Globs(string[]? patterns) => [.. (patterns ?? []).Select(static glob => new Glob(glob))];
}
