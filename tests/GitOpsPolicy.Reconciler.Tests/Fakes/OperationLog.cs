using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>One request as the server carried it out, or a mark that a test made between two of them.</summary>
/// <param name="Number">Counted from 1, in the order in which the server carried them out.</param>
/// <param name="At">Since the log began.</param>
/// <param name="Actor">Who asked: the bearer token, which tests use as a name.</param>
/// <param name="Verb"><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>apply</c>,
/// <c>delete</c>, or <c>mark</c>.</param>
/// <param name="Key">The object; its name is empty for lists.</param>
/// <param name="Code">The answer that the server gave, or would have given where the network ate it.</param>
internal sealed record Operation(int Number, TimeSpan At, string Actor, string Verb, FakeKey Key, int Code)
{
    /// <summary>On whose behalf; empty for the actor's own.</summary>
    public string Impersonated { get; init; } = "";

    /// <summary>The field manager of a write.</summary>
    public string Manager { get; init; } = "";

    /// <summary>The object before; null where there was none.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>The object after; null where there is none.</summary>
    public JsonObject? After { get; init; }

    /// <summary>What was sent.</summary>
    public JsonObject? Sent { get; init; }

    /// <summary>Nothing is kept of it.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Who held each Lease when it was carried out.</summary>
    public IReadOnlyDictionary<string, string> Holders { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the network or the server did to the answer; empty for nothing.</summary>
    public string Fault { get; init; } = "";

    /// <summary>What a test noted; empty for a request.</summary>
    public string Mark { get; init; } = "";

    /// <summary>It is meant to change something, and not for show.</summary>
    public bool IsWrite => !IsDryRun && (Verb is "create" or "update" or "patch" or "apply" or "delete");

    /// <summary>It was carried out.</summary>
    public bool IsDone => IsWrite && Code is >= 200 and < 300;

    /// <summary>It left the object as another than it was.</summary>
    public bool Changed =>
        IsDone
            && (Before is null
                || After is null
                || (string?)Before["metadata"]?["resourceVersion"] != (string?)After["metadata"]?["resourceVersion"]);

    public bool IsLease => Key.Kind == "Lease";

    public override string ToString() =>
        Mark.Length > 0
            ? $"#{Number} -- {Mark}"
            : $"#{Number} {At.TotalSeconds:0.000} {Actor} {Verb} {Key} {Code}{(Fault.Length > 0 ? $" ({Fault})" : "")}";
}

/// <summary>Everything that a fake server was asked, in the order in which it was carried out.</summary>
internal sealed class OperationLog
{
    private readonly List<Operation> operations = [];
    private readonly long begun = Stopwatch.GetTimestamp();

    /// <summary>What has happened so far.</summary>
    public IReadOnlyList<Operation> All
    {
        get
        {
            lock (operations) return [.. operations];
        }
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (operations) return operations.Count;
        }
    }

    /// <summary>Adds one; its number and time are the log's.</summary>
    public void Add(Operation operation)
    {
        lock (operations) operations.Add(operation with { Number = operations.Count + 1, At = Stopwatch.GetElapsedTime(begun) });
    }

    /// <summary>Notes something between two requests, such as that a revision was pushed.</summary>
    public void Mark(string text, JsonObject? about = null) =>
        Add(new(0, default, "", "mark", new("", "", "", ""), 0) { Mark = text, Sent = about });
}
