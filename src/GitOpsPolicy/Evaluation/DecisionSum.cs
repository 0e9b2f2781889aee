using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation;

/// <summary>
/// Adds up decisions about the parts of something that is too large to be held at once, such as all that lives in a cluster.
/// Objects are let go of: what stays is what was found, without the values that rules pointed to.
/// </summary>
/// <param name="rules">The rules that judged the parts.</param>
/// <threadsafety>One thread at a time.</threadsafety>
public sealed class DecisionSum(RuleSet rules) : IDisposable
{
    /// <summary>Findings that are kept; what comes on top is counted. Some 60 MB.</summary>
    public const int MaxFindings = 100_000;

    /// <summary>Failures, undetermined answers and notes that are kept of each.</summary>
    private const int MaxOthers = 1_000;

    private readonly IncrementalHash inputs = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Change> changes = [];
    private readonly List<Finding> findings = [];
    private readonly Capped<Undetermined> undetermined = new(MaxOthers);
    private readonly Capped<RuleFailure> failures = new(MaxOthers);
    private readonly List<string> notes = [];
    private readonly FileFindings aboutFiles = new();
    private readonly Dictionary<(string Rule, string Action), int> byRule = [];
    private readonly Dictionary<string, PlaceTally> byPlace = new(StringComparer.Ordinal);
    private FindingAction? worst;
    private int leftOut;
    private int runs;

    /// <summary>Parts added.</summary>
    public int Count { get; private set; }

    /// <summary>What was found and passed, by namespace; the empty text stands for what is outside of namespaces.</summary>
    public IReadOnlyDictionary<string, PlaceTally> ByPlace => byPlace;

    /// <summary>
    /// How many findings there are by rule and by what the rule asked for, or <c>waived</c>; those that are not kept are among
    /// them.
    /// </summary>
    public IReadOnlyDictionary<(string Rule, string Action), int> ByRule => byRule;

    /// <summary>Adds the decision about a part: a change set of one change.</summary>
    /// <param name="part">The decision.</param>
    /// <param name="state">What tells this state of the part from any other, for the id of the sum.</param>
    public void Add(Decision part, string state)
    {
        Count++;
        runs += part.Runs;
        var change = part.ChangeSet.Changes[0];
        inputs.AppendData(Encoding.UTF8.GetBytes($"{change.Resource.Canonical}\n{state}\n"));
        TallyOf(change.Resource).Add(part);
        foreach (var unsure in part.Undetermined) undetermined.Add(unsure);
        foreach (var failure in part.Failures) failures.Add(failure);
        foreach (var note in part.Notes)
            if (notes.Count < MaxOthers && !notes.Contains(note)) notes.Add(note);
        if (part.Findings.IsEmpty) return;
        var bare = change with { After = null, Before = null };
        var before = findings.Count;
        foreach (var finding in part.Findings) Take(finding, bare);
        if (findings.Count > before) changes.Add(bare);
    }

    /// <summary>Adds everything that another sum has, after what this one has.</summary>
    public void Add(DecisionSum other)
    {
        Count += other.Count;
        runs += other.runs;
        inputs.AppendData(other.inputs.GetCurrentHash());
        changes.AddRange(other.changes);
        foreach (var finding in other.findings) Keep(finding);
        leftOut += other.leftOut;
        if (worst is null || other.worst > worst) worst = other.worst;
        undetermined.Add(other.undetermined);
        failures.Add(other.failures);
        notes.AddRange(other.notes.Except(notes, StringComparer.Ordinal).ToList());
        aboutFiles.Add(other.aboutFiles);
        foreach (var (key, count) in other.byRule) byRule[key] = byRule.GetValueOrDefault(key) + count;
        foreach (var (place, tally) in other.byPlace) TallyOf(place).Add(tally);
    }

    /// <summary>The decision about the whole.</summary>
    /// <param name="around">What else there is to say of the whole: problems, what is missing, notes. Its changes do not
    /// count.</param>
    /// <param name="isAll">The parts are all there is, so that a waiver for something else is for nothing.</param>
    /// <param name="today">The day it is.</param>
    public Decision ToDecision(ChangeSet around, bool isAll, DateOnly? today)
    {
        var all = FindingList.InOrder([.. findings, .. aboutFiles.Told(isAll)]);
        return new()
        {
            Outcome = Verdict.OutcomeOf(Verdict.Worst(all), undetermined.Count > 0, failures.Count > 0),
            Id = IdOf(today),
            RuleSetDigest = rules.Digest,
            ChangeSet = around with { Changes = [.. changes], Uneventful = Count - changes.Count },
            Findings = all,
            Undetermined = FindingList.InOrder(undetermined.Kept),
            Failures = FindingList.InOrder(failures.Kept),
            RuleCount = rules.Rules.Length,
            Runs = runs,
            Notes = [
                .. notes, .. LeftOut("findings", leftOut), .. LeftOut("undetermined answers", undetermined.LeftOut),
                .. LeftOut("failures", failures.LeftOut)
            ],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => inputs.Dispose();

    private static IEnumerable<string> LeftOut(string what, int count) =>
        count == 0 ? [] : [$"{count} more {what} are counted and not told"];

    private string IdOf(DateOnly? today)
    {
        var question = $"{rules.Digest}\n{today?.ToString("O", CultureInfo.InvariantCulture)}\n{Convert.ToHexString(inputs.GetCurrentHash())}";
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))}";
    }

    private void Take(Finding finding, Change bare)
    {
        if (aboutFiles.TryTake(finding)) return;
        var key = (finding.Rule, finding.Waiver is null ? Word(finding.Wanted) : "waived");
        byRule[key] = byRule.GetValueOrDefault(key) + 1;
        Keep(finding with
        {
            Change = bare,
            Resource = finding.Resource ?? bare.Resource,
            Location = bare.Location,
            Pointer = finding.Pointer,
            Node = null,
            Fingerprint = finding.Fingerprint,
        });
    }

    // The worst is always among those kept: exit codes go by it.
    private void Keep(Finding finding)
    {
        var isWorse = worst is null || finding.Action > worst;
        if (isWorse) worst = finding.Action;
        if (isWorse || findings.Count < MaxFindings) findings.Add(finding);
        else leftOut++;
    }

    private PlaceTally TallyOf(ResourceId resource) => TallyOf(resource is KubernetesId id ? id.Namespace : "");

    private PlaceTally TallyOf(string place)
    {
        if (!byPlace.TryGetValue(place, out var tally)) byPlace[place] = tally = new();
        return tally;
    }

    private static string Word(FindingAction action) => action.ToString().ToLowerInvariant();

    /// <summary>A list that stops growing and goes on counting.</summary>
    private sealed class Capped<T>(int most)
    {
        public List<T> Kept { get; } = [];

        public int LeftOut { get; private set; }

        public int Count => Kept.Count + LeftOut;

        public void Add(T item)
        {
            if (Kept.Count < most) Kept.Add(item);
            else LeftOut++;
        }

        public void Add(Capped<T> other)
        {
            foreach (var item in other.Kept) Add(item);
            LeftOut += other.LeftOut;
        }
    }
}
