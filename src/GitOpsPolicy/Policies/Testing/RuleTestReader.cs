using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Diff;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Patterns;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Snapshots;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>Reads documents of kind <c>RuleTest</c>.</summary>
/// <param name="tree">Where the files are that cases name.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class RuleTestReader(FileTree tree, ProblemList problems)
{
    private static readonly string[] Sources = ["change", "changes", "manifests", "base", "plan"];

    private readonly SnapshotFiles snapshots = new(tree, problems);

    /// <summary>Reads the cases of one document. Mistakes are reported.</summary>
    public ImmutableArray<RuleTestCase> Read(MappingNode document)
    {
        if (!FieldReader.TryOpen(document, problems, out var name, out var spec)) return [];

        var rules = ReadRules(spec);
        var (parameters, drift) = (PolicyConfigReader.ReadParameters(spec), ReadDrift(spec));
        var environments = new PolicyConfigReader(problems).ReadEnvironments(spec);
        spec.Require("cases");
        var cases = spec.Items("cases")
            .Select(n => ReadCase(n, name, rules, parameters, drift))
            .OfType<RuleTestCase>()
            .Select(c => c with { Environments = environments })
            .ToImmutableArray();
        if (spec.Any("cases") is SequenceNode { Count: 0 } none) problems.Add(none, "the test has no cases");
        spec.Finish();
        foreach (var same in cases.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            problems.Add(same.Last().Location, $"there is another case `{same.Key}` in this test");
        return cases;
    }

    private static ImmutableArray<string> ReadRules(FieldReader spec)
    {
        var (one, several) = (spec.Text("rule"), spec.TextList("rules"));
        var rules = one is null ? several : [one];
        if (spec.Has("rule") && spec.Has("rules")) spec.Problems.Add(spec.PlaceOf("rules"), "give `rule` or `rules`, not both");
        if (!spec.Has("rule") && !spec.Has("rules"))
            spec.Problems.Add(spec.Mapping, "`rule` is missing", "name the rule that is tested, or several under `rules`");
        return rules;
    }

    private static MappingNode? ReadDrift(FieldReader fields) =>
        fields.Any("driftTable") is { } node ? Reads.Mapping(node, "driftTable", fields.Problems) : null;

    private RuleTestCase? ReadCase(
        Node node, string test, ImmutableArray<string> rules, ImmutableArray<RuleParameters> parameters, MappingNode? drift)
    {
        if (Reads.Mapping(node, "cases", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var name = fields.RequiredText("name");
        var surface = fields.Word<Surface>("surface") ?? Surface.Ci;
        var (read, acknowledged) = ReadSource(fields, surface);
        var own = PolicyConfigReader.ReadParameters(fields);
        var found = new RuleTestCase
        {
            Test = test,
            Name = name,
            Location = mapping.Location,
            Written = mapping,
            Rules = rules,
            Parameters = [.. parameters, .. own],
            DriftTable = ReadDrift(fields) ?? drift,
            Environment = fields.Text("environment"),
            Read = Adjust(fields, read, surface),
            Acknowledged = acknowledged,
            Expected = ReadExpected(fields),
            Snapshot = ExpectsSnapshot(fields) ? snapshots.Find(mapping.Location.File, test, name) : null,
        };
        fields.Finish();
        return found;
    }

    private static Func<ChangeSet> Adjust(FieldReader fields, Func<ChangeSet> read, Surface surface)
    {
        var (countBefore, incomplete) = (fields.Integer("countBefore"), fields.TextList("incomplete"));
        var promotion = TestPromotionReader.Read(fields);
        return () =>
        {
            var set = read();
            return set with
            {
                Changes = [.. set.Changes.Select(c => c.Surface == Surface.Ci ? c with { Surface = surface } : c)],
                CountBefore = countBefore ?? set.CountBefore,
                Incomplete = [.. set.Incomplete, .. incomplete],
                Promotion = promotion,
            };
        };
    }

    private (Func<ChangeSet> Read, ImmutableArray<int> Acknowledged) ReadSource(FieldReader fields, Surface surface)
    {
        var given = Sources.Where(fields.Has).ToList();
        if (given.Count != 1)
        {
            problems.Add(
                given.Count == 0 ? fields.Mapping.Location : fields.PlaceOf(given[1]),
                given.Count == 0 ? "the case says nothing that could be judged" : $"give `{given[0]}` or `{given[1]}`, not both",
                "exactly one of change, changes, manifests, base with head, plan");
        }

        var inline = ReadInline(fields, surface);
        var (manifests, @base, head, plan) = (fields.TextList("manifests"), fields.Text("base"), fields.Text("head"),
            fields.Text("plan"));
        if (@base is null != head is null) problems.Add(fields.Mapping, "`base` and `head` go together");
        var folder = FolderOf(fields.Mapping.Location.File);
        return given.FirstOrDefault() switch
        {
            "manifests" => (() => new ManifestInput(tree).ReadChanges([.. manifests.Select(p => folder + p)]), []),
            "base" => (() => new DiffInput(tree, tree) { BaseFolder = folder + @base }.ReadChanges([folder + head]), []),
            "plan" => (() => ReadPlan(folder + plan), []),
            _ => inline,
        };
    }

    private (Func<ChangeSet> Read, ImmutableArray<int> Acknowledged) ReadInline(FieldReader fields, Surface surface)
    {
        var reader = new TestChangeReader(surface, problems);
        var changes = ImmutableArray.CreateBuilder<Change>();
        var acknowledged = ImmutableArray.CreateBuilder<int>();
        foreach (var node in (Node[])[.. fields.Items("change"), .. fields.Items("changes")])
        {
            if (reader.Read(node, out var isAcknowledged) is not { } change) continue;
            if (isAcknowledged) acknowledged.Add(changes.Count);
            if (isAcknowledged && !DeletionSet.IsDeletion(change))
                problems.Add(node, "only a delete, replace or forget can be acknowledged");
            changes.Add(change);
        }

        foreach (var change in changes.Where(c => c.PairedWith is { } other && (other < 0 || other >= changes.Count)))
            problems.Add(change.Location, $"`pairedWith` is the number of a change, 0 to {changes.Count - 1}");
        var set = new ChangeSet { Changes = changes.ToImmutable(), SensitiveTexts = reader.SensitiveTexts };
        return (() => set, acknowledged.ToImmutable());
    }

    private ChangeSet ReadPlan(string path)
    {
        if (tree.TryRead(path, out var bytes, out var problem))
            return TerraformPlanInput.Read(path, new MemoryStream(bytes.ToArray()));
        return new() { Changes = [], Problems = [problem ?? new(new(path, 0, 0), "there is no such file")] };
    }

    private static bool ExpectsSnapshot(FieldReader fields) =>
        fields.Any("expect") is ScalarNode { Kind: NodeKind.String, Text: "snapshot" };

    private ImmutableArray<Expectation> ReadExpected(FieldReader fields)
    {
        fields.Require("expect", "`expect: []` says that nothing is found");
        if (fields.Any("expect") is ScalarNode scalar && !ExpectsSnapshot(fields))
            problems.Add(scalar, "`expect` must be a list, or `snapshot`", "`expect: []` says that nothing is found");
        return [.. fields.Items("expect").OfType<MappingNode>().Select(ReadExpectation)];
    }

    private Expectation ReadExpectation(MappingNode mapping)
    {
        var fields = new FieldReader(mapping, problems);
        fields.Require("action");
        var message = fields.Text("message");
        var isPattern = message is ['/', _, .., '/'];
        var expectation = new Expectation
        {
            Location = mapping.Location,
            Action = fields.Word<ExpectedAction>("action") ?? ExpectedAction.Deny,
            Rule = fields.Text("rule"),
            Message = isPattern ? null : message,
            MessagePattern = isPattern ? Expression.Make(message![1..^1], mapping["message"]!, "message", problems) : null,
            Resource = fields.Text("resource"),
            Pointer = fields.Text("pointer"),
            File = fields.Text("file") is { } file ? FolderOf(mapping.Location.File) + file : null,
            Line = fields.Integer("line"),
            Column = fields.Integer("column"),
            Fix = fields.Any("fix") is null ? null : fields.TextList("fix"),
            Count = fields.Integer("count") ?? 1,
        };
        fields.Finish();
        return expectation;
    }

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];
}
