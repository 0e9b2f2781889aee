using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>
/// A fake: what an API server makes of requests, without a server, controllers or a schema. How far it does as a real one is
/// tested beside one (<see cref="FakeHonestyTests"/>). Every request is noted in <see cref="Log"/> while nothing else happens, so
/// that the log's order is the order of events.
/// </summary>
internal sealed partial class FakeCluster
{
    private readonly Lock gate = new();
    private readonly FakeObjects objects = new();
    private readonly List<FakeType> types = [.. FakeType.BuiltIn];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeCluster()
    {
        foreach (var name in (string[])["default", "kube-system"])
            Handle(new("system", "create", types[0], new("", "Namespace", "", name))
            {
                Body = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } },
            });
    }

    /// <summary>Everything that happened.</summary>
    public OperationLog Log { get; } = new();

    /// <summary>
    /// What happens to objects that a controller of a real cluster would get ready; null for nothing. It gets a copy of the
    /// object and changes it.
    /// </summary>
    public Action<FakeType, JsonObject>? Controller { get; set; }

    /// <summary>What admission says to a write, dry or not: a refusal, or null for nothing against it.</summary>
    public Func<FakeRequest, FakeAnswer?>? Admission { get; set; }

    /// <summary>What defaults and webhooks make of an object that is written, dry or not; null for nothing.</summary>
    public Action<FakeType, JsonObject>? Mutation { get; set; }

    /// <summary>The kinds that are served now.</summary>
    public IReadOnlyList<FakeType> Types
    {
        get
        {
            lock (gate) return [.. types];
        }
    }

    /// <summary>The object as it is; null when there is none. Not to be changed.</summary>
    public JsonObject? Find(FakeKey key)
    {
        lock (gate) return objects.Find(key)?.Object;
    }

    /// <summary>All objects as they are. Not to be changed.</summary>
    public IReadOnlyList<(FakeKey Key, JsonObject Object)> Snapshot()
    {
        lock (gate) return [.. objects.All.Select(static one => (one.Key, one.Object))];
    }

    /// <summary>Somebody changes an object by hand.</summary>
    public void Edit(string actor, FakeKey key, Action<JsonObject> edit)
    {
        lock (gate)
        {
            var found = objects.Find(key) ?? throw new InvalidOperationException($"{key} is not there to be changed.");
            var body = found.Object.DeepClone().AsObject();
            edit(body);
            var answer = Handle(new(actor, "update", found.Type, key) { Body = body, Manager = actor });
            if (!answer.IsGood) throw new InvalidOperationException(answer.Body.ToJsonString());
        }
    }

    /// <summary>Somebody deletes an object by hand.</summary>
    public void Delete(string actor, FakeKey key)
    {
        lock (gate) Handle(new(actor, "delete", objects.Find(key)!.Type, key));
    }

    /// <summary>Forgets all earlier states: watches and lists that go on from them get 410.</summary>
    public void ForgetHistory()
    {
        lock (gate) objects.Forget();
    }

    /// <summary>Carries a request out.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="fault">What will become of the answer on its way, for the log.</param>
    public FakeAnswer Handle(FakeRequest request, string fault = "")
    {
        lock (gate)
        {
            var before = objects.Find(request.Key);
            var holders = Holders();
            var answer = Carry(request, before);
            var after = objects.Find(request.Key);
            if (after is null && request.Verb == "create" && answer.IsGood && !request.IsDryRun)
                after = Find(answer.Body, request.Type);
            Log.Add(new(0, default, request.Actor, request.Verb, after?.Key ?? request.Key, answer.Code)
            {
                Impersonated = request.Impersonated,
                Manager = request.Manager,
                Before = before?.Object,
                After = after?.Object,
                Sent = request.Body as JsonObject,
                IsDryRun = request.IsDryRun,
                Holders = holders, Fault = fault,
            });
            if (!request.IsDryRun && answer.IsGood && request.Verb is not "get") Wake();
            return answer;
        }
    }

    private Stored? Find(JsonObject made, FakeType type) =>
        objects.Find(new(
            type.Group, type.Kind, (string?)made["metadata"]?["namespace"] ?? "", (string?)made["metadata"]?["name"] ?? ""));

    private FakeAnswer Carry(FakeRequest request, Stored? found) =>
        request.Verb is "get" ? Done(request, found) : Admission?.Invoke(request) ?? Done(request, found);

    private FakeAnswer Done(FakeRequest request, Stored? found) => request.Verb switch
    {
        "get" => found is null ? Refusals.NotFound(request.Type, request.Key.Name) : new(200, found.Object),
        "create" => Create(request),
        "delete" => found is null ? Refusals.NotFound(request.Type, request.Key.Name) : Delete(request, found),
        "apply" => ApplyTo(request, found),
        "update" or "patch" => found is null ? Refusals.NotFound(request.Type, request.Key.Name) : Update(request, found),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Verb, null),
    };

    private Dictionary<string, string> Holders()
    {
        var leases = types.First(static type => type.Kind == "Lease");
        return objects.Of(leases)
            .ToDictionary(
                static lease => $"{lease.Key.Namespace}/{lease.Key.Name}",
                static lease => (string?)lease.Object["spec"]?["holderIdentity"] ?? "", StringComparer.Ordinal);
    }

    private void Wake()
    {
        var woken = changed;
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        woken.SetResult();
    }
}
