using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Evaluation.Explaining;

/// <summary>
/// Gives findings of a report the states that the report leaves out, where the files they are about still say the same.
/// </summary>
public static class ReportedStates
{
    /// <summary>The findings, with state and value where they are found again, and what was read.</summary>
    /// <param name="findings">The findings of a report.</param>
    /// <param name="tree">Where their files are.</param>
    public static (ImmutableArray<Finding> Findings, ChangeSet Read) Attach(ImmutableArray<Finding> findings, FileTree tree)
    {
        var files = findings.Select(static finding => finding.Location.File)
            .Distinct(StringComparer.Ordinal)
            .Where(file => file is not "" and not ManifestInput.StandardInput && tree.Find(file) == PathKind.File);
        var read = new ManifestInput(tree).ReadChanges([.. files]);
        return ([.. findings.Select(finding => Attach(finding, read))], read);
    }

    // Only the very place counts: of a file that has changed nothing is known.
    private static Finding Attach(Finding finding, ChangeSet read)
    {
        foreach (var state in read.Changes.Where(change =>
            change.Resource.Canonical == finding.Resource?.Canonical && change.After is not null))
        {
            if (JsonPointer.Find(state.After!, finding.Pointer) is not { } node || node.Location != finding.Location) continue;
            return finding with
            {
                Change = (finding.Change ?? state) with { After = state.After, Location = state.Location },
                Node = node,
            };
        }

        return finding;
    }
}
