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
        var options = new AcknowledgeOptions();
        var inputs = options.Inputs;
        var command = new Command(
            "acknowledge", "Writes the acknowledgement of deletions that are meant, bound to exactly these.")
        {
            inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, inputs.NoRender, options.Only, options.Name,
            options.Owner, options.Approver, options.Reason, options.Environment, options.Output,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(options, parsed, terminal, cancellation)));
        return command;
    }

    private static int Run(
        AcknowledgeOptions options, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var (owner, approver) = (parsed.GetRequiredValue(options.Owner), parsed.GetRequiredValue(options.Approver));
        if (string.Equals(owner.Trim(), approver.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new UsageException("`--approver` has to be someone other than `--owner`");
        var changes = Read(options.Inputs.Read(parsed), terminal, cancellation);
        if (!changes.Problems.IsEmpty)
        {
            RuleSources.Refuse(terminal.Error, "what is deleted is not known while inputs cannot be read", changes.Problems);
            return ExitCode.NoAnswer;
        }

        var deletions = Deletions(changes, parsed.GetValue(options.Only) ?? []);
        if (!TryFindEnvironments(deletions, parsed.GetValue(options.Environment), terminal, out var environments))
            return ExitCode.Usage;
        var terms = new AcknowledgementTerms(owner, approver, parsed.GetRequiredValue(options.Reason))
        {
            Among = changes,
            CreatedBefore = terminal.Clock.GetUtcNow(),
            Environments = environments,
        };
        var text = DeletionSet.WriteAcknowledgement(parsed.GetRequiredValue(options.Name), deletions, terms);
        if (parsed.GetValue(options.Output) is { } file)
            new ReportFiles(terminal, []).WriteFile(file, writer => writer.Write(text));
        else
            terminal.Out.Write(text);
        return ExitCode.Passed;
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
        ImmutableArray<Change> all = [.. changes.Changes.Where(static change =>
            DeletionSet.IsDeletion(change) && change.Origin != ChangeOrigin.Drift)];
        if (all.IsEmpty) throw new UsageException("there is nothing to acknowledge: nothing is deleted, replaced or forgotten");
        if (only.FirstOrDefault(wanted => !all.Any(change => IsCalled(change, wanted))) is { } missing)
            throw new UsageException($"`--only {missing}` is not deleted here; what is: {string.Join(", ", all.Select(static change => $"`{change.Resource}`").Distinct())}");
        return only.Length == 0 ? all : [.. all.Where(change => only.Any(wanted => IsCalled(change, wanted)))];
    }

    // What belongs to no environment, as most plans, needs none to be named.
    private static bool TryFindEnvironments(
        ImmutableArray<Change> deletions, string? told, Terminal terminal, out ImmutableArray<string> environments)
    {
        environments = told is null ? [] : [told];
        if (told is not null) return true;
        using var tree = new WorkTree(terminal.WorkingDirectory);
        var loaded = RuleSetLoader.LoadConfig(RuleSources.SourceOf(tree, null, [], terminal));
        if (loaded.TryGet(out var config))
        {
            environments = [.. deletions.Select(change => config.EnvironmentOf(change.File ?? change.Location.File))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)];
            return true;
        }

        RuleSources.Refuse(terminal.Error, "the configuration tells of environments and does not load", loaded.Problems);
        return false;
    }

    private static bool IsCalled(Change change, string name) =>
        change.Resource.ToString() == name || change.Resource.Canonical == name;
}
