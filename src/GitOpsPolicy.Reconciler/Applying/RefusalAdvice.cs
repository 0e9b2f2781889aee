namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>What somebody can do about a refusal of an API server, where its answer alone does not say so.</summary>
internal static class RefusalAdvice
{
    private const string InPlace =
        "it cannot be changed in place: give the new one another name, or delete the old one by hand where nothing is lost by that, and it is made anew";

    private static readonly (string Said, string Advice)[] Table =
    [
        ("immutable", InPlace),
        ("updates to statefulset spec", InPlace),
        ("may not change fields", InPlace),
        ("can not be updated", InPlace),
        (" cannot ", "grant that to the service account in whose name the unit is applied, or leave the object to another unit"),
        ("serves no ", "correct the `apiVersion`, or have what defines the kind applied first, by a unit that this one `dependsOn`"),
        ("exceeded quota", "raise the quota, or ask for less"),
    ];

    /// <summary>In a few words; empty where nothing is to be added.</summary>
    /// <param name="refusal">What was refused.</param>
    public static string Of(WriteOutcome.Failed refusal) =>
        Table.FirstOrDefault(row => refusal.Message.Contains(row.Said, StringComparison.OrdinalIgnoreCase)).Advice ?? "";
}
