using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>One entry of <c>resource_changes</c> or <c>resource_drift</c> as the plan has it, masks applied.</summary>
internal sealed class PlanEntry
{
    public string Address { get; set; } = "";

    public string? PreviousAddress { get; set; }

    public string Module { get; set; } = "";

    public string Mode { get; set; } = "";

    public string Type { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Index { get; set; }

    public string Provider { get; set; } = "";

    public string? Deposed { get; set; }

    public string? Reason { get; set; }

    /// <summary>Where the entry's address is; before that is read, where the entry starts.</summary>
    public SourcePosition Position { get; set; }

    public ImmutableArray<string> Actions { get; set; } = [];

    public Node? Before { get; set; }

    public Node? After { get; set; }

    public bool Imports { get; set; }

    public ImmutableArray<string> ReplacePaths { get; set; } = [];

    /// <summary>What the entry is about.</summary>
    public TerraformId Id => new(Address, Type, Name, Provider, Module, Index, Deposed, IsData: Mode == "data");

    /// <summary>The entry says that nothing happens, so that before and after are the same.</summary>
    public bool IsNoOp => Actions is ["no-op"];

    /// <summary>What the entry lacks to be judged: the key as the plan spells it; null for nothing.</summary>
    public string? Lacks =>
        Address.Length == 0 ? "address"
            : Type.Length == 0 ? "type"
            : Mode.Length == 0 ? "mode"
            : Actions.IsEmpty ? "change.actions"
            : null;
}
