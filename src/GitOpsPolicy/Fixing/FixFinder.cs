using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Fixing;

/// <summary>What came of looking for the fixes of a decision.</summary>
/// <param name="Decision">The decision, each finding with its fix.</param>
/// <param name="Files">What the fixes do to files, by name.</param>
/// <param name="LeftOut">Fixes that stand in the way of earlier ones, and are not among what is done to files.</param>
public sealed record FoundFixes(Decision Decision, ImmutableArray<FixedFile> Files, int LeftOut)
{
    /// <summary>How many fixes are in the files.</summary>
    public int Count => Files.Sum(static file => file.Fixes);
}

/// <summary>One file with all fixes made that do not get in each other's way.</summary>
/// <param name="Name">The file, from the root of the repository.</param>
/// <param name="Before">What it says, byte order mark included.</param>
/// <param name="After">What it says with the fixes made.</param>
/// <param name="Fixes">How many.</param>
public sealed record FixedFile(string Name, string Before, string After, int Fixes);

/// <summary>
/// Turns what rules offer as fixes into edits of files. A fix is for files of the work tree that were read as they are: what a
/// tool rendered, a plan or the base is no place to mend anything.
/// </summary>
public sealed class FixFinder
{
    /// <summary>More fixes than this are found run by run.</summary>
    private const int MaxFixes = 1_000;

    /// <summary>
    /// UTF-16 units of documents that are looked at for fixes in one run: each fix has its document read again, and one document
    /// may have as many findings as it has lines.
    /// </summary>
    private const long MaxRead = 16_000_000;

    private readonly Decision decision;
    private readonly HashSet<Document> desired;
    private readonly EditedFiles files;
    private int looked;
    private long read;
    private int leftOut;

    private FixFinder(Decision decision, WorkTree tree)
    {
        this.decision = decision;
        desired = [.. decision.ChangeSet.Changes
            .Where(static change => change.Origin is ChangeOrigin.Manifest or ChangeOrigin.Diff)
            .Select(static change => change.After?.Document)
            .OfType<Document>()];
        var paths = new PatchPaths(tree);
        files = new(
            new(decision.ChangeSet), desired,
            document => document.Source is TextFile { Revision: null } && document.Source.Path != "-"
                ? paths.Of(document.Source.Path)
                : null);
    }

    /// <summary>Looks for the fixes of a decision in the files of a tree.</summary>
    public static FoundFixes Find(Decision decision, WorkTree tree)
    {
        if (decision.Findings.All(static finding => finding.FixRequest is null)) return new(decision, [], 0);
        var finder = new FixFinder(decision, tree);
        var findings = decision.Findings
            .Select(finding =>
                finding.FixRequest is null ? finding : finding with { Fix = finder.Find(finding, finding.FixRequest) })
            .ToImmutableArray();
        var changed = finder.files.Changed(out var broken);
        return new(decision with { Findings = findings }, changed, finder.leftOut + broken.Sum(static file => file.Taken));
    }

    private FindingFix Find(Finding finding, FixRequest request)
    {
        if (request.Refusal is { } reason) return new() { Refusal = reason };
        if (finding.IsExcused) return new() { Refusal = "the finding is excused" };
        if (++looked > MaxFixes) return new() { Refusal = $"there are more than {MaxFixes} fixes; make these first" };
        var documents = request.Steps.Select(static step => step.Target.Document!).Distinct().ToImmutableArray();
        if (documents.Select(static document => document.Source).Distinct().Count() > 1)
            return new() { Refusal = "it is about more than one file" };
        if (!documents.All(desired.Contains))
            return new() { Refusal = "the value is not in a file that is checked, as it shall be" };
        if (files.Of(documents[0]) is not { } file)
            return new()
            {
                Refusal = "the value is not in a file of the repository that can be edited: it was rendered, piped in, or is written in an unusual way",
            };
        if ((read += documents.Sum(file.LengthOf)) > MaxRead)
            return new() { Refusal = "there are more fixes in large documents than one run looks at; make these first" };
        if (file.Find(request.Steps, out var edits) is { } refusal) return new() { Refusal = refusal };
        var lines = file.Lines;
        if (files.ShowsSecret(documents[0], edits)) return new() { Refusal = EditedFiles.NearSecret };
        if (!file.TryTake(request.Steps, edits)) leftOut++;
        return new()
        {
            File = documents[0].Source.Path,
            Edits = [.. edits.Select(edit => new FileEdit(lines.PositionOf(edit.Start), lines.PositionOf(edit.End), edit.Text))],
        };
    }
}
