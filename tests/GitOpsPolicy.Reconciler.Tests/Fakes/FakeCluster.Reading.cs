using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>Which objects a list or a watch is about.</summary>
internal sealed record FakeSelection(string Namespace, string Labels, string Fields)
{
    /// <summary>The object is among them.</summary>
    public bool Fits(Stored one) =>
        (Namespace.Length == 0 || one.Key.Namespace == Namespace)
        && Terms(Labels).All(term => FitsLabel(one.Object["metadata"]!["labels"] as JsonObject, term))
        && Terms(Fields).All(term => FitsField(one, term));

    private static string[] Terms(string selector) =>
        selector.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool FitsLabel(JsonObject? labels, string term)
    {
        if (term.Contains("!=", StringComparison.Ordinal))
            return Split(term, "!=") is var (other, without) && (string?)labels?[other] != without;
        if (term.Contains('=', StringComparison.Ordinal))
            return Split(term.Replace("==", "=", StringComparison.Ordinal), "=") is var (key, value)
                && (string?)labels?[key] == value;
        return term[0] == '!' ? labels?[term[1..]] is null : labels?[term] is not null;
    }

    private static bool FitsField(Stored one, string term)
    {
        var isNot = term.Contains("!=", StringComparison.Ordinal);
        var (field, value) = Split(term.Replace("==", "=", StringComparison.Ordinal), isNot ? "!=" : "=");
        JsonNode? at = one.Object;
        foreach (var step in field.Split('.')) at = (at as JsonObject)?[step];
        return ((string?)at == value) != isNot;
    }

    private static (string Key, string Value) Split(string term, string sign) =>
        term.IndexOf(sign, StringComparison.Ordinal) is var at && at >= 0
            ? (term[..at].Trim(), term[(at + sign.Length)..].Trim())
            : (term, "");
}

/// <summary>A page of a list.</summary>
internal sealed record FakePage(long Version, IReadOnlyList<Stored> Items, string Continue, int Left);

/// <content>Lists and watches.</content>
internal sealed partial class FakeCluster
{
    private readonly Dictionary<string, (long Version, List<Stored> Later)> unfinished = new(StringComparer.Ordinal);

    /// <summary>One page; null when its place is no longer known.</summary>
    public FakePage? List(FakeType type, FakeSelection selection, int limit, string token)
    {
        lock (gate)
        {
            var (version, rest) = (objects.Version, new List<Stored>());
            if (token.Length == 0) rest = [.. objects.Of(type).Where(selection.Fits)];
            else if (!unfinished.Remove(token, out var place) || place.Version < objects.OldestKnown) return null;
            else (version, rest) = place;
            if (limit <= 0 || rest.Count <= limit) return new(version, rest, "", 0);
            var next = $"c{version}-{rest.Count - limit}-{unfinished.Count}";
            unfinished[next] = (version, rest[limit..]);
            return new(version, rest[..limit], next, rest.Count - limit);
        }
    }

    /// <summary>
    /// What a watch tells next, and a task that ends when there may be more; null when its place is no longer known.
    /// </summary>
    public (List<(string Type, Stored Object)> Told, long Version, Task More)? Next(
        FakeType type, FakeSelection selection, long from)
    {
        lock (gate)
        {
            if (from < objects.OldestKnown) return null;
            return (objects.After(from, type).Select(one => Told(one, selection)).OfType<(string, Stored)>().ToList(),
                objects.Version, changed.Task);
        }
    }

    /// <summary>Notes a list or a watch.</summary>
    public void Note(FakeRequest request, int code, string fault) => Log.Add(
        new(0, default, request.Actor, request.Verb, request.Key, code)
        {
            Impersonated = request.Impersonated, Fault = fault, IsDryRun = request.IsDryRun,
        });

    // An object that leaves a selection is told as deleted, one that comes in as added.
    private static (string, Stored)? Told(FakeEvent one, FakeSelection selection) =>
        (one.Before is { } before && selection.Fits(before), one.After is { } after && selection.Fits(after)) switch
        {
            (false, true) => ("ADDED", one.After!),
            (true, true) => ("MODIFIED", one.After!),
            // as it last was among them
            (true, false) => ("DELETED", one.After is null ? one.Before! : one.Before!.AsOf(one.Version)),
            _ => null,
        };
}
