using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Outputs of the root module as changes of <c>output.NAME</c>, so that rules on secrets see what a plan publishes. State is
/// <c>{"value": …, "sensitive": true|false}</c>, like the block in the configuration. An output that goes away is left out: it
/// holds nothing, and among the deletes of resources it would only blur the count.
/// </summary>
internal static class PlanOutputs
{
    /// <summary>
    /// The type under which outputs appear; no provider can have it, for a type's name starts with the provider's.
    /// </summary>
    public const string Type = "output";

    /// <summary>The state of an output that has a value; null for one that has none.</summary>
    public static MappingNode? State(Node? value) => value is null or { Kind: NodeKind.Null, IsUnknown: false }
        ? null
        : new MappingNode(
            [
                new("value", value.Position, value),
                new("sensitive", value.Position, ScalarNode.Boolean(value.IsSensitive, value.Position))
            ], value.Position);

    /// <summary>The change of one output; null for one that goes away.</summary>
    public static Change? ToChange(PlanEntry entry, SourceFile file)
    {
        var operation = PlanActions.Operation(
            entry.Actions, entry.Before is not null, entry.After is not null, imports: false, out _);
        if (operation is Operation.Delete or Operation.Forget) return null;
        return new Change
        {
            Resource = new TerraformId($"output.{entry.Name}", Type, entry.Name, ""),
            Operation = operation,
            Origin = ChangeOrigin.Plan,
            Before = entry.Before,
            After = entry.After,
            Location = file.At(entry.Position),
        };
    }
}
