using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Live;
using GitOpsPolicy.Reconciler.Planning;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>
/// Writes objects on the server's side, each as it was read: in another state, or under another uid, nothing is written. Fields
/// are taken from managers of people at a keyboard, and from those that the unit names; from nobody else.
/// </summary>
/// <param name="client">The cluster that objects go to.</param>
/// <param name="fence">What is asked before each write.</param>
/// <param name="cache">Told what was written; null for nobody.</param>
public sealed class Applier(KubernetesClient client, Fence fence, LiveCache? cache = null)
{
    /// <summary>In whose name fields are written.</summary>
    public const string FieldManager = "gitops-policy";

    private readonly LiveReader reader = new(client);

    /// <summary>Writes one object.</summary>
    public async Task<WriteOutcome> WriteAsync(PlanStep step, Unit unit, CancellationToken cancellation)
    {
        try
        {
            var manifest = step.Object.Desired!;
            if (await reader.TypeOfAsync(manifest.Id, cancellation) is not { } type)
                return new WriteOutcome.Failed(
                    $"the cluster serves no {manifest.Id.ApiVersion} {manifest.Id.Kind}", IsPassing: true);
            if (type.IsNamespaced && manifest.Id.Namespace.Length == 0)
                return new WriteOutcome.Failed("it names no namespace, and the unit has no `target.namespace`", IsPassing: false);
            var address = LiveReader.AddressOf(type, manifest.Id);
            var live = step.Object.Live is { } there ? await PrepareAsync(address, step, there, cancellation) : null;
            var outcome = await SendAsync(address, live, step, unit, cancellation);
            var key = PassObject.KeyOf(manifest.Id);
            if (outcome is WriteOutcome.Done done) cache?.Put(type.Group, type.Kind, key, done.Object);
            else cache?.Forget(type.Group, type.Kind, key);
            return outcome;
        }
        catch (KubernetesException e)
        {
            cache?.Forget(step.Object.Id.Group, step.Object.Id.Kind, PassObject.KeyOf(step.Object.Id));
            return OutcomeOf(e.Failure);
        }
    }

    /// <summary>Deletes one object.</summary>
    public async Task<WriteOutcome> DeleteAsync(PassObject one, CancellationToken cancellation)
    {
        try
        {
            if (await reader.TypeOfAsync(one.Id, cancellation) is not { } type) return new WriteOutcome.Deleted(IsGone: true);
            await fence.PassAgainAsync(cancellation);
            var options = new DeleteOptions
            {
                Uid = one.LiveUid,
                ResourceVersion = one.Live!.Text("metadata", "resourceVersion"),
                Propagation = Propagation.Background,
            };
            return new WriteOutcome.Deleted(await client.DeleteAsync(LiveReader.AddressOf(type, one.Id), options, cancellation));
        }
        catch (KubernetesException e) when (e.Failure.IsObjectMissing)
        {
            return new WriteOutcome.Deleted(IsGone: true);
        }
        catch (KubernetesException e)
        {
            return OutcomeOf(e.Failure);
        }
    }

    // Before 1.22 Services are made by a door of their own, which wants no version at all.
    private async Task<WriteOutcome> SendAsync(
        ObjectAddress address, MappingNode? live, PlanStep step, Unit unit, CancellationToken cancellation)
    {
        try
        {
            return await ApplyAsync(address, ObjectBody.Of(step.Object.Desired!, unit.Key, live), step, unit, cancellation);
        }
        catch (KubernetesException e) when (live is null
            && e.Failure.Message.Contains("resourceVersion should not be set", StringComparison.Ordinal))
        {
            return await ApplyAsync(address, ObjectBody.Of(step.Object.Desired!, unit.Key, new([])), step, unit, cancellation);
        }
    }

    private async Task<WriteOutcome> ApplyAsync(
        ObjectAddress address, MappingNode body, PlanStep step, Unit unit, CancellationToken cancellation)
    {
        var options = new ApplyOptions { FieldManager = FieldManager, Force = step.TakesBack };
        fence.Pass();
        var applied = await client.ApplyAsync(address, body, options, cancellation);
        if (applied is Applied.Refused refused && refused.Conflicts.All(conflict => MayTakeFrom(conflict.Manager, unit)))
        {
            fence.Pass();
            applied = await client.ApplyAsync(address, body, options with { Force = true }, cancellation);
        }

        return applied switch
        {
            Applied.Done done => new WriteOutcome.Done(done.Result.Object, done.Result.WasCreated, done.Result.Warnings),
            Applied.Refused owned => new WriteOutcome.Conflict(
                [.. owned.Conflicts.Select(static one => one.Manager).Distinct(StringComparer.Ordinal)],
                string.Join(", ", owned.Conflicts.Select(static one => $"`{one.Field}` belongs to `{one.Manager}`"))),
            _ => throw new InvalidOperationException("A server either writes or refuses."),
        };
    }

    // First who owns what, then what others added goes: from the end, since what is taken from a list moves what comes after it.
    private async Task<MappingNode> PrepareAsync(
        ObjectAddress address, PlanStep step, MappingNode live, CancellationToken cancellation)
    {
        if (FieldOwners.PutRight(live, step.Object.Desired!.Object, takesOver: step.Object.AppliedUid is null) is { } owners)
            live = await PatchAsync(
                address, live, [new() { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = owners }],
                cancellation);
        if (!step.Added.IsEmpty)
            live = await PatchAsync(
                address, live,
                step.Added.OrderDescending(PointerOrder.Instance)
                    .Select(static path => new JsonObject { ["op"] = "remove", ["path"] = path }), cancellation);
        return live;
    }

    // That it is another state by now the server calls a conflict where the patch writes the version, and a mistake where it
    // tests it.
    private async Task<MappingNode> PatchAsync(
        ObjectAddress address, MappingNode live, IEnumerable<JsonObject> steps, CancellationToken cancellation)
    {
        var isSame = new JsonObject
        {
            ["op"] = "replace",
            ["path"] = "/metadata/resourceVersion",
            ["value"] = live.Text("metadata", "resourceVersion"),
        };
        fence.Pass();
        return (await client.PatchAsync(
            address, PatchForm.Json, SentNode.Of(new JsonArray([isSame, .. steps])), new() { FieldManager = FieldManager },
            cancellation)).Object;
    }

    /// <summary>A manager is somebody at a keyboard, or one that the unit names: what it wrote may be taken from it.</summary>
    internal static bool MayTakeFrom(string manager, Unit unit) =>
        manager == FieldManager || FieldOwners.Keyboards.Contains(manager) || unit.Drift.OverridableManagers.Contains(manager);

    private static WriteOutcome OutcomeOf(ApiFailure failure) => failure switch
    {
        { IsConflict: true } or { Code: 422, Causes: [{ Field: "metadata.uid" }, ..] } =>
            new WriteOutcome.Changed(failure.Message),
        _ => new WriteOutcome.Failed(failure.ToString(), LiveReader.MayPass(failure)),
    };

    /// <summary>Orders JSON pointers so that later items of a list come after earlier ones.</summary>
    private sealed class PointerOrder : IComparer<string>
    {
        public static readonly PointerOrder Instance = new();

        public int Compare(string? left, string? right)
        {
            var (a, b) = (left!.Split('/'), right!.Split('/'));
            for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            {
                var order = int.TryParse(a[i], out var x) && int.TryParse(b[i], out var y)
                    ? x.CompareTo(y)
                    : string.CompareOrdinal(a[i], b[i]);
                if (order != 0) return order;
            }

            return a.Length.CompareTo(b.Length);
        }
    }
}
