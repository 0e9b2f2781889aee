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
        var (type, key) = ((ResourceType?)null, PassObject.KeyOf(step.Object.Id));
        var outcome = await TryAsync(
            step, async served =>
            {
                type = served;
                var sending = new Sending(LiveReader.AddressOf(served, step.Object.Desired!.Id), step, unit);
                var live = step.Object.Live is { } there ? await PrepareAsync(sending.Address, step, there, cancellation) : null;
                return await SendAsync(sending, live, cancellation);
            }, cancellation);
        if (outcome is WriteOutcome.Done done) cache?.Put(type!.Group, type.Kind, key, done.Object);
        else cache?.Forget(type?.Group ?? step.Object.Id.Group, type?.Kind ?? step.Object.Id.Kind, key);
        return outcome;
    }

    /// <summary>
    /// Asks what would come of writing one object: the server does all that it does for a write, but keeps nothing of it.
    /// </summary>
    public Task<WriteOutcome> AskAsync(PlanStep step, Unit unit, CancellationToken cancellation) => TryAsync(
        step, type => SendAsync(
            new(LiveReader.AddressOf(type, step.Object.Desired!.Id), step, unit) { IsQuestion = true }, step.Object.Live,
            cancellation),
        cancellation);

    /// <summary>
    /// Whether an object that has drifted would come out as it is, were it put back: the cluster makes of what Git says what
    /// lives. Where the cluster does not answer, it would not.
    /// </summary>
    public async Task<bool> ChangesNothingAsync(PlanStep step, Unit unit, CancellationToken cancellation)
    {
        var live = step.Object.Live!;
        if (await AskAsync(step, unit, cancellation) is not WriteOutcome.Done applied || !IsSame(live, applied.Object)) return false;
        if (step.Added.IsEmpty) return true;
        try
        {
            return await reader.TypeOfAsync(step.Object.Id, cancellation) is { } type
                && IsSame(live, await PatchAsync(
                    LiveReader.AddressOf(type, step.Object.Id), live, Removing(step), cancellation, isQuestion: true));
        }
        catch (KubernetesException)
        {
            return false;
        }
    }

    private static bool IsSame(MappingNode live, MappingNode then)
    {
        return NodeEquality.AreEqual(Bare(live), Bare(then));
        static Node Bare(MappingNode one)
        {
            var bare = JsonNode.Parse(NodeWriter.ToJson(one))!.AsObject();
            if (bare["metadata"] is JsonObject metadata)
                foreach (var field in (string[])["managedFields", "resourceVersion", "generation"]) metadata.Remove(field);
            return SentNode.Of(bare);
        }
    }

    /// <summary>
    /// Something of an object has to be taken away before it is written, so that what the server says of it as it is now may not
    /// hold then.
    /// </summary>
    public static bool HasToPrepare(PlanStep step) => step.Object.Live is { } live
        && (!step.Added.IsEmpty || OwnersOf(step, live) is not null);

    private async Task<WriteOutcome> TryAsync(
        PlanStep step, Func<ResourceType, Task<WriteOutcome>> send, CancellationToken cancellation)
    {
        try
        {
            var id = step.Object.Desired!.Id;
            if (await reader.TypeOfAsync(id, cancellation) is not { } type)
                return new WriteOutcome.Failed($"the cluster serves no {id.ApiVersion} {id.Kind}", IsPassing: true)
                {
                    IsUnserved = true,
                };
            return type.IsNamespaced && id.Namespace.Length == 0
                ? new WriteOutcome.Failed("it names no namespace, and the unit has no `target.namespace`", IsPassing: false)
                : await send(type);
        }
        catch (KubernetesException e)
        {
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
    private async Task<WriteOutcome> SendAsync(Sending sending, MappingNode? live, CancellationToken cancellation)
    {
        var (manifest, unit) = (sending.Step.Object.Desired!, sending.Unit.Key);
        try
        {
            var body = ObjectBody.Of(manifest, unit, live);
            return await ApplyAsync(sending with { TakesBack = MayTakeAll(sending, body, live) }, body, cancellation);
        }
        catch (KubernetesException e) when (live is null
            && e.Failure.Message.Contains("resourceVersion should not be set", StringComparison.Ordinal))
        {
            return await ApplyAsync(sending, ObjectBody.Of(manifest, unit, new([])), cancellation);
        }
    }

    private async Task<WriteOutcome> ApplyAsync(Sending sending, MappingNode body, CancellationToken cancellation)
    {
        var options = new ApplyOptions
        {
            FieldManager = FieldManager,
            Force = sending.TakesBack,
            DryRun = sending.IsQuestion,
        };
        if (!sending.IsQuestion) fence.Pass();
        var applied = await client.ApplyAsync(sending.Address, body, options, cancellation);
        if (applied is Applied.Refused refused
            && refused.Conflicts.All(conflict => MayTakeFrom(conflict.Manager, sending.Unit)))
        {
            if (!sending.IsQuestion) fence.Pass();
            applied = await client.ApplyAsync(sending.Address, body, options with { Force = true }, cancellation);
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
        if (OwnersOf(step, live) is { } owners)
            live = await PatchAsync(
                address, live, [new() { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = owners }],
                cancellation);
        if (!step.Added.IsEmpty)
            live = await PatchAsync(address, live, Removing(step), cancellation);
        return live;
    }

    private static IEnumerable<JsonObject> Removing(PlanStep step) => step.Added.OrderDescending(PointerOrder.Instance)
        .Select(static path => new JsonObject { ["op"] = "remove", ["path"] = path });

    // Known beforehand it takes one request, and not one that is refused before the one that takes.
    private static bool MayTakeAll(Sending sending, MappingNode body, MappingNode? live) =>
        sending.Step.TakesBack
            || (live is not null
                && FieldOwners.Claiming(live, body).All(manager => MayTakeFrom(manager, sending.Unit)));

    private static JsonArray? OwnersOf(PlanStep step, MappingNode live) =>
        FieldOwners.PutRight(live, step.Object.Desired!.Object, takesOver: step.Object.AppliedUid is null);

    // That it is another state by now the server calls a conflict where the patch writes the version, and a mistake where it
    // tests it.
    private async Task<MappingNode> PatchAsync(
        ObjectAddress address, MappingNode live, IEnumerable<JsonObject> steps, CancellationToken cancellation,
        bool isQuestion = false)
    {
        var isSame = new JsonObject
        {
            ["op"] = "replace",
            ["path"] = "/metadata/resourceVersion",
            ["value"] = live.Text("metadata", "resourceVersion"),
        };
        if (!isQuestion) fence.Pass();
        return (await client.PatchAsync(
            address, PatchForm.Json, SentNode.Of(new JsonArray([isSame, .. steps])),
            new() { FieldManager = FieldManager, DryRun = isQuestion }, cancellation)).Object;
    }

    /// <summary>A manager is somebody at a keyboard, or one that the unit names: what it wrote may be taken from it.</summary>
    internal static bool MayTakeFrom(string manager, Unit unit) =>
        manager == FieldManager || FieldOwners.Keyboards.Contains(manager) || unit.Drift.OverridableManagers.Contains(manager);

    private static WriteOutcome OutcomeOf(ApiFailure failure) => failure switch
    {
        { IsConflict: true } => new WriteOutcome.Changed(failure.Message),
        { Code: 422 } when failure.Causes.Any(static cause => cause.Field == "metadata.uid") =>
            new WriteOutcome.Changed(failure.Message),
        _ => new WriteOutcome.Failed(failure.ToString(), LiveReader.MayPass(failure)) { Answer = failure },
    };

    /// <summary>One object on its way to the server.</summary>
    private sealed record Sending(ObjectAddress Address, PlanStep Step, Unit Unit)
    {
        /// <summary>Fields are taken from whoever has them.</summary>
        public bool TakesBack { get; init; }

        /// <summary>Nothing of it is kept.</summary>
        public bool IsQuestion { get; init; }
    }

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
