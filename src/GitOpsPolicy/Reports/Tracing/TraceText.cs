using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Tracing;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Reports.Tracing;

/// <summary>How a rule came to its answer, for a person at a terminal.</summary>
public static class TraceText
{
    /// <summary>Writes the whole account.</summary>
    public static void Write(RuleTrace trace, TextWriter writer)
    {
        foreach (var judgement in trace.Judgements) Write(judgement, trace.Rule, writer);
        if (trace.LeftOut > 0)
            writer.WriteLine($"{Counted.Of(trace.LeftOut, "more change is", "more changes are")} not shown; name those you mean with `--resource`");
        if (trace.NotMatched > 0)
            writer.WriteLine($"{Counted.Of(trace.NotMatched, "change is", "changes are")} not judged by this rule; ask why with `--resource NAME`");
        if (trace.Judgements.IsEmpty && trace.LeftOut + trace.NotMatched == 0) writer.WriteLine("no change fits");
    }

    private static void Write(JudgementTrace judgement, string rule, TextWriter writer)
    {
        var subject = judgement.Change is { } change
            ? $"{change.Resource}  {Words<Operation>.Of(change.Operation)}  {change.Location}"
            : "the change set as a whole";
        Line(writer, $"{rule} on {subject}");
        foreach (var match in judgement.Match)
            Line(
                writer,
                $"  match     {(match.Holds ? "fits " : "FAILS")}  {match.Constraint} {match.Wanted}: is {match.Actual}{Place(match.Location)}");
        foreach (var step in judgement.Steps)
            Line(
                writer,
                step.IsRead
                    ? $"  read      {step.What} = {step.Result}{From(step)}  [{step.At}]"
                    : $"  branch    {step.What} {step.Result}  [{step.At}]");
        if (judgement.StepsLeftOut > 0) Line(writer, $"  …         {judgement.StepsLeftOut} more steps");
        foreach (var report in judgement.Reports)
            Line(
                writer,
                $"  reported  {Words<FindingAction>.Of(report.Action)} {report.Message}{(report.Target is { } target ? $" at {target}" : "")}{Place(report.At)}");
        foreach (var withheld in judgement.Withheld) Line(writer, $"  withheld  {withheld.Action}{Place(withheld.At)}");
        if (judgement.Ending is { } ending) Line(writer, $"  ended     {ending}");
        Line(writer, $"  answer    {judgement.Answer}{(judgement.NotRun is { } why ? $": {why}" : "")}{Told(judgement)}");
        writer.WriteLine();
    }

    private static string Told(JudgementTrace judgement) =>
        judgement.Findings.FirstOrDefault(f => f.Waiver is not null)?.Waiver is { } waiver ? $", excused by {waiver}" : "";

    private static string From(StepTrace step) => step.Source is { } source ? $" at {source}" : "";

    private static string Place(SourceLocation at) => at == default ? "" : $"  [{at}]";

    private static void Line(TextWriter writer, string text) => writer.WriteLine(SafeText.OneLine(text).TrimEnd());
}
