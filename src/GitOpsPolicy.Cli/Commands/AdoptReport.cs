using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Fixing;
using GitOpsPolicy.Reconciler.Adopting;
using GitOpsPolicy.Reconciler.Applying;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What <c>adopt</c> leaves behind: the patch, and on standard error what is in it and what is not, with why.</summary>
/// <param name="unit">The unit.</param>
/// <param name="terminal">The terminal.</param>
internal sealed class AdoptReport(UnitKey unit, Terminal terminal)
{
    /// <summary>Writes both.</summary>
    /// <param name="adopted">What was found.</param>
    /// <param name="file">Where the patch goes; null for standard output.</param>
    /// <returns>The exit code: 0 where Git takes over everything, 1 where something is left, 3 where it is not known.</returns>
    public int Write(AdoptedUnit adopted, string? file)
    {
        if (adopted.Trouble is { } trouble)
        {
            Tell($"gitops-policy: {unit}: {trouble}");
            return ExitCode.NoAnswer;
        }

        var found = adopted.Found;
        if (file is null) UnifiedDiff.Write(found.Files, terminal.Out);
        else new ReportFiles(terminal, []).WriteFile(file, writer => UnifiedDiff.Write(found.Files, writer));
        Tell($"gitops-policy: {unit}: {Describe(adopted, file is null ? "the patch" : $"`{file}`")}");
        if (adopted.HasOtherRules)
            Tell("gitops-policy: the engine judged the unit by other rules, and may class drift otherwise: give the same `--config` or `--policies` as to it");
        if (adopted.Paused is { } pause)
            Tell($"gitops-policy: {unit}: {pause.InWords()}; what is changed by hand from now on is not in it");
        foreach (var place in found.Places) Tell(place);
        return found.Count == found.Places.Length ? ExitCode.Passed : ExitCode.Failed;
    }

    private static string Describe(AdoptedUnit adopted, string patch) => adopted.Found switch
    {
        { Places.IsEmpty: true } => $"{patch} is empty: nothing that was changed by hand waits for a decision",
        { Count: 0 } => $"{patch} is empty: nothing of what was changed by hand can be taken over for certain",
        var found =>
            $"{patch} has {found.Count} of {Counted.Of(found.Places.Length, "change")} made by hand, for commit {adopted.Commit![..12]}; look at it, then run `git apply`",
    };

    private void Tell(AdoptedPlace place)
    {
        var what = place.Path.Length > 0 ? $"{place.Resource} `{place.Path}`" : $"{place.Resource}";
        var by = place.Manager is { } manager and not Applier.FieldManager ? $", by `{manager}`" : "";
        Tell($"  {(place.Refusal is null ? "adopted" : "left"),-9} {what}{by}{(place.Where.Line > 0 ? $", {place.Where}" : "")}");
        if (place.Refusal is not { } refusal) return;
        Tell($"  {"",-9} {refusal.Why}");
        Tell($"  {"",-9} -> {refusal.Advice}");
    }

    private void Tell(string line) => terminal.Error.WriteLine(SafeText.OneLine(line));
}
