using System.Collections.Immutable;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// What the <c>actions</c> of a plan entry come to. Terraform and OpenTofu each have words the other lacks and say that more may
/// come; their advice to consumers is to look for <c>delete</c> in the list. A list nobody knows is read in the strictest way.
/// </summary>
internal static class PlanActions
{
    /// <summary>What is done to the resource.</summary>
    /// <param name="actions">The words of the plan, in their order.</param>
    /// <param name="existed">The resource has a state before.</param>
    /// <param name="remains">The resource has a state after.</param>
    /// <param name="imports">The entry brings an existing object under management.</param>
    /// <param name="known">False when the list of words is none this version knows.</param>
    public static Operation Operation(ImmutableArray<string> actions, bool existed, bool remains, bool imports, out bool known)
    {
        Operation? operation = string.Join(',', actions) switch
        {
            "no-op" when imports => Changes.Operation.Import,
            "no-op" => Changes.Operation.None,
            "create" => Changes.Operation.Create,
            "read" => Changes.Operation.Read,
            "update" => Changes.Operation.Update,
            "delete" => Changes.Operation.Delete,
            "forget" => Changes.Operation.Forget,
            "delete,create" or "create,delete" => Changes.Operation.Replace,

            // The old object lives on unmanaged, but whatever it held is gone from what the configuration runs.
            "create,forget" or "forget,create" => Changes.Operation.Replace,
            _ => null,
        };
        known = operation is not null;
        return operation ?? Strictest(actions, existed, remains);
    }

    /// <summary>Why it is done, from what the tool says about it.</summary>
    public static ChangeCause Cause(Operation operation, string? reason, bool deposed) => (operation, reason) switch
    {
        _ when deposed => ChangeCause.Replace,
        (_, "replace_by_request") => ChangeCause.Explicit,
        (_, "replace_by_triggers") => ChangeCause.Cascade,
        (Changes.Operation.Replace, _) => ChangeCause.Replace,
        (_, not null) when reason.StartsWith("delete_because_", StringComparison.Ordinal) => ChangeCause.Prune,
        _ => ChangeCause.Explicit,
    };

    private static Operation Strictest(ImmutableArray<string> actions, bool existed, bool remains) => (existed, remains) switch
    {
        _ when actions.Contains("delete") => remains ? Changes.Operation.Replace : Changes.Operation.Delete,
        _ when actions.Contains("forget") => remains ? Changes.Operation.Replace : Changes.Operation.Forget,
        (true, true) => Changes.Operation.Replace,
        (true, false) => Changes.Operation.Delete,
        _ => Changes.Operation.Create,
    };
}
