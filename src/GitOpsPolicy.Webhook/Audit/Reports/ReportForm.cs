using System.Collections.Immutable;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Audit.Reports;

/// <summary>
/// A kind of report objects that other tools read. Fields are those of <c>apis/openreports.io/v1alpha1</c> in
/// github.com/openreports/reports-api and of <c>wgpolicyk8s.io/v1alpha2</c> in github.com/kubernetes-sigs/wg-policy-prototypes,
/// which differ in names and in little else.
/// </summary>
/// <param name="Name">What users call it.</param>
/// <param name="Namespaced">The report of a namespace.</param>
/// <param name="ClusterWide">The report of what is outside of namespaces.</param>
/// <param name="NamesSource">The report itself names who wrote it; else only its results do.</param>
public sealed record ReportForm(string Name, ResourceType Namespaced, ResourceType ClusterWide, bool NamesSource)
{
    /// <summary>The forms there are.</summary>
    public static readonly ImmutableArray<ReportForm> All =
    [
        new(
            "openreports",
            new("openreports.io", "v1alpha1", "reports", "Report", IsNamespaced: true),
            new("openreports.io", "v1alpha1", "clusterreports", "ClusterReport", IsNamespaced: false),
            NamesSource: true),
        new(
            "wgpolicyk8s",
            new("wgpolicyk8s.io", "v1alpha2", "policyreports", "PolicyReport", IsNamespaced: true),
            new("wgpolicyk8s.io", "v1alpha2", "clusterpolicyreports", "ClusterPolicyReport", IsNamespaced: false),
            NamesSource: false),
    ];

    /// <summary>
    /// What is missing from a cluster to write such reports, in one line that says what to do; null when nothing is.
    /// </summary>
    public string? MissingFrom(ResourceCatalog catalog)
    {
        var missing = new[] { Namespaced, ClusterWide }.Where(type => catalog.Find(type.Group, type.Kind, type.Version) is null)
            .ToList();
        return missing.Count == 0
            ? null
            : $"the cluster has no {string.Join(" and no ", missing.Select(static type => $"`{type}` of {type.ApiVersion}"))}: install the definitions, or write no reports with `none`";
    }

    /// <summary>The type of the report of a place.</summary>
    internal ResourceType TypeFor(string place) => place.Length == 0 ? ClusterWide : Namespaced;
}
