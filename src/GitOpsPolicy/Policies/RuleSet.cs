using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>
/// Rules with their parameters, drift table, waivers and acknowledgements: everything a decision hangs on besides the changes.
/// </summary>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class RuleSet
{
    private readonly Lazy<Knowledge.Prune.DriftTable> classes;

    internal RuleSet(ImmutableArray<Rule> rules, PolicyConfig config)
    {
        (Loaded, Config) = (rules, config);
        Rules = [.. rules.Select(r => r.Metadata)];
        Index = new(rules, config);
        classes = new(() => DriftTable is MappingNode own
            ? Knowledge.Prune.DriftTable.Read(own, new ProblemList())
            : Knowledge.Prune.DriftTable.Shipped);
    }

    private RuleSet(RuleSet same)
    {
        (Loaded, Config, Rules, Index, classes) = (same.Loaded, same.Config, same.Rules, same.Index, same.classes);
        (Digest, Waivers, Acknowledgements, Acknowledged, DriftTable) = (same.Digest, same.Waivers, same.Acknowledgements,
            same.Acknowledged, same.DriftTable);
    }

    /// <summary>
    /// <c>sha256:…</c> over the content of everything below. Equal digests give equal decisions, whatever the files are called.
    /// </summary>
    public string Digest { get; private init; } = "";

    /// <summary>What the rules say about themselves, in order of their names.</summary>
    public ImmutableArray<RuleMetadata> Rules { get; }

    /// <summary>The configuration.</summary>
    public PolicyConfig Config { get; }

    /// <summary>Waivers, in order of their names.</summary>
    public ImmutableArray<Waiver> Waivers { get; internal init; } = [];

    /// <summary>Acknowledgements, in order of their names.</summary>
    public ImmutableArray<Acknowledgement> Acknowledgements { get; internal init; } = [];

    /// <summary>
    /// Indices of changes that count as acknowledged whatever is written: a case of a rule's test says so itself.
    /// </summary>
    internal ImmutableArray<int> Acknowledged { get; init; } = [];

    /// <summary>The drift table's document; null when the shipped one holds.</summary>
    public Node? DriftTable { get; internal init; }

    /// <summary>The classes of resources by that table, read once for this rule set and all copies of it.</summary>
    internal Knowledge.Prune.DriftTable Classes => classes.Value;

    /// <summary>The rules themselves, in order of their names.</summary>
    internal ImmutableArray<Rule> Loaded { get; }

    /// <summary>The rules by what they match.</summary>
    internal RuleIndex Index { get; }

    /// <summary>The parameters of a rule in an environment, as a mapping; null when there is no such rule.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="environment">The environment; null for none.</param>
    public MappingNode? ParametersOf(string rule, string? environment = null) =>
        Index.InEnvironment(environment).FirstOrDefault(b => b.Metadata.Name == rule)?.ParameterNode;

    /// <summary>The most that findings of a rule may do on a surface.</summary>
    public Enforcement EnforcementOf(RuleMetadata rule, Surface surface) => Config.EnforcementOf(rule, surface);

    /// <summary>The decisions that hold about what is no deletion.</summary>
    /// <param name="today">The day it is; null when that is not known.</param>
    /// <param name="environment">The environment they are asked for; null for one without a name, for which only those hold that name none.</param>
    public IEnumerable<Approval> ApprovalsOn(DateOnly? today, string? environment) =>
        Acknowledgements.Where(one => one.Flaw(today, environment) is null).SelectMany(static one => one.Approves);

    /// <summary>
    /// The same rules, by the same digest, with acknowledgements of their own: those of the repository that a reconcile pass is
    /// about, which come and go while what is enforced stays the same.
    /// </summary>
    /// <param name="files">The repository.</param>
    /// <param name="folders">Folders and files with acknowledgements; one that is not there holds none.</param>
    public Loaded<RuleSet> WithAcknowledgements(FileTree files, params ReadOnlySpan<string> folders)
    {
        var problems = new ProblemList();
        var read = new PolicyFiles(problems);
        foreach (var folder in folders)
            if (files.Find(folder) != PathKind.Missing) read.Add(files, folder, "Acknowledgement");
        if (problems.Count > 0) return new(problems.InFileOrder());
        ImmutableArray<Acknowledgement> all = [.. Acknowledgements.Concat(read.Acknowledgements)
            .DistinctBy(static one => one.Name)
            .OrderBy(static one => one.Name, StringComparer.Ordinal)];
        return new(new RuleSet(this) { Acknowledgements = all });
    }

    /// <summary>The same rule set with its digest.</summary>
    internal RuleSet WithDigest(string digest) => new(this) { Digest = digest };
}
