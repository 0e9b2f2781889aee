using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Adopting;

/// <summary>What to type so that Git says what was changed by hand.</summary>
public static class AdoptHint
{
    /// <summary>Values of an object were changed, and wait for a decision.</summary>
    public static bool MayBeTaken(DriftEntry entry) =>
        entry is { Kind: "modified" or "added", Class: "alert" or "freeze", Digest.Length: > 0 };

    /// <summary>The command; null where nothing was changed that it is for.</summary>
    /// <param name="status">How the unit is doing.</param>
    /// <param name="file">The file that the unit is in; null where it is not known, or the unit is one of a cluster.</param>
    public static string? CommandFor(UnitStatus status, string? file) =>
        !status.Drift.Any(MayBeTaken) ? null
        : file is not null ? $"gitops-policy adopt --unit {ShellText.Quoted(file)} {status.Unit} --output adopt.patch"
        : $"gitops-policy adopt {(status.ObservedGeneration == 0 ? "--unit FILE " : "")}{status.Unit} --output adopt.patch";
}
