using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Adopting;

/// <summary>What to type so that Git says what was changed by hand.</summary>
public static class AdoptHint
{
    /// <summary>Values of an object were changed, and wait for a decision.</summary>
    public static bool MayBeTaken(DriftEntry entry) =>
        entry is { Kind: "modified" or "added", Class: "alert" or "freeze", Digest.Length: > 0 };

    /// <summary>The command; null where nothing was changed that it is for.</summary>
    public static string? CommandFor(UnitStatus status) =>
        status.Drift.Any(MayBeTaken)
            ? $"gitops-policy adopt {(status.ObservedGeneration == 0 ? "--unit FILE " : "")}{status.Unit} --output adopt.patch"
            : null;
}
