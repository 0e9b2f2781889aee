using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Audit.Reports;

/// <summary>Puts the report of one place together.</summary>
/// <param name="form">What reports look like.</param>
/// <param name="digest">The rule set.</param>
/// <param name="now">What a result that is new is dated.</param>
internal sealed class ReportBody(ReportForm form, string digest, DateTimeOffset now)
{
    /// <summary>Name of every report of ours.</summary>
    public const string ReportName = "gitops-policy";

    /// <summary>Who writes them: the label and the field manager.</summary>
    public const string Manager = "gitops-policy-audit";

    /// <summary>The label by which ours are known.</summary>
    public const string OwnerLabel = "app.kubernetes.io/managed-by";

    /// <summary>Bytes that a report may have: etcd takes 1.5 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    private const string DigestAnnotation = "gitopspolicy.dev/ruleset";

    private const int Overhead = 4_096;

    private static readonly string[] Parts = ["scope", "summary", "results"];

    /// <summary>The report of a place.</summary>
    /// <param name="place">The namespace; empty for what is outside of namespaces.</param>
    /// <param name="tally">What came of judging its objects.</param>
    /// <param name="results">The results.</param>
    /// <param name="existing">The report as it stands in the cluster: results that were there keep their date. Null for
    /// none.</param>
    public MappingNode Make(string place, PlaceTally tally, IReadOnlyCollection<ReportResult> results, MappingNode? existing)
    {
        var type = form.TypeFor(place);
        var (nodes, leftOff) = Fit(results, Dates(existing));
        leftOff += Math.Max(0, tally.Failed + tally.Warned + tally.Waived + tally.Errors - results.Count);
        if (leftOff > 0) nodes.Add(ReportResult.LeftOff(leftOff, MaxBytes).ToNode(digest, now));
        return NewObject.Of(
            ("apiVersion", type.ApiVersion),
            ("kind", type.Kind),
            ("metadata", Metadata(place, leftOff)),
            ("source", form.NamesSource ? ReportResult.Source : null),
            ("scope", place.Length == 0 ? null : NewObject.Of(("apiVersion", "v1"), ("kind", "Namespace"), ("name", place))),
            ("summary",
                NewObject.Of(
                    ("pass", tally.Passed), ("fail", tally.Failed), ("warn", tally.Warned), ("error", tally.Errors),
                    ("skip", tally.Waived))),
            ("results", new SequenceNode([.. nodes])));
    }

    /// <summary>The report in the cluster says what it should, so that nothing need be written.</summary>
    public static bool IsAsWanted(MappingNode existing, MappingNode wanted) =>
        Parts.All(part => NodeEquality.AreEqual(existing[part], wanted[part]))
        && new ObjectMetadata(existing).Annotation(DigestAnnotation) == new ObjectMetadata(wanted).Annotation(DigestAnnotation);

    /// <summary>The report bears our label.</summary>
    public static bool IsOurs(MappingNode existing) => new ObjectMetadata(existing).Label(OwnerLabel) == Manager;

    private MappingNode Metadata(string place, int leftOff) => NewObject.Of(
        ("name", ReportName),
        ("namespace", place.Length == 0 ? null : place),
        ("labels", NewObject.Of((OwnerLabel, Manager))),
        ("annotations",
            NewObject.Of(
                (DigestAnnotation, digest),
                ("gitopspolicy.dev/results-left-off", leftOff == 0 ? null : leftOff.ToString(CultureInfo.InvariantCulture)))));

    private (List<Node> Nodes, int LeftOff) Fit(
        IReadOnlyCollection<ReportResult> results, Dictionary<string, DateTimeOffset> dates)
    {
        var (nodes, bytes) = (new List<Node>(), Overhead);
        foreach (var result in ReportResult.InOrder(results))
        {
            var node = result.ToNode(digest, dates.GetValueOrDefault(result.Fingerprint, now));
            bytes += System.Text.Encoding.UTF8.GetByteCount(NodeWriter.ToJson(node)) + 1;
            if (bytes > MaxBytes) return (nodes, results.Count - nodes.Count);
            nodes.Add(node);
        }

        return (nodes, 0);
    }

    private static Dictionary<string, DateTimeOffset> Dates(MappingNode? existing)
    {
        var dates = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var result in existing?.Mappings("results") ?? [])
            if (result.Mapping("properties")?.Text(ReportResult.FingerprintKey) is { Length: > 0 } print
                && result.Mapping("timestamp")?["seconds"] is ScalarNode { Kind: NodeKind.Number } since
                && long.TryParse(since.Text, out var seconds)
                && seconds is > 0 and < 253_402_300_800)
                dates[print] = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return dates;
    }
}
