using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitOpsPolicy.Test262;

/// <summary>Counts outcomes per clause, and reasons of refusals.</summary>
internal static class Summary
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// Writes a line a clause with its reasons, then the totals; before them, one line for each test that is to be listed.
    /// </summary>
    public static void Write(IReadOnlyList<Result> results, Outcome? list, TextWriter output)
    {
        foreach (var result in results.Where(result => result.Outcome == list))
            output.WriteLine($"{result.Path}: {result.Reason}".TrimEnd(' ', ':'));
        foreach (var clause in results.GroupBy(result => result.Clause).OrderBy(clause => clause.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{clause.Key}: {Counts(clause)}");
            foreach (var reason in Reasons(clause)) output.WriteLine($"    {reason.Count} refused, {reason.Reason}");
        }

        output.WriteLine($"total: {Counts(results)} ({results.Count} tests)");
    }

    /// <summary>Everything, for a program to read.</summary>
    public static string ToJson(IReadOnlyList<Result> results) => JsonSerializer.Serialize(
        new
        {
            Passed = results.Count(result => result.Outcome == Outcome.Passed),
            Failed = results.Count(result => result.Outcome == Outcome.Failed),
            Refused = results.Count(result => result.Outcome == Outcome.Refused),
            Reasons = Reasons(results),
            Tests = results.Select(result => new { result.Path, result.Outcome, result.Reason }),
        },
        Json);

    private static string Counts(IEnumerable<Result> results)
    {
        var counts = results.ToLookup(result => result.Outcome);
        return $"{counts[Outcome.Passed].Count()} passed, {counts[Outcome.Failed].Count()} failed, {counts[Outcome.Refused].Count()} refused";
    }

    private static IEnumerable<ReasonCount> Reasons(IEnumerable<Result> results) => results
        .Where(result => result.Outcome == Outcome.Refused)
        .GroupBy(result => result.Reason)
        .Select(reason => new ReasonCount(reason.Key, reason.Count()))
        .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal);

    private sealed record ReasonCount(string Reason, int Count);
}
