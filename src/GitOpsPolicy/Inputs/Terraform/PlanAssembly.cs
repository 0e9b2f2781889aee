using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>Makes the change set of a plan that has been read.</summary>
internal static class PlanAssembly
{
    /// <summary>The change set. Entries that lack what it takes to judge them are problems, all of them told.</summary>
    public static ChangeSet Assemble(PlanContent content, SourceFile file)
    {
        var problems = FindProblems(content, file);
        if (problems.Length > 0) return new() { Changes = [], Problems = problems };

        var notes = new List<string>();
        var changes = content.Changes.Concat(content.Deferred).Select(entry => ToChange(entry, file, notes)).ToList();
        changes.AddRange(content.Outputs.Select(entry => PlanOutputs.ToChange(entry, file)).OfType<Change>());
        changes.AddRange(PlanVariables.Variables(content, file));
        var relevant = new RelevantAttributes(content.RelevantAttributes);
        changes.AddRange(content.Drift.Where(entry => Drift.IsReal(entry.Before, entry.After))
            .Select(entry => ToDrift(entry, file, relevant, notes)));
        LikelyRenames.Pair(changes);
        notes.AddRange(LikelyRenames.Describe(changes).Select(rename => $"{file.Path}: {rename}"));
        notes.AddRange(content.FailedChecks.Select(
            check => $"{file.Path}: `{check.Check}` of the configuration does not hold ({check.Status})"));
        var secrets = MaskByValue(content, changes);
        changes.AddRange(PlanVariables.Others(content, file, changes));
        return new()
        {
            Changes = [.. changes],
            CountBefore = content.Changes.Count(
                entry => entry is { Before: not null, Mode: not "data", Deposed: null, Imports: false }),
            Incomplete = [.. WhyIncomplete(content, file)],
            Notes = [.. notes],
            SensitiveTexts = secrets,
        };
    }

    private static ImmutableArray<Problem> FindProblems(PlanContent content, SourceFile file)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var seen = new HashSet<TerraformId>();
        foreach (var entry in content.Changes.Concat(content.Deferred).Concat(content.Drift))
            if (entry.Lacks is { } key)
                problems.Add(new(file.At(entry.Position), $"an entry of the plan lacks `{key}`", NotAPlan.ShowJson));
        foreach (var entry in content.Changes)
            if (entry.Lacks is null && !seen.Add(entry.Id))
                problems.Add(new(file.At(entry.Position), $"`{entry.Id}` is in `resource_changes` twice", NotAPlan.ShowJson));
        return problems.ToImmutable();
    }

    private static Change ToChange(PlanEntry entry, SourceFile file, List<string> notes)
    {
        var operation = PlanActions.Operation(
            entry.Actions, entry.Before is not null, entry.After is not null, entry.Imports, out var known);
        if (!known)
            notes.Add($"{file.Path}: `{entry.Id}` has the actions `{string.Join("`, `", entry.Actions.Select(Shown.Text))}`, which are not known; judged as {operation.ToString().ToLowerInvariant()}");
        return new()
        {
            Resource = entry.Id,
            Operation = operation,
            Origin = ChangeOrigin.Plan,
            Cause = PlanActions.Cause(operation, entry.Reason, entry.Deposed is not null),
            Before = entry.Before,
            After = entry.After,
            Previous = entry.PreviousAddress is { } previous ? PlanAddress.Parse(previous, entry.Provider) : null,
            Reason = entry.Reason,
            ReplacePaths = entry.ReplacePaths,
            Location = file.At(entry.Position),
        };
    }

    private static Change ToDrift(PlanEntry entry, SourceFile file, RelevantAttributes relevant, List<string> notes) =>
        ToChange(entry, file, notes) with
        {
            Origin = ChangeOrigin.Drift,
            Cause = ChangeCause.Explicit,
            Reason = relevant.Classify(entry.Id, entry.Before, entry.After),
        };

    private static IEnumerable<string> WhyIncomplete(PlanContent content, SourceFile file)
    {
        if (content.Errored == true)
            yield return $"{file.Path}: planning ended with an error, so the plan lacks whatever was not reached; mend the error and plan again";
        else if (content.Deferred.Count + content.DeferredActions > 0)
            yield return $"{file.Path}: the plan puts off {content.Deferred.Count + content.DeferredActions} change(s) until more is known; apply it and plan again";
        else if (content.Complete == false)
            yield return $"{file.Path}: the plan is not complete, as after `-target`; plan again without it";
    }

    private static ImmutableHashSet<string> MaskByValue(PlanContent content, List<Change> changes)
    {
        var secrets = new SecretTexts();
        foreach (var name in content.SensitiveVariables)
        {
            if (!content.Variables.TryGetValue(name, out var value)) continue;
            value.Mark(NodeFlags.Sensitive);
            secrets.Collect(value);
        }

        foreach (var change in changes)
        {
            secrets.AllowWordsOf(((TerraformId)change.Resource).Address);
            foreach (var state in States(change))
            {
                SensitiveMarker.Mark(state, name: SecretFinder.NameOf(change.Resource));
                secrets.Collect(state);
            }
        }

        foreach (var state in PlanVariables.Unchanged(content))
        {
            SensitiveMarker.Mark(state);
            secrets.Collect(state);
        }

        secrets.Seal();
        foreach (var state in changes.SelectMany(States).Concat(PlanVariables.Unchanged(content))) MarkCopies(state, secrets);
        return secrets.Distinctive;
    }

    private static void MarkCopies(Node state, SecretTexts secrets)
    {
        var copies = new List<ScalarNode>();
        secrets.MarkCopies(state, copies);
        SensitiveMarker.AddCopies(state, copies);
    }

    private static IEnumerable<Node> States(Change change)
    {
        if (change.Before is { } before) yield return before;
        if (change.After is { } after && !ReferenceEquals(after, change.Before)) yield return after;
    }
}
