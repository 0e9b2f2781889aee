using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Tests.Inputs.Terraform;

/// <summary>Writes down what was read from a plan, one fact a line, for comparing with what is expected.</summary>
internal static class PlanDescription
{
    public static string Of(ChangeSet set)
    {
        var text = new StringBuilder();
        foreach (var problem in set.Problems) text.Append($"problem: {problem}\n");
        text.Append($"resources before: {set.CountBefore}\n");
        foreach (var reason in set.Incomplete) text.Append($"incomplete: {reason}\n");
        foreach (var note in set.Notes) text.Append($"note: {note}\n");
        foreach (var secret in set.SensitiveTexts.Order(StringComparer.Ordinal)) text.Append($"secret: {secret}\n");
        foreach (var change in set.Changes) Append(text, set, change);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ChangeSet set, Change change)
    {
        var id = (TerraformId)change.Resource;
        text.Append($"\n{Word(change.Operation)} {id}\n");
        text.Append($"  {Word(change.Origin)}, cause {Word(change.Cause)}, at {change.Location}\n");
        text.Append($"  type {id.Type}, name {id.Name}, module {Or(id.Module)}, index {id.Index ?? "-"}, provider {Or(id.Provider)}{(id.IsData ? ", data" : "")}\n");
        if (change.Reason is { } reason) text.Append($"  reason {reason}\n");
        if (change.Previous is TerraformId was)
            text.Append($"  was {was} (type {was.Type}, name {was.Name}, module {Or(was.Module)}, index {was.Index ?? "-"})\n");
        if (change.PairedWith is { } pair) text.Append($"  looks like a rename with {set.Changes[pair].Resource}\n");
        foreach (var path in change.ReplacePaths) text.Append($"  replaced because of {path}\n");
        if (change.Before is { } before) text.Append($"  before {Shown(before)}\n");
        if (change.After is { } after)
            text.Append($"  after  {(ReferenceEquals(after, change.Before) ? "the same" : Shown(after))}\n");
    }

    private static string Shown(Node node) => NodeWriter.ToJson(node, indented: false, writeSensitive: false);

    private static string Word<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();

    private static string Or(string text) => text.Length == 0 ? "-" : text;
}
