using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Webhook.Audit.Reports;

/// <summary>What came of writing reports.</summary>
/// <param name="Written">Reports written.</param>
/// <param name="Unchanged">Reports that said already what they should.</param>
/// <param name="Removed">Reports of ours that are about nothing any more.</param>
/// <param name="Failures">Why others could not be written or removed, one line each.</param>
public sealed record WrittenReports(int Written, int Unchanged, int Removed, IReadOnlyList<string> Failures)
{
    /// <summary>In one line.</summary>
    public override string ToString() =>
        $"{Written} written, {Unchanged} as they were, {Removed} removed{(Failures.Count == 0 ? "" : $", {Failures.Count} failed")}";
}

/// <summary>
/// Keeps the reports of a cluster: one for each namespace, and one for what is outside of namespaces. Reports of others are never
/// touched, and one of ours only where it has to say something else.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="form">What reports look like.</param>
/// <param name="scope">What was judged: reports about anything else stay as they are.</param>
public sealed class ReportStore(KubernetesClient client, ReportForm form, AuditScope scope)
{
    /// <summary>Reports in memory at a time; each may have a mebibyte.</summary>
    private const int PageSize = 16;

    private readonly List<string> failures = [];
    private int written;
    private int unchanged;
    private int removed;

    /// <summary>Brings the reports in line with an audit that came to its end.</summary>
    /// <param name="decision">What was found.</param>
    /// <param name="byPlace">What came of it by namespace.</param>
    /// <param name="cancellation">Stops between two writes: the reports not yet written say what they said before.</param>
    /// <exception cref="KubernetesException">The reports there are cannot be read.</exception>
    public async Task<WrittenReports> WriteAsync(
        Decision decision, IReadOnlyDictionary<string, PlaceTally> byPlace, CancellationToken cancellation)
    {
        var body = new ReportBody(form, decision.RuleSetDigest, client.Options.Time.GetUtcNow());
        var results = ResultsOf(decision).ToLookup(
            static one => (one.Resource as KubernetesId)?.Namespace ?? "", StringComparer.Ordinal);
        var wanted = byPlace.Where(place => scope.Covers(place.Key))
            .Select(static place => place.Key)
            .ToHashSet(StringComparer.Ordinal);
        if (scope.Covers("") && results.Contains("")) wanted.Add("");
        MappingNode Make(string place, MappingNode? existing) =>
            body.Make(place, byPlace.GetValueOrDefault(place) ?? new(), [.. results[place]], existing);

        foreach (var type in (ResourceType[])[form.ClusterWide, form.Namespaced])
        {
            await foreach (var item in client.ListAsync(
                type, new() { LabelSelector = $"{ReportBody.OwnerLabel}={ReportBody.Manager}", PageSize = PageSize },
                cancellation))
            {
                if (item.Object is not { } existing
                    || new ObjectMetadata(existing) is not { Name: ReportBody.ReportName } metadata
                    || !scope.Covers(metadata.Namespace))
                    continue;
                var place = metadata.Namespace;
                if (wanted.Remove(place)) await ReplaceAsync(place, existing, Make(place, existing), cancellation);
                else if (decision.ChangeSet.Problems.IsEmpty) await RemoveAsync(place, metadata, cancellation);
            }
        }

        foreach (var place in wanted.Order(StringComparer.Ordinal))
            await ApplyAsync(place, Make(place, null), isOurs: false, cancellation);
        return new(written, unchanged, removed, failures);
    }

    private static IEnumerable<ReportResult> ResultsOf(Decision decision) =>
    [
        .. decision.Findings.Where(static finding => finding.Resource is not null).Select(ReportResult.Of),
        .. decision.Failures.Select(ReportResult.Of),
        .. decision.Undetermined.Select(ReportResult.Of),
        .. decision.ChangeSet.Problems.Select(ReportResult.Of),
        .. decision.ChangeSet.Incomplete.Select(ReportResult.Skipped),
    ];

    private async Task ReplaceAsync(string place, MappingNode existing, MappingNode wanted, CancellationToken cancellation)
    {
        if (ReportBody.IsAsWanted(existing, wanted)) unchanged++;
        else await ApplyAsync(place, wanted, isOurs: true, cancellation);
    }

    // One that bears our label is ours whoever has edited it; one that does not is somebody else's, and stays.
    private async Task ApplyAsync(string place, MappingNode report, bool isOurs, CancellationToken cancellation)
    {
        var address = AddressOf(place);
        try
        {
            if (!isOurs && await client.FindAsync(address, cancellation) is { } other && !ReportBody.IsOurs(other))
            {
                failures.Add($"{address} is not ours: it has no label `{ReportBody.OwnerLabel}: {ReportBody.Manager}`; delete it, or give it that label");
                return;
            }

            await client.ApplyAsync(address, report, new() { FieldManager = ReportBody.Manager, Force = true }, cancellation);
            written++;
        }
        catch (KubernetesException e) when (e.Failure.Stage == FailureStage.Refused)
        {
            failures.Add($"{address} cannot be written: {e.Failure.Message}");
        }
    }

    private async Task RemoveAsync(string place, ObjectMetadata metadata, CancellationToken cancellation)
    {
        var address = AddressOf(place);
        try
        {
            await client.DeleteAsync(address, new() { Uid = metadata.Uid }, cancellation);
            removed++;
        }
        catch (KubernetesException e) when (e.Failure is { Stage: FailureStage.Refused, IsNotFound: false })
        {
            failures.Add($"{address} cannot be removed: {e.Failure.Message}");
        }
        catch (KubernetesException e) when (e.Failure.IsNotFound)
        {
            // Gone already, with its namespace perhaps.
        }
    }

    private ObjectAddress AddressOf(string place) =>
        new(form.TypeFor(place), place.Length == 0 ? null : place, ReportBody.ReportName);
}
