using System.CommandLine;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;

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

        var command = new Command("audit", "Judges what lives in a cluster and reports what stands against it.") { rules.Config, rules.Policies, environment };
        cluster.AddTo(command);
        foreach (var option in (Option[])[namespaces, kinds, pageSize, format, output, failOn, form]) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var size = parsed.GetValue(pageSize) is var number and >= 1 and <= 10_000 ? number : throw new UsageException("`--page-size` takes 1 to 10000");
            var reports = CheckCommand.RequestedReports(parsed.GetValue(format) ?? [], parsed.GetValue(output));
            if (parsed.GetRequiredValue(form) != ReportsOption.None && parsed.GetValue(kinds) is { Length: > 0 })
                throw new UsageException("`--reports` and `--kinds` do not go together: the report of a namespace is about all kinds there");
            if (!rules.TryLoad(parsed, terminal, out var loaded)) return ExitCode.Usage;
            using var client = cluster.Client(parsed, terminal, size);
            return await new AuditRun(terminal, client, loaded)
            {
                Environment = parsed.GetValue(environment),
                Scope = new() { Namespaces = [.. (parsed.GetValue(namespaces) ?? []).Select(static glob => new Glob(glob))], Kinds = [.. (parsed.GetValue(kinds) ?? []).Select(static glob => new Glob(glob))] },
                Reports = reports,
                Form = ReportsOption.Read(parsed.GetRequiredValue(form)),
                FailOn = Enum.Parse<FindingAction>(parsed.GetRequiredValue(failOn), ignoreCase: true),
            }.ExecuteAsync(cancellation);
        });
        return command;
    }
}
