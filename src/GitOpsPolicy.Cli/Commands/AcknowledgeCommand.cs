using System.Collections.Immutable;
using System.CommandLine;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy acknowledge</c>: writes the acknowledgement of the deletions that <c>check</c> would see.</summary>
internal static class AcknowledgeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var inputs = new InputOptions();
        var only = new Option<string[]>("--only") { HelpName = "RESOURCE", Description = "Name this deletion, as findings show it (`Deployment prod/web`, `aws_s3_bucket.logs`). May be given several times. Default: every deletion." };
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "Its name.", DefaultValueFactory = static _ => "deletions" };
        var owner = new Option<string>("--owner") { HelpName = "WHO", Description = "Who answers for it.", Required = true };
        var approver = new Option<string>("--approver") { HelpName = "WHO", Description = "Who allowed it: someone other than the owner.", Required = true };
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Description = "Why nothing is lost by it, or may be.", Required = true };
        var environment = new Option<string?>("--environment") { HelpName = "E", Description = "The environment it is for. Default: those of the deletions, by the configuration's `environments`." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where it goes, such as `acknowledgements/NAME.yaml`. Default: standard output." };
        var command = new Command("acknowledge", "Writes the acknowledgement of deletions that are meant, bound to exactly these.")
        {
            inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, inputs.NoRender, only, name, owner, approver, reason, environment, output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (answers, allowed) = (parsed.GetRequiredValue(owner), parsed.GetRequiredValue(approver));
            if (string.Equals(answers.Trim(), allowed.Trim(), StringComparison.OrdinalIgnoreCase))
                throw new UsageException("`--approver` has to be someone other than `--owner`");
            var changes = Read(inputs.Read(parsed), terminal, cancellation);
            if (!changes.Problems.IsEmpty)
            {
                RuleSources.Refuse(terminal.Error, "what is deleted is not known while inputs cannot be read", changes.Problems);
                return Task.FromResult(ExitCode.NoAnswer);
            }

            var deletions = Deletions(changes, parsed.GetValue(only) ?? []);
            if (!TryFindEnvironments(deletions, parsed.GetValue(environment), terminal, out var environments)) return Task.FromResult(ExitCode.Usage);
            var terms = new AcknowledgementTerms(answers, allowed, parsed.GetRequiredValue(reason)) { Among = changes, CreatedBefore = terminal.Clock.GetUtcNow(), Environments = environments };
            var text = DeletionSet.WriteAcknowledgement(parsed.GetRequiredValue(name), deletions, terms);
            if (parsed.GetValue(output) is { } file) new ReportFiles(terminal, []).WriteFile(file, writer => writer.Write(text));
            else terminal.Out.Write(text);
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    private static ChangeSet Read(CheckOptions options, Terminal terminal, CancellationToken cancellation)
    {
        if (options.Base is null && options.Plans.IsEmpty)
            throw new UsageException("nothing is deleted by manifests as they stand; name what they are compared with as `--base REF`, or a plan as `--plan FILE`");
        var progress = new Progress(terminal);
        using var head = new WorkTree(terminal.WorkingDirectory);
        using var baseline = Baseline.Open(options.Base, terminal);
        var changes = new ChangeReader(terminal, options, progress).Read(head, baseline, cancellation);
        progress.Clear();
        return changes;
    }

    // What drifted away is gone already; nobody deletes it.
    private static ImmutableArray<Change> Deletions(ChangeSet changes, string[] only)
    {
        ImmutableArray<Change> all = [.. changes.Changes.Where(static change => DeletionSet.IsDeletion(change) && change.Origin != ChangeOrigin.Drift)];
        if (all.IsEmpty) throw new UsageException("there is nothing to acknowledge: nothing is deleted, replaced or forgotten");
        if (only.FirstOrDefault(wanted => !all.Any(change => IsCalled(change, wanted))) is { } missing)
            throw new UsageException($"`--only {missing}` is not deleted here; what is: {string.Join(", ", all.Select(static change => $"`{change.Resource}`").Distinct())}");
        return only.Length == 0 ? all : [.. all.Where(change => only.Any(wanted => IsCalled(change, wanted)))];
    }

    // What belongs to no environment, as most plans, needs none to be named.
    private static bool TryFindEnvironments(ImmutableArray<Change> deletions, string? told, Terminal terminal, out ImmutableArray<string> environments)
    {
        environments = told is null ? [] : [told];
        if (told is not null) return true;
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var loaded = RuleSetLoader.LoadConfig(RuleSources.SourceOf(tree, null, [], terminal));
        if (loaded.TryGet(out var config))
        {
            environments = [.. deletions.Select(change => config.EnvironmentOf(change.File ?? change.Location.File)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return true;
        }

        RuleSources.Refuse(terminal.Error, "the configuration tells of environments and does not load", loaded.Problems);
        return false;
    }

    private static bool IsCalled(Change change, string name) => change.Resource.ToString() == name || change.Resource.Canonical == name;
}
