namespace GitOpsPolicy.Evaluation;

/// <summary>
/// What is found about the files of a rule set when the parts of a whole are judged one by one. A waiver that some part needs is
/// needed, and each is told of once. Acknowledgements are about deletions, of which there are none among things that live.
/// </summary>
internal sealed class FileFindings
{
    private readonly Dictionary<string, Finding> byPrint = new(StringComparer.Ordinal);
    private readonly HashSet<string> needed = new(StringComparer.Ordinal);

    /// <summary>Takes a finding that is about a file; false for one that a rule has made of an object.</summary>
    public bool TryTake(Finding finding)
    {
        if (finding.Waiver is { } waiver) needed.Add(Fingerprint.Of(Waiving.RuleName, null, waiver, 0));
        if (finding is not { Resource: null, Change: null, Rule: Waiving.RuleName or Acknowledgements.RuleName }) return false;
        if (finding.Rule == Waiving.RuleName) Take(finding);
        return true;
    }

    /// <summary>Adds what was found elsewhere.</summary>
    public void Add(FileFindings other)
    {
        needed.UnionWith(other.needed);
        foreach (var finding in other.byPrint.Values) Take(finding);
    }

    /// <summary>What is worth telling of the whole.</summary>
    /// <param name="isAll">The parts are all there is; else a waiver for something that was not met may well be of use.</param>
    public IEnumerable<Finding> Told(bool isAll) =>
        byPrint.Where(told => !needed.Contains(told.Key) && (isAll || told.Value.Action > FindingAction.Audit))
            .Select(static told => told.Value);

    private void Take(Finding finding)
    {
        if (!byPrint.TryGetValue(finding.Fingerprint, out var known) || finding.Action > known.Action)
            byPrint[finding.Fingerprint] = finding;
    }
}
