using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Families;

/// <summary>
/// Pull requests, plans and requests as people make them, judged by the rules of one family through the real inputs.
/// </summary>
public sealed class FamilyCaseTests
{
    private const string LiveFile = "live.yaml";

    private static readonly string Folder = Path.Combine(Fixtures.Folder, "families");

    private static readonly Lazy<Dictionary<(string File, string Name), Func<FamilyCase>>> All = new(ReadAll);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (file, name) in All.Value.Keys) data.Add(file, name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_family_finds_what_it_should_and_nothing_else(string file, string name)
    {
        var given = All.Value[(file, name)]();
        var changes = ChangesOf(given);
        var rules = FamilyRules.Load(given, changes);
        var decision = new Evaluator(rules).Evaluate(
            changes,
            new EvaluationOptions { Today = given.Today, Environment = given.Environment, Drift = new() { Now = given.Now } });

        var (missing, unexpected) = Compare(given.Expect, [.. Found(decision)]);
        Assert.True(missing.IsEmpty && unexpected.IsEmpty, Explain(given, missing, unexpected));
    }

    private static ChangeSet ChangesOf(FamilyCase given)
    {
        var changes = given switch
        {
            { History: not null } => CaseHistory.Compare(given),
            { Live: { } live } => LiveOf(given, FamilyRules.ConfigOf(given), live).ReadChanges(["."]),
            { Base: { } old } => new DiffInput(given.Head ?? new MemoryTree(), old)
            {
                EnvironmentOf = FamilyRules.ConfigOf(given).EnvironmentOf,
            }.ReadChanges(["."]),
            { Head: { } head } => new ManifestInput(head).ReadChanges(["."]),
            _ => new() { Changes = [] },
        };
        if (given.Approvals is not null)
            changes = changes with { Promotion = (changes.Promotion ?? new()) with { Approvals = given.Approvals } };
        if (given.Plan is { } plan)
            changes = changes.Append(TerraformConfiguration.Attach(
                CasePlan.Read(plan), ConfigurationOf(given.Base), ConfigurationOf(given.Head)));
        return given.Review is { } review ? changes.Append(CaseReview.Read(review)) : changes;
    }

    private static LiveInput LiveOf(FamilyCase given, PolicyConfig config, string live) => new(
        (given.Head ?? new MemoryTree()).With(LiveFile, live), LiveFile)
    {
        Base = given.Base,
        Settings = config.Drift,
        EnvironmentOf = file => given.Environment ?? config.EnvironmentOf(file),
    };

    private static TerraformConfiguration? ConfigurationOf(MemoryTree? files) =>
        files is null ? null : TerraformConfiguration.Open(files, "");

    private static IEnumerable<Observed> Found(Decision decision) =>
    [
        .. decision.Findings.Select(finding => new Observed(
            finding.Waiver is null ? Words<FindingAction>.Of(finding.Action) : "waived", finding.Rule,
            finding.Resource?.ToString() ?? "", finding.Message)),
        .. decision.Undetermined.Select(open => new Observed(
            "undetermined", open.Rule, open.Resource?.ToString() ?? "", string.Join(", ", open.Unknowns))),
        .. decision.Failures.Select(failure => new Observed(
            "failure", failure.Rule, failure.Resource?.ToString() ?? "", failure.Message)),
        .. decision.ChangeSet.Problems.Select(problem => new Observed("problem", "", "", problem.ToString())),
    ];

    // Who asks for more takes first, so that an entry without a message leaves the right finding to one with.
    private static (ImmutableArray<Expected> Missing, ImmutableArray<Observed> Unexpected) Compare(
        ImmutableArray<Expected> expected, List<Observed> found)
    {
        var missing = ImmutableArray.CreateBuilder<Expected>();
        foreach (var wanted in expected.OrderByDescending(entry => entry.Says.Sum(text => text.Length)))
        {
            var at = found.FindIndex(observed => observed.Fits(wanted));
            if (at < 0) missing.Add(wanted);
            else found.RemoveAt(at);
        }

        return (missing.ToImmutable(), [.. found]);
    }

    private static string Explain(FamilyCase given, ImmutableArray<Expected> missing, ImmutableArray<Observed> unexpected) =>
        string.Join(
            "\n",
            [
                $"{given.Location}: {given.Name}",
                .. missing.Select(entry => $"  missing:    {entry}"),
                .. unexpected.Select(entry => $"  unexpected: {entry}")
            ]);

    // A file that does not read is a case that fails, so that it does not take those of the other families with it.
    private static Dictionary<(string File, string Name), Func<FamilyCase>> ReadAll()
    {
        var all = new Dictionary<(string, string), Func<FamilyCase>>();
        foreach (var path in Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(Folder, path).Replace('\\', '/');
            try
            {
                foreach (var read in ReadFile(file, File.ReadAllBytes(path)))
                    if (!all.TryAdd((file, read.Name), () => read))
                        throw new FormatException($"{read.Location}: there is another case `{read.Name}` in this file");
            }
            catch (FormatException e)
            {
                all[(file, "the file can be read")] = () => throw new FormatException(e.Message, e);
            }
        }

        return all;
    }

    private static IEnumerable<FamilyCase> ReadFile(string file, byte[] bytes)
    {
        var loaded = YamlReader.Read(new TextFile(file, bytes), bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream)) throw new FormatException(string.Join("\n", loaded.Problems));
        foreach (var document in stream.Documents)
            yield return FamilyCase.Read(
                file[..file.IndexOf('/')],
                document.Root as MappingNode ?? throw new FormatException($"{document.Root.Location}: a case is a mapping"));
    }

    private sealed record Observed(string Action, string Rule, string Resource, string Message)
    {
        public bool Fits(Expected wanted) =>
            (wanted.Action, wanted.Rule, wanted.Resource) == (Action, Rule, Resource)
                && wanted.Says.All(text => Message.Contains(text, StringComparison.Ordinal));

        public override string ToString() => $"{Action} {Rule} {Resource}".TrimEnd() + $" saying `{Message}`";
    }
}
