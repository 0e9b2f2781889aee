using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Reconciler.Tests.Faults.Lives;

/// <summary>Leave to change everything by hand.</summary>
internal static class LifeGlass
{
    /// <summary>It holds whenever it is there.</summary>
    public static BreakGlassGrant Grant { get; } = new()
    {
        Name = "help",
        Node = new MappingNode([]),
        Who = "somebody",
        Approver = "another",
        Reason = "the shop is down",
        Incident = "1",
        NotBefore = DateTimeOffset.MinValue, NotAfter = DateTimeOffset.MaxValue, Operations = [Operation.Update],
    };
}
