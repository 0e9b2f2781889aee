using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Inventories;
using GitOpsPolicy.Reconciler.Planning;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Tests.Planning;

/// <summary>
/// One case of <c>plans.yaml</c>: objects as Git says, as they were applied and as they live, what goes on around them, and what
/// is planned. The rules are those that ship.
/// </summary>
internal sealed class PlanCase(MappingNode node)
{
    public static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<FreezeWindows> March = new(static () =>
    {
        const string Text = "{apiVersion: gitopspolicy.dev/v1alpha1, kind: PolicyConfig, drift: {freezeWindows: [{name: march, kind: deny, from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z'}]}}";
        return RuleSetLoader.LoadConfig(new() { Tree = new OneFile("c.yaml", Text), ConfigPath = "c.yaml" }).TryGet(out var config)
            ? config.Drift.FreezeWindows
            : throw new InvalidOperationException("the freeze window does not load");
    });

    private static readonly Lazy<RuleSet> Shipped = new(static () =>
    {
        using var tree = new WorkTree(Root());
        return RuleSetLoader.Load(new() { Tree = tree, Policies = ["policies"] }).TryGet(out var rules)
            ? rules
            : throw new InvalidOperationException("the shipped rules do not load");
    });

    public string Name => node.Text("name")!;

    public static IEnumerable<PlanCase> All()
    {
        var path = Path.Combine(Here(), "plans.yaml");
        var bytes = File.ReadAllBytes(path);
        return YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default).TryGet(out var stream)
            ? ((SequenceNode)stream.Documents[0].Root).Items.ToArray().Select(static item => new PlanCase((MappingNode)item))
            : throw new InvalidOperationException("plans.yaml cannot be read");
    }

    /// <summary>What is expected, a line for each thing, in order.</summary>
    public string[] Expected() => [.. Texts("expect").Order(StringComparer.Ordinal)];

    /// <summary>What is planned, in the same form.</summary>
    public string[] Planned()
    {
        var rules = Shipped.Value;
        ImmutableArray<Approval> approvals = [];
        var plan = Plan(rules, approvals);
        if (node.Text("decide") is { } choice)
        {
            approvals = [.. plan.Drift.Select(entry => new Approval(
                ApprovalSubject.Drift, entry.Digest, Enum.Parse<DriftChoice>(choice, ignoreCase: true)))];
            plan = Plan(rules, approvals);
        }

        if (node["acknowledge"] is ScalarNode { IsTrue: true })
        {
            var text = plan.Approvals.Single(static one => one.Subject == "prune").Acknowledgement
                .Replace("owner: \"\"", "owner: team")
                .Replace("approver: \"\"", "approver: lead")
                .Replace("reason: \"\"", "reason: moved");
            if (!rules.WithAcknowledgements(new OneFile("acknowledgements/a.yaml", text), "acknowledgements/a.yaml")
                .TryGet(out var more))
                throw new InvalidOperationException(text);
            plan = Plan(more, approvals);
        }

        return [.. Lines(plan).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Lines(Plan plan)
    {
        foreach (var step in plan.Writes) yield return $"{step.Kind.ToString().ToLowerInvariant()} {step.Object.Id}";
        foreach (var step in plan.Prunes) yield return $"delete {step.Object.Id}";
        foreach (var id in plan.Gone) yield return $"forget {id}";
        foreach (var entry in plan.Drift)
            yield return $"drift {entry.Class} {entry.Kind} {entry.Resource}{(entry.IsFight ? " fight" : "")}{(entry.Manager is { } by ? $" by {by}" : "")}{(entry.IsByHand ? " by hand" : "")}";
        foreach (var orphan in plan.Orphans) yield return $"keep {orphan.Resource}";
        foreach (var approval in plan.Approvals) yield return $"ask {approval.Subject} {approval.Count}";
        foreach (var blocked in plan.Blocked.Select(static one => one.Rule).Distinct()) yield return $"blocked by {blocked}";
        if (plan.IsRevisionHeld) yield return "revision held";
        if (plan.HasMoreToCorrect) yield return "more to correct";
    }

    private Plan Plan(RuleSet rules, ImmutableArray<Approval> approvals)
    {
        var objects = Objects().ToList();
        var inventory = objects.Where(static one => one.AppliedUid is not null)
            .Aggregate(Inventory.Empty, static (all, one) => all.With(new(one.Id, one.AppliedUid!, "digest", "earlier")));
        if (node["found"] is ScalarNode { IsTrue: true })
            inventory = inventory with { Entries = inventory.Entries.ToImmutableSortedDictionary(
                static entry => entry.Key, static entry => entry.Value with { Revision = "" }, StringComparer.Ordinal) };
        for (var i = 0; i < (int)(Number("others") ?? 0); i++)
            inventory = inventory.With(new(new("", "v1", "ConfigMap", "other", $"o{i}"), $"o{i}", "digest", "earlier"));
        var source = node.Text("source") is { } word ? Enum.Parse<SourceState>(word, ignoreCase: true) : SourceState.Current;
        var changes = PassInput.ReadChanges(objects, [], DriftIgnoring.Nothing, null);
        var options = new EvaluationOptions
        {
            Today = DateOnly.FromDateTime(Now.UtcDateTime),
            Drift = new() { Source = source, Now = Now },
        };
        var decision = new Evaluator(rules).Evaluate(changes.Set, options);
        var withoutPrunes = changes.Set with { Changes = [.. changes.Set.Changes.Where(static change =>
            change.Operation != Operation.Delete || change.Origin == ChangeOrigin.Drift)] };
        return Planner.Make(new()
        {
            Unit = Unit(),
            Now = Now,
            Changes = changes,
            Rules = rules,
            Decision = decision,
            WithoutPrunes = new Judged(decision, rules).IsSetDenied
                ? new Evaluator(rules).Evaluate(withoutPrunes, options)
                : null,
            Advisor = new(rules),
            Approvals = approvals,
            Inventory = inventory,
            Before = Before(),
            Source = source,
            NoPrunes = node.Text("noPrunes"),
            Paused = node.Text("paused") is { } because ? new(because, "kim", "why", null) : null,
            Windows = node["window"] is ScalarNode { IsTrue: true } ? March.Value : FreezeWindows.None,
            IsGlassBroken = id => node.Text("glass") == id.Namespace,
            Corrections = _ => (int)(Number("corrections") ?? 0),
        });
    }

    private IEnumerable<PassObject> Objects()
    {
        var objects = ((SequenceNode)node["objects"]!).Items.ToArray().Cast<MappingNode>();
        foreach (var item in objects)
        {
            var (git, live, previous) = (ObjectOf(item["git"]), ObjectOf(item["live"]), ObjectOf(item["previous"]));
            var id = IdOf((git ?? live ?? previous)!);
            if (item.Text("live") == "same") live = Copy(git!);
            var uid = item.Text("uid") ?? "u1";
            yield return new(id)
            {
                Desired = git is null ? null : new(id, git, "app.yaml"),
                Previous = previous is null ? null : new(id, previous, "app.yaml"),
                Live = live is null ? null : WithUid(live, uid),
                AppliedUid = item.Text("applied"),
                IsChangedInGit = item["changed"] is ScalarNode { IsTrue: true },
                Unreadable = item.Text("unreadable"),
                IsPreviousLost = item["lost"] is ScalarNode { IsTrue: true },
            };
        }
    }

    private Unit Unit()
    {
        var spec = node["unit"] is MappingNode given ? NodeWriter.ToJson(given) : "{}";
        var more = spec == "{}" ? "" : "," + spec[1..^1];
        var text = """{"apiVersion":"gitopspolicy.dev/v1alpha1","kind":"Reconciliation","metadata":{"name":"shop"},"spec":{"source":{"url":"https://git.example.com/shop.git"}"""
            + more
            + "}}";
        return UnitReader.Read(Parse(text)).TryGet(out var unit) ? unit : throw new InvalidOperationException(text);
    }

    private UnitStatus? Before() => node.Text("before") is not { } told ? null : new()
    {
        Unit = new("default", "shop"),
        Drift = [.. told.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new DriftEntry(line, "modified", "alert", "", Now.AddDays(-8), "") { IsByHand = true })],
    };

    private double? Number(string name) => node[name] is ScalarNode { Kind: NodeKind.Number } number ? number.Number : null;

    private string[] Texts(string name) =>
        node[name] is SequenceNode list ? [.. list.Items.ToArray().Cast<ScalarNode>().Select(static item => item.Text)] : [];

    private static MappingNode? ObjectOf(Node? given) => given is MappingNode mapping ? Copy(mapping) : null;

    private static MappingNode Copy(MappingNode mapping) => Parse(NodeWriter.ToJson(mapping));

    private static MappingNode WithUid(MappingNode live, string uid)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(NodeWriter.ToJson(live))!;
        json["metadata"]!["uid"] = uid;
        return Parse(json.ToJsonString());
    }

    private static KubernetesId IdOf(MappingNode one)
    {
        var version = one.Text("apiVersion")!;
        var slash = version.IndexOf('/');
        return new(
            slash < 0 ? "" : version[..slash], version[(slash + 1)..], one.Text("kind")!, one.Text("metadata", "namespace") ?? "",
            one.Text("metadata", "name")!);
    }

    private static MappingNode Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return JsonReader.Read(new TextFile("app.yaml", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? (MappingNode)document.Root
            : throw new InvalidOperationException(json);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static string Root() => Path.GetFullPath(Path.Combine(Here(), "../../.."));

    /// <summary>A tree with one file.</summary>
    private sealed class OneFile(string path, string text) : FileTree
    {
        public override PathKind Find(string asked) => asked == path ? PathKind.File : PathKind.Missing;

        public override IEnumerable<TreeFile> Enumerate(string prefix) => [new(path)];

        public override bool TryRead(string asked, out ReadOnlyMemory<byte> bytes, out Problem? problem)
        {
            (bytes, problem) = (Encoding.UTF8.GetBytes(text), null);
            return asked == path;
        }
    }
}
