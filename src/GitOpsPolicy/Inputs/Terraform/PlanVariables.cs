using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// What a plan holds beside its changes, as far as a secret in clear is in it: root variables, constants of the configuration,
/// data sources of the prior state. They are read, not changed, and everything in which detectors find nothing is left out.
/// </summary>
internal static class PlanVariables
{
    /// <summary>The type under which root variables appear.</summary>
    public const string Type = "variable";

    /// <summary>The type under which what the configuration says of a resource, a provider or a module appears.</summary>
    public const string ConfigurationType = "configuration";

    /// <summary>The variables that hold a secret and are not declared sensitive.</summary>
    public static IEnumerable<Change> Variables(PlanContent content, SourceFile file)
    {
        foreach (var (name, value) in content.Variables)
        {
            if (content.SensitiveVariables.Contains(name) || PlanOutputs.State(value) is not { } state) continue;
            var root = new Document(file, 0, state).Root;
            if (SecretFinder.Find(root, name).Count > 0) yield return Read(new($"var.{name}", Type, name, ""), root, file);
        }
    }

    /// <summary>What no change brings about, to be looked through like changes are.</summary>
    public static IEnumerable<Node> Unchanged(PlanContent content) =>
        content.Constants.Select(found => found.Values).Concat(content.PriorData.Select(entry => entry.After!));

    /// <summary>
    /// The parts of the configuration that hold a secret which no change shows in clear already, and the data sources that hold
    /// one.
    /// </summary>
    public static List<Change> Others(PlanContent content, SourceFile file, IReadOnlyList<Change> changes)
    {
        var shown = changes.Where(change => change.After is not null)
            .SelectMany(change => SecretFinder.Find(change.After).Where(secret => !secret.IsMasked))
                .Select(secret => secret.Node.AsText())
                .ToHashSet(StringComparer.Ordinal);
        var constants = content.Constants.Where(found => SecretFinder.Find(found.Values).Any(
            secret => !shown.Contains(secret.Node.AsText())))
            .Select(found => Read(
                new($"configuration.{found.Address}", ConfigurationType, found.Address, ""), found.Values, file));
        return [.. constants, .. content.PriorData.Select(entry => Read(entry.Id, entry.After!, file))];
    }

    private static Change Read(TerraformId id, Node state, SourceFile file) => new()
    {
        Resource = id,
        Operation = Operation.Read,
        Origin = ChangeOrigin.Plan,
        Before = state,
        After = state,
        Location = file.At(state.Position),
    };
}
