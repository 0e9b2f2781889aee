using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation.Explaining;

namespace GitOpsPolicy.Reports.Explaining;

/// <summary>Why a finding is there, for a person at a terminal.</summary>
public static class ExplanationText
{
    private const int Width = 14;

    /// <summary>Writes the explanations, an empty line between them.</summary>
    public static void Write(ImmutableArray<FindingExplanation> explanations, ChangeSet changes, TextWriter writer)
    {
        var excerpts = new MaskedExcerpt(changes);
        foreach (var (explanation, index) in explanations.Select(static (explanation, index) => (explanation, index)))
        {
            if (index > 0) writer.WriteLine();
            Write(explanation, excerpts, writer);
        }
    }

    private static void Write(FindingExplanation explanation, MaskedExcerpt excerpts, TextWriter writer)
    {
        var finding = explanation.Finding;
        Line(writer, $"{finding.Rule}: {finding.Message}");
        writer.WriteLine();
        Row(
            writer, "finding",
            $"{finding.Fingerprint}, {ActionOf(explanation)}, {finding.Severity.ToString().ToLowerInvariant()}");
        Row(writer, "where", $"{finding.Location}{(finding.Pointer.Length > 0 ? $"  {finding.Pointer}" : "")}");
        if (excerpts.TryGet(finding, out var excerpt)) Row(writer, "", $"| {excerpt.Text}");
        if (finding.Resource is { } resource) Row(writer, "resource", resource.ToString());
        if (explanation.Rule?.Description is { } description) Row(writer, "why", description.Trim());
        Section(writer, "It rests on", explanation.Facts);
        Section(writer, "Parameters in force", explanation.Parameters);
        Section(writer, "What came of it", explanation.Verdict);
        if (explanation.Ways.IsEmpty) return;
        writer.WriteLine();
        writer.WriteLine("What would satisfy it");
        foreach (var way in explanation.Ways) Line(writer, $"  - {way}");
    }

    private static string ActionOf(FindingExplanation explanation) => explanation.Finding switch
    {
        { Waiver: not null } => "waived",
        { KnownSince: not null } => "in the baseline",
        var finding => finding.Action.ToString().ToLowerInvariant(),
    };

    private static void Section(TextWriter writer, string title, ImmutableArray<Fact> facts)
    {
        if (facts.IsEmpty) return;
        writer.WriteLine();
        writer.WriteLine(title);
        foreach (var fact in facts)
            Row(writer, $"  {fact.Name}", $"{fact.Text}{(fact.Location is { Line: > 0 } place ? $"  [{place}]" : "")}");
    }

    private static void Row(TextWriter writer, string name, string text) => Line(writer, $"{name.PadRight(Width)} {text}");

    private static void Line(TextWriter writer, string text) => writer.WriteLine(SafeText.OneLine(text).TrimEnd());
}
