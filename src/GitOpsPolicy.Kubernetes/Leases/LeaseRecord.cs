using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes.Leases;

/// <summary>
/// One Lease object as one candidate sees it. Source of its fields: https://kubernetes.io/docs/concepts/architecture/leases/.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="inNamespace">The Lease's namespace.</param>
/// <param name="name">The Lease's name.</param>
/// <param name="identity">Who we are; no two processes may have the same.</param>
public sealed class LeaseRecord(KubernetesClient client, string inNamespace, string name, string identity)
{
    private static readonly ResourceType Type = new("coordination.k8s.io", "v1", "leases", "Lease", IsNamespaced: true);

    private readonly ObjectAddress address = new(Type, inNamespace, name);
    private Sight? last;

    /// <summary>When it was last looked at, somebody else held it.</summary>
    public bool IsHeldByAnother => last is { Holder.Length: > 0 } sight && sight.Holder != identity;

    /// <summary>Who held it when it was last looked at; null for nobody.</summary>
    public string? Holder => last is { Holder.Length: > 0 } sight ? sight.Holder : null;

    /// <summary>Asks the server whether a term of ours still goes on.</summary>
    /// <param name="number">The term's number.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="KubernetesException">The server cannot be asked.</exception>
    public async Task<bool> IsStillHeldAsync(int number, CancellationToken cancellation) =>
        await client.FindAsync(address, cancellation) is { } found
            && found.Mapping("spec") is { } spec
            && spec.Text("holderIdentity") == identity
            && (spec.Integer("leaseTransitions") ?? 0) == number;

    /// <summary>Takes or renews the Lease where nobody else holds it.</summary>
    /// <returns>The number of our term; null when somebody else holds it.</returns>
    /// <exception cref="KubernetesException">The server cannot be asked, or somebody else was faster.</exception>
    internal async Task<int?> TryTakeAsync(LeaseTiming timing, CancellationToken cancellation)
    {
        if (await client.FindAsync(address, cancellation) is not { } found)
        {
            var made = await client.CreateAsync(Type, inNamespace, Body(null, Spec(timing, 0, isNew: true)), null, cancellation);
            Look(made.Object);
            return 0;
        }

        var sight = Look(found);
        var isOurs = sight.Holder == identity;
        if (!isOurs && sight.Holder.Length > 0 && client.Options.Time.GetElapsedTime(sight.Since) < sight.Duration) return null;
        var number = isOurs ? sight.Transitions : sight.Transitions + 1;
        var patch = Body(new ObjectMetadata(found).ResourceVersion, Spec(timing, number, isNew: !isOurs));
        Look((await client.PatchAsync(address, PatchForm.Merge, patch, null, cancellation)).Object);
        return number;
    }

    /// <summary>Gives the Lease up, where it is ours, so that others need not wait.</summary>
    /// <exception cref="KubernetesException">The server cannot be asked, or somebody else was faster.</exception>
    internal async Task ReleaseAsync(CancellationToken cancellation)
    {
        if (await client.FindAsync(address, cancellation) is not { } found || Look(found).Holder != identity) return;
        var spec = NewObject.Of(("holderIdentity", ""), ("leaseDurationSeconds", 1), ("renewTime", Now()));
        Look(
            (await client.PatchAsync(
                address, PatchForm.Merge, Body(new ObjectMetadata(found).ResourceVersion, spec), null, cancellation)).Object);
    }

    /// <summary>Notes what a Lease says, and when it first said so.</summary>
    private Sight Look(MappingNode found)
    {
        var spec = found.Mapping("spec") ?? new MappingNode([]);
        var seen = new Sight(
            spec.Text("holderIdentity"), spec.Text("renewTime"), spec.Integer("leaseTransitions") ?? 0,
            TimeSpan.FromSeconds(spec.Integer("leaseDurationSeconds") ?? 0), client.Options.Time.GetTimestamp());
        if (last is null || last with { Since = seen.Since } != seen) last = seen;
        return last;
    }

    private MappingNode Spec(LeaseTiming timing, int transitions, bool isNew)
    {
        var now = Now();
        return NewObject.Of(
            ("holderIdentity", identity),
            ("leaseDurationSeconds", (int)Math.Ceiling(timing.Duration.TotalSeconds)),
            ("renewTime", now),
            ("acquireTime", isNew ? now : null),
            ("leaseTransitions", transitions));
    }

    private MappingNode Body(string? version, MappingNode spec) => NewObject.Of(
        ("apiVersion", Type.ApiVersion),
        ("kind", Type.Kind),
        ("metadata", NewObject.Of(("name", name), ("namespace", inNamespace), ("resourceVersion", version))),
        ("spec", spec));

    private string Now() =>
        client.Options.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed record Sight(string Holder, string Renewed, int Transitions, TimeSpan Duration, long Since);
}
