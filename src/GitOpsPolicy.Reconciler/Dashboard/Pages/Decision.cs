using System.Collections.Immutable;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Dashboard.Markup;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Dashboard.Pages;

/// <summary>
/// What somebody has to decide about, and the file by which they do. The whole file stands there: what is folded open would fold
/// up again when the page refreshes.
/// </summary>
internal static class Decision
{
    private const int FewNamed = 3;
    private const int MostFiles = 10;

    /// <summary>What waits, and what lets it go on.</summary>
    public static Html What(PendingApproval approval) =>
        Html.Of($"<strong>{Subject(approval.Subject)}</strong><span class=\"below\">{Shown.Prose(approval.Message)}</span>");

    /// <summary>What it is about, by name.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="approval">What waits.</param>
    /// <param name="more">Where all of it stands, and the first few suffice; null where that is here.</param>
    public static Html Objects(UnitStatus unit, PendingApproval approval, string? more)
    {
        ImmutableArray<string> named = [.. approval.Resources.Take(more is null ? approval.Resources.Length : FewNamed)];
        var count = Math.Max(approval.Count, approval.Resources.Length) - named.Length;
        var rest = named.IsEmpty || count == 0 ? Html.None : Html.Of($"<li>and {count} more</li>");
        var link = more is null
            ? Html.Of($"<span class=\"below\">{Shown.Digest(approval.Digest)}</span>")
            : Html.Of($"<span class=\"below\"><a href=\"{more}\">How to decide</a></span>");
        return Html.Of($"<ul class=\"names\">{named.Select(name => Html.Of($"<li><code>{name}</code>{Why(unit, approval, name)}</li>"))}{rest}</ul>{link}");
    }

    private static Html Why(UnitStatus unit, PendingApproval approval, string name) =>
        approval.Subject == "prune" && ToldOnce.WhyWaiting(unit, name) is { } why
            ? Html.Of($"<span class=\"below\">{Shown.Prose(why)}</span>")
            : Html.None;

    /// <summary>The files that decide about what waits for it.</summary>
    public static IEnumerable<Html> Files(UnitStatus unit) =>
        unit.Approvals.Where(static one => one.Acknowledgement.Length > 0).Select(one =>
            File(
                unit, one.Digest, one.Acknowledgement,
                one.Subject == "rewrite"
                    ? "To agree, put this beside the rules of the host"
                    : "To decide, commit this to the unit's repository"));

    /// <summary>The files that decide about drift which does not wait for it.</summary>
    public static IEnumerable<Html> FilesOfDrift(UnitStatus unit) =>
        unit.Drift.Where(one => one.Digest.Length > 0 && !unit.Approvals.Any(waits => waits.Digest == one.Digest))
            .Take(MostFiles)
            .Select(one =>
                File(
                    unit, one.Digest, ApprovalText.Write(NameOf(unit, one.Digest), ApprovalSubject.Drift, one.Digest),
                    $"To have `{one.Resource}` reverted, tolerated or adopted, commit this to the unit's repository"));

    /// <summary>What kind of decision it is.</summary>
    private static string Subject(string subject) => subject switch
    {
        "prune" => "Deletion",
        "plan" => "Terraform plan",
        "drift" => "Frozen drift",
        "rewrite" => "Branch written anew",
        _ => subject,
    };

    private static Html File(UnitStatus unit, string digest, string text, string how) => Html.Of($"""
        <div class="file"><p>{Shown.Prose(how)}, with who and why, as <code>acknowledgements/{NameOf(unit, digest)}.yaml</code>:</p>
        <pre>{Html.Lines(text)}</pre></div>

        """);

    private static string NameOf(UnitStatus unit, string digest) => ApprovalText.NameOf(unit.Unit.Name, digest);
}
