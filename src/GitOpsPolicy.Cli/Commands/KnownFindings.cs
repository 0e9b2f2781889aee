using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Baselines;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// The baseline of a run. Like waivers it is read from the base when that is a Git revision, so that no pull request writes its
/// own findings into it.
/// </summary>
internal sealed class KnownFindings(CheckOptions options, FileTree head, Baseline? comparedWith, Terminal terminal)
{
    private FindingBaseline? known;
    private string? note;

    /// <summary>Loads what <c>--baseline</c> names, if anything; otherwise writes every problem.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public bool TryLoad()
    {
        if (options.KnownFindings is not { } file) return true;
        var isOfBase = comparedWith is { IsRevision: true };
        var loaded = Read(isOfBase ? comparedWith!.Files : head, file);
        if (loaded is not null && !loaded.TryGet(out known))
        {
            RuleSources.Refuse(terminal.Error, "the baseline does not load", loaded.Problems);
            return false;
        }

        if (isOfBase) note = Compare(file);
        if (known is null && note is null)
            throw new UsageException($"there is no baseline `{file}`; `--write-baseline {file}` writes one");
        known ??= new(file, []);
        return true;
    }

    /// <summary>
    /// The decision with known findings told from new ones; with <c>--write-baseline</c> as the file just written says.
    /// </summary>
    public Decision Apply(Decision decision)
    {
        if (options.FindingsToWrite is { } file && IsWhole(decision, file))
            return Baselining.Apply(decision, Write(decision, file), Today);
        if (known is null) return decision;
        var applied = Baselining.Apply(decision, known, Today);
        return note is null ? applied : applied with { Notes = [.. applied.Notes, note] };
    }

    private bool IsWhole(Decision decision, string file)
    {
        if (decision.Failures.IsEmpty && decision.ChangeSet.Problems.IsEmpty) return true;
        terminal.Error.WriteLine($"gitops-policy: `{file}` is not written, as not everything could be judged");
        return false;
    }

    private FindingBaseline Write(Decision decision, string file)
    {
        var (written, left) = Baselining.Record(decision, known, file, Today);
        new ReportFiles(terminal, []).WriteFile(file, written.Write);
        terminal.Error.WriteLine($"gitops-policy: `{file}` names {Counted.Of(written.Entries.Length, "finding")}{(left.IsEmpty ? "" : $"; {Counted.Of(left.Length, "finding")} about deletions or the whole change set {(left.Length == 1 ? "is" : "are")} in no baseline")}");
        return written;
    }

    private DateOnly Today => DateOnly.FromDateTime(terminal.Clock.GetUtcNow().UtcDateTime);

    // Null when it is not there.
    private static Loaded<FindingBaseline>? Read(FileTree tree, string file)
    {
        if (tree.Find(file) != PathKind.File) return null;
        if (tree.TryRead(file, out var bytes, out var problem))
            return FindingBaseline.Read(new TextFile(file, bytes) { Revision = tree.Revision });
        return problem is null ? null : new([problem]);
    }

    // What this pull request does to the file itself; null for nothing.
    private string? Compare(string file)
    {
        var loaded = Read(head, file);
        if (loaded is null)
            return known is null ? null : $"this change removes the baseline `{file}`, which counts from the next one on";
        if (!loaded.TryGet(out var proposed)) return $"the baseline of this change does not load: {loaded.Problems[0]}";
        var (before, after) = (Prints(known), Prints(proposed));
        var (added, removed) = (after.Except(before).Count(), before.Except(after).Count());
        return added + removed == 0 && known is not null
            ? null
            : $"this change alters the baseline, which counts from the next one on: +{Counted.Of(added, "entry", "entries")}, −{removed}";
    }

    private static HashSet<string> Prints(FindingBaseline? baseline) =>
        (baseline?.Entries ?? []).Select(static entry => entry.Fingerprint).ToHashSet(StringComparer.Ordinal);
}
