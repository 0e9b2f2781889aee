using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Tests.Fakes;

namespace GitOpsPolicy.Reconciler.Tests.Model;

/// <summary>One reading of a log.</summary>
internal sealed class Replay(ModelUnit unit)
{
    private readonly Revisions revisions = new();
    private readonly Dictionary<string, EnginePass> passes = new(StringComparer.Ordinal);
    private readonly Dictionary<FakeKey, JsonObject> live = [];
    private readonly Dictionary<FakeKey, string> inventory = [];
    private readonly HashSet<string> confirmed = new(StringComparer.Ordinal);
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly Dictionary<FakeKey, (int Drifts, int Corrections)> corrections = [];
    private bool isQuiet;

    /// <summary>What is wrong so far.</summary>
    public List<Violation> Found { get; } = [];

    /// <summary>Reads one operation.</summary>
    public void Step(Operation operation)
    {
        if (operation.Mark.Length > 0) Note(operation);
        else if (unit.Engines.Contains(operation.Actor)) OfEngine(operation);
        else if (operation.Changed) OfOthers(operation);
        if (!operation.Changed) return;
        if (operation.After is null) live.Remove(operation.Key);
        else live[operation.Key] = operation.After;
        if (operation.Before is not null && operation.After is null) made.Remove(Making(operation));
    }

    private void Note(Operation mark)
    {
        switch (mark.Mark)
        {
            case "push": revisions.Push(mark.Sent!); break;
            case "confirm": confirmed.UnionWith(mark.Sent!["keys"]!.AsArray().Select(static key => (string)key!)); break;
            case "quiet": isQuiet = true; break;
            case "loud": isQuiet = false; break;
            case "settled": Settle(mark); break;
            default: break; // a note for whoever reads the log
        }
    }

    private void OfOthers(Operation operation)
    {
        // lost or put back by hand: the engine knows no more than that
        if (IsState(operation.Key)) Know(InventoryReading.Of(operation.After));
        if (!unit.Owns(operation.Before) || Equal(operation.Before, operation.After)) return;
        var (drifts, done) = corrections.GetValueOrDefault(operation.Key);
        corrections[operation.Key] = (drifts + 1, done);
    }

    private void OfEngine(Operation operation)
    {
        if (isQuiet && operation.IsWrite && !operation.IsLease) Say(Wrong.WroteOnQuiet, operation, "nothing had changed");
        // A pass reads before it writes, and keeps its inventory before and after it: whoever reads objects again has begun
        // another.
        if ((operation.Verb is "get" or "list" && !operation.IsLease) || (operation.IsDone && IsState(operation.Key)))
            passes[operation.Actor] = new() { Newest = passes.GetValueOrDefault(operation.Actor)?.Newest ?? -1 };
        if (!operation.Changed || operation.IsLease || operation.Key.Kind == "Event") return;
        if (unit.Lease is { } lease && operation.Holders.GetValueOrDefault(lease) != operation.Actor)
            Say(Wrong.StaleLeader, operation, $"`{operation.Holders.GetValueOrDefault(lease)}` leads");
        if (IsState(operation.Key)) Inventory(operation);
        else if (operation.Key.Kind == "Reconciliation") return;
        else if (operation.Verb == "delete") Pruned(operation);
        else Wrote(operation);
    }

    // The inventory is written before the first write of a pass and after its last, so that it parts passes.
    private void Inventory(Operation operation)
    {
        var now = InventoryReading.Of(operation.After);
        foreach (var key in inventory.Keys.Where(key => !now.ContainsKey(key)
            && live.TryGetValue(key, out var left)
            && unit.Owns(left)
            && left["metadata"]!["deletionTimestamp"] is null))
            Say(Wrong.Untracked, operation, $"{key} lives and left the inventory");
        Know(now);
    }

    private void Know(Dictionary<FakeKey, string> now)
    {
        inventory.Clear();
        foreach (var (key, uid) in now) inventory[key] = uid;
    }

    private bool IsState(FakeKey key) =>
        key.Kind == "ConfigMap" && key.Name == $"reconciliation-{unit.Name}" && key.Namespace == unit.Namespace;

    private void Wrote(Operation operation)
    {
        var pass = PassOf(operation.Actor);
        if (operation.Before is null) Made(operation);
        else if (!unit.Owns(operation.Before) && ModelUnit.IsOwned(operation.Before))
            Say(Wrong.TouchedForeign, operation, "it bears another unit's labels");
        if (operation.After is not null) written.Add(UidOf(operation.After));
        if (pass.HasPruned) Say(Wrong.PrunedBeforeApply, operation, "this pass had begun to delete");
        if (operation.Verb != "apply" || operation.Sent is null) return;
        var saying = revisions.Saying(operation.Key, operation.Sent);
        if (!pass.Takes(saying))
            Say(
                Wrong.MixedRevisions, operation,
                saying.Count == 0
                    ? "no revision says so"
                    : $"of revision {string.Join(" or ", saying)}, and the pass wrote of another");
        else if (!unit.RollsBack && saying.Max() < pass.Newest)
            Say(Wrong.MixedRevisions, operation, $"revision {saying.Max()} after revision {pass.Newest}");
        if (operation.Before is { } before && unit.Owns(before) && !revisions.AnyHeldBy(operation.Key, before))
            Corrected(operation);
    }

    private void Made(Operation operation)
    {
        if (!inventory.ContainsKey(operation.Key))
            Say(Wrong.Untracked, operation, "it was made before any inventory announced it");
        if (!made.Add(Making(operation))) Say(Wrong.CreatedTwice, operation, "it was made before, and nobody has deleted it");
    }

    private void Corrected(Operation operation)
    {
        if (!corrections.TryGetValue(operation.Key, out var count)) return;
        corrections[operation.Key] = count = (count.Drifts, count.Corrections + 1);
        if (count.Corrections > unit.MaxCorrections) Say(Wrong.Fight, operation, $"it was corrected {count.Corrections} times");
        else if (count.Corrections > count.Drifts)
            Say(Wrong.Fight, operation, $"it was corrected {count.Corrections} times for {count.Drifts} drifts");
    }

    private void Pruned(Operation operation)
    {
        var pass = PassOf(operation.Actor);
        pass.HasPruned = true;
        pass.Prunes++;
        var isConfirmed = confirmed.Contains(operation.Key.ToString());
        if (!isConfirmed) pass.Free++;
        if (!unit.Owns(operation.Before)) Say(Wrong.TouchedForeign, operation, "it does not bear the unit's labels");
        if (!inventory.TryGetValue(operation.Key, out var uid)) Say(Wrong.TouchedForeign, operation, "it is in no inventory");
        else if (uid.Length > 0 && uid != (string?)operation.Before?["metadata"]?["uid"])
            Say(Wrong.PrunedOtherUid, operation, "it is not the one that was written");
        if (unit.IsProtected(operation.Key)) Say(Wrong.PrunedProtected, operation, "it must never be deleted");
        if (unit.NeedsConfirmation(operation.Key) && !isConfirmed) Say(Wrong.PrunedUnconfirmed, operation, "nobody agreed to it");
        else if (pass.Free > Math.Max(unit.FreePrunes, inventory.Count / 5))
            Say(Wrong.PrunedUnconfirmed, operation, $"{pass.Free} deletions in one pass");
        if (revisions.AllWant(operation.Key, Math.Max(pass.Newest, 0))) Say(Wrong.Lost, operation, "Git wants it");
    }

    private void Settle(Operation mark)
    {
        foreach (var (key, wanted) in revisions.Head)
        {
            if (!live.TryGetValue(key, out var found)) Say(Wrong.NotConverged, mark, $"{key} is not there");
            else if (!Revisions.Holds(found, wanted)) Say(Wrong.NotConverged, mark, $"{key} is not as Git says");
        }

        foreach (var (key, found) in live.Where(one =>
            unit.Owns(one.Value) && written.Contains(UidOf(one.Value)) && !revisions.Head.ContainsKey(one.Key)))
        {
            if (!unit.IsProtected(key) && (!unit.NeedsConfirmation(key) || confirmed.Contains(key.ToString())))
                Say(Wrong.NotConverged, mark, $"{key} is still there");
            else if (!inventory.ContainsKey(key)) Say(Wrong.Untracked, mark, $"{key} stays, and no inventory knows it");
        }
    }

    private EnginePass PassOf(string actor) =>
        passes.TryGetValue(actor, out var pass) ? pass : passes[actor] = new() { Newest = -1 };

    private void Say(Wrong kind, Operation at, string message) =>
        Found.Add(new(kind, at.Number, at.Mark.Length > 0 ? message : $"{at.Verb} {at.Key} by {at.Actor}: {message}"));

    private static string UidOf(JsonObject live) => (string)live["metadata"]!["uid"]!;

    // Objects whose names the server makes up are the same when they would get the same kind of name.
    private static string Making(Operation operation) =>
        (string?)(operation.Sent ?? operation.Before)?["metadata"]?["generateName"] is { Length: > 0 } prefix
            ? $"{operation.Key with { Name = "" }}{prefix}*"
            : operation.Key.ToString();

    private static bool Equal(JsonObject? before, JsonObject? after) =>
        before is not null
            && after is not null
            && JsonNode.DeepEquals(before["spec"], after["spec"])
            && JsonNode.DeepEquals(before["data"], after["data"])
            && JsonNode.DeepEquals(before["metadata"]?["labels"], after["metadata"]?["labels"]);
}

/// <summary>What one process does between two writes of the inventory.</summary>
internal sealed class EnginePass
{
    private HashSet<int>? saying;

    /// <summary>The newest revision that it certainly wrote of; -1 for none.</summary>
    public int Newest { get; set; }

    /// <summary>It has deleted something.</summary>
    public bool HasPruned { get; set; }

    /// <summary>How many objects it has deleted.</summary>
    public int Prunes { get; set; }

    /// <summary>How many of them nobody agreed to.</summary>
    public int Free { get; set; }

    /// <summary>Takes a write of one of these revisions; false when no revision says all that was written so far.</summary>
    public bool Takes(HashSet<int> revisions)
    {
        if (revisions.Count == 0) return false;
        var both = saying is null ? revisions : [.. saying.Intersect(revisions)];
        if (both.Count == 0) return false;
        saying = both;
        Newest = Math.Max(Newest, both.Min());
        return true;
    }
}

/// <summary>Reads the inventory out of the ConfigMap that keeps it, as anybody with kubectl would.</summary>
internal static class InventoryReading
{
    /// <summary>The objects in it, each with the uid of the one that was written; empty for one that was announced.</summary>
    public static Dictionary<FakeKey, string> Of(JsonObject? map)
    {
        if (TextOf(map) is not { } text) return [];
        return JsonNode.Parse(text)!.AsArray().Select(static entry => entry!.AsObject()).ToDictionary(
            static entry => new FakeKey(
                (string?)entry["group"] ?? "", (string)entry["kind"]!, (string?)entry["namespace"] ?? "", (string)entry["name"]!),
            static entry => (string?)entry["uid"] ?? "");
    }

    private static string? TextOf(JsonObject? map)
    {
        if ((string?)map?["data"]?["inventory"] is { } plain) return plain;
        if ((string?)map?["binaryData"]?["inventory.gz"] is not { } packed) return null;
        using var gzip = new System.IO.Compression.GZipStream(
            new MemoryStream(Convert.FromBase64String(packed)), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
