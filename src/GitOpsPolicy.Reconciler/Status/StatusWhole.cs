using System.Collections.Immutable;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// Gives a status that was read what its text did not have. Lists that are missing must be empty and not nothing: generated
/// readers give members that are set at birth the default of their type.
/// </summary>
internal static class StatusWhole
{
    /// <summary>The status with every list and text there, and without entries that are null.</summary>
    public static UnitStatus Of(UnitStatus read) => read with
    {
        Message = read.Message ?? "",
        Source = read.Source ?? "",
        Ref = read.Ref ?? "",
        RuleSetDigest = read.RuleSetDigest ?? "",
        Refused = Those(read.Refused),
        RefusedContents = Those(read.RefusedContents),
        Drift = [.. Those(read.Drift).Select(static drift => drift with
        {
            Resource = drift.Resource
                ?? "", Kind = drift.Kind
                    ?? "", Class = drift.Class ?? "", Message = drift.Message ?? "", Digest = drift.Digest ?? "",
        })],
        Approvals = [.. Those(read.Approvals).Select(static approval => approval with
        {
            Subject = approval.Subject
                ?? "", Digest = approval.Digest
                    ?? "", Message = approval.Message
                        ?? "", BlastRadius = approval.BlastRadius ?? "", Resources = Those(approval.Resources),
        })],
        Blocked = [.. Those(read.Blocked).Select(Whole)],
        Orphans = [.. Those(
            read.Orphans).Select(static orphan =>
                orphan with { Resource = orphan.Resource ?? "", Message = orphan.Message ?? "" })],
        Unhealthy = [.. Those(read.Unhealthy).Select(static unhealthy => unhealthy with
        {
            Resource = unhealthy.Resource
                ?? "", State = unhealthy.State ?? "", Message = unhealthy.Message ?? "", Revision = unhealthy.Revision ?? "",
        })],
        Notes = Those(read.Notes),
        Trouble = read.Trouble is { } trouble
            ? trouble with { Stage = trouble.Stage ?? "", Message = trouble.Message ?? "" }
            : null,
        Paused = read.Paused is { } paused
            ? paused with { Because = paused.Because ?? "", By = paused.By ?? "", Reason = paused.Reason ?? "" }
            : null,
        History = [.. Those(read.History).Select(static pass => pass with
        {
            Revision = pass.Revision ?? "",
            Outcome = pass.Outcome ?? "",
            Message = pass.Message ?? "",
            Corrections = [.. Those(
                pass.Corrections).Select(static one =>
                    one with { Resource = one.Resource ?? "", Kind = one.Kind ?? "", Message = one.Message ?? "" })],
        })],
    };

    private static BlockedChange Whole(BlockedChange blocked) => blocked with
    {
        Resource = blocked.Resource ?? "",
        Rule = blocked.Rule ?? "",
        Message = blocked.Message ?? "",
        Location = blocked.Location ?? "",
        Operation = blocked.Operation ?? "",
        Severity = blocked.Severity ?? "",
        Remediation = blocked.Remediation ?? "",
        Fingerprint = blocked.Fingerprint ?? "",
    };

    private static ImmutableArray<T> Those<T>(ImmutableArray<T> list)
        where T : class => list.IsDefaultOrEmpty ? [] : [.. list.Where(static entry => entry is not null)];
}
