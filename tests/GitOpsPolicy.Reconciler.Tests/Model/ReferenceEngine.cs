using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;

namespace GitOpsPolicy.Reconciler.Tests.Model;

/// <summary>A mistake that an engine may make.</summary>
internal enum SeededBug
{
    /// <summary>None.</summary>
    None,

    /// <summary>It deletes before it writes.</summary>
    PruneFirst,

    /// <summary>It writes the inventory only at the end, and dies before.</summary>
    NoWriteAhead,

    /// <summary>It drops what left Git from the inventory instead of deleting it.</summary>
    ForgetsOrphans,

    /// <summary>It takes an empty rendering for Git's word.</summary>
    PrunesAllOnEmptyRender,

    /// <summary>It deletes what somebody has to agree to.</summary>
    SkipsConfirmation,

    /// <summary>It deletes what must never be deleted.</summary>
    IgnoresProtection,

    /// <summary>It deletes by name, whoever owns what bears it.</summary>
    IgnoresOwner,

    /// <summary>It deletes by name, whatever was made anew under it.</summary>
    IgnoresUid,

    /// <summary>It goes on writing when another leads.</summary>
    IgnoresLease,

    /// <summary>It fetches anew in the middle of a pass.</summary>
    FetchesTwice,

    /// <summary>It writes though nothing changed.</summary>
    AlwaysWrites,

    /// <summary>It brings back what somebody else brings back, for ever.</summary>
    Fights,

    /// <summary>It leaves out the last object.</summary>
    SkipsLast,

    /// <summary>It makes an object of a made-up name at each pass.</summary>
    MakesAgain,

    /// <summary>It writes over what another unit keeps.</summary>
    WritesForeign,
}

/// <summary>
/// A reconcile engine of a hundred lines, right where nothing goes wrong, with a mistake on demand: what the model of histories
/// is tested with.
/// </summary>
internal sealed class ReferenceEngine(FakeCluster cluster, ModelUnit unit, string actor, SeededBug bug)
{
    private readonly Dictionary<FakeKey, int> corrected = [];
    private Dictionary<FakeKey, string> inventory = [];
    private bool isRead;

    /// <summary>Objects whose deletion somebody agreed to.</summary>
    public HashSet<FakeKey> Confirmed { get; } = [];

    /// <summary>One pass.</summary>
    /// <param name="fetch">What Git says at the moment.</param>
    public void Pass(Func<IReadOnlyList<JsonObject>> fetch)
    {
        if (bug != SeededBug.IgnoresLease && unit.Lease is not null && Leader() != actor) return;
        if (!isRead) inventory = InventoryReading.Of(cluster.Find(StateKey));
        isRead = true;
        var desired = fetch();
        if (desired.Count == 0 && bug != SeededBug.PrunesAllOnEmptyRender) return;
        var gone = inventory.Keys.Except(desired.Select(Revisions.KeyOf)).Where(MayPrune).ToList();
        var writes = desired.Where(NeedsWrite).ToList();
        if (writes.Count + gone.Count == 0 && bug != SeededBug.AlwaysWrites) return;
        if (bug != SeededBug.NoWriteAhead) Keep(inventory.Keys.Union(desired.Select(Revisions.KeyOf)));
        if (bug == SeededBug.PruneFirst) Prune(gone);
        Write(bug == SeededBug.FetchesTwice ? [.. writes.Take(1), .. fetch().Skip(1)]
            : bug == SeededBug.AlwaysWrites ? [.. desired]
            : writes);
        if (bug != SeededBug.PruneFirst) Prune(gone);
        var left = inventory.Keys.Where(key => cluster.Find(key) is not null);
        Keep(bug == SeededBug.ForgetsOrphans ? left.Intersect(desired.Select(Revisions.KeyOf)) : left);
    }

    private FakeKey StateKey => new("", "ConfigMap", unit.Namespace, $"reconciliation-{unit.Name}");

    private string Leader() =>
        (string?)cluster.Find(new(
            "coordination.k8s.io", "Lease", unit.Lease!.Split('/')[0], unit.Lease.Split('/')[1]))?["spec"]?["holderIdentity"]
            ?? "";

    private bool MayPrune(FakeKey key)
    {
        if (cluster.Find(key) is not { } live) return false;
        if (bug == SeededBug.ForgetsOrphans) return false;
        if (unit.IsProtected(key) && bug != SeededBug.IgnoresProtection) return false;
        if (unit.NeedsConfirmation(key) && !Confirmed.Contains(key) && bug != SeededBug.SkipsConfirmation) return false;
        if (!unit.Owns(live) && bug != SeededBug.IgnoresOwner) return false;
        return inventory[key] == (string?)live["metadata"]!["uid"] || bug is SeededBug.IgnoresUid or SeededBug.IgnoresOwner;
    }

    private bool NeedsWrite(JsonObject wanted)
    {
        var key = Revisions.KeyOf(wanted);
        if (cluster.Find(key) is not { } live) return true;
        if (!unit.Owns(live) && !inventory.ContainsKey(key) && bug != SeededBug.WritesForeign) return false;
        if (Revisions.Holds(live, wanted)) return false;
        corrected[key] = corrected.GetValueOrDefault(key) + 1;
        return bug == SeededBug.Fights || corrected[key] <= unit.MaxCorrections;
    }

    private void Write(IReadOnlyCollection<JsonObject> wanted)
    {
        foreach (var one in bug == SeededBug.SkipsLast ? wanted.SkipLast(1) : wanted)
        {
            var body = one.DeepClone().AsObject();
            var labels = (JsonObject)(body["metadata"]!["labels"] ??= new JsonObject());
            (labels["gitops-policy.dev/unit-name"], labels["gitops-policy.dev/unit-namespace"]) = (unit.Name, unit.Namespace);
            var answer = Send("apply", Revisions.KeyOf(one), body);
            if (answer.IsGood) inventory[Revisions.KeyOf(one)] = (string)answer.Body["metadata"]!["uid"]!;
        }

        if (bug == SeededBug.MakesAgain)
            Send(
                "create", new("batch", "Job", unit.Namespace, ""),
                new() { ["metadata"] = new JsonObject { ["generateName"] = "once-" } });
    }

    private void Prune(IEnumerable<FakeKey> keys)
    {
        foreach (var key in keys) Send("delete", key, null);
    }

    private void Keep(IEnumerable<FakeKey> keys)
    {
        inventory = keys.ToDictionary(static key => key, key => inventory.GetValueOrDefault(key, ""));
        var entries = new JsonArray([.. inventory.Select(static one => new JsonObject
        {
            ["group"] = one.Key.Group,
            ["kind"] = one.Key.Kind,
            ["namespace"] = one.Key.Namespace,
            ["name"] = one.Key.Name,
            ["uid"] = one.Value,
        })]);
        Send(
            cluster.Find(StateKey) is null ? "create" : "update", StateKey,
            new() { ["data"] = new JsonObject { ["inventory"] = entries.ToJsonString() } });
    }

    private FakeAnswer Send(string verb, FakeKey key, JsonObject? body) =>
        cluster.Handle(new(actor, verb, cluster.Types.First(type => type.Kind == key.Kind && type.Group == key.Group), key)
        {
            Body = body,
            Manager = "gitops-policy",
            Force = true,
        });
}
