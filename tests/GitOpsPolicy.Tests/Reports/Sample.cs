using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Tests.Reports;

/// <summary>Decisions to report.</summary>
internal static class Sample
{
    public const string Secret = "hunter2-canary";

    public static ReportContext Context { get; } = new() { ToolVersion = "1.2.3", ExitCode = 1 };

    public static IEnumerable<string> Formats => Report.ByName.Keys.Order(StringComparer.Ordinal);

    public static string Written(string format, Decision decision, ReportContext? context = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Report.ByName[format].Write(decision, context ?? Context, writer);
        return writer.ToString();
    }

    public static Document Yaml(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, new ReaderLimits());
        return loaded.TryGet(out var stream)
            ? stream.Documents[0]
            : throw new InvalidDataException(string.Join("\n", loaded.Problems));
    }

    public static Node At(this Document document, string pointer) =>
        JsonPointer.Find(document.Root, pointer) ?? throw new ArgumentException($"nothing at {pointer}", nameof(pointer));

    public static Decision Of(IEnumerable<Finding> findings, IEnumerable<Change>? changes = null) => new()
    {
        Outcome = Outcome.Deny,
        Id = "d-1",
        RuleSetDigest = "sha256:0123",
        RuleCount = 3,
        ChangeSet = new ChangeSet { Changes = [.. changes ?? []] },
        Findings = [.. findings],
    };

    public static Finding Finding(
        string rule, ResourceId resource, Node? node, string message, Change? change = null, string? file = null) => new()
    {
        Rule = rule,
        Title = $"Title of {rule}",
        Severity = Severity.High,
        Action = FindingAction.Deny,
        Message = message,
        Resource = resource,
        Change = change,
        Node = node, Pointer = node?.Pointer ?? "", Location = file is null ? node?.Location ?? default : new(file, 3, 5),
        Remediation = "do it otherwise", Category = "images", Fingerprint = "0123456789abcdef",
    };

    public static KubernetesId Deployment(string name = "web") => new("apps", "v1", "Deployment", "shop", name);

    public static TerraformId Database { get; } = new(
        "module.db[\"a\"].aws_db_instance.main", "aws_db_instance", "main", "registry.terraform.io/hashicorp/aws",
        "module.db[\"a\"]");

    /// <summary>One of everything.</summary>
    public static Decision Rich()
    {
        var document = Yaml(
            "apps/web.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nspec:\n  image: evil.example.com/web:latest\n  replicas: 1\n");
        var update = new Change
        {
            Resource = Deployment(),
            Operation = Operation.Update,
            Origin = ChangeOrigin.Diff,
            After = document.Root,
            Before = document.Root,
            Location = document.Root.Location,
        };
        var prune = new Change
        {
            Resource = Deployment("old"),
            Operation = Operation.Delete,
            Cause = ChangeCause.Prune,
            Origin = ChangeOrigin.Diff,
            Before = document.Root,
            Location = document.Root.Location,
            File = "apps/kustomization.yaml",
        };
        var replace = new Change
        {
            Resource = Database,
            Operation = Operation.Replace,
            Origin = ChangeOrigin.Plan,
            ReplacePaths = ["/engine"],
            Reason = "replace_because_cannot_update",
            Location = new("plan.json", 1, 1),
        };
        var drift = new Change
        {
            Resource = Database,
            Operation = Operation.Update,
            Origin = ChangeOrigin.Drift,
            Location = new("plan.json", 1, 1),
        };
        var findings = new[]
        {
            Finding(
                "approved-images", Deployment(), document.At("/spec/image"),
                "evil.example.com/web:latest is not from an approved registry", update),
            Finding("approved-images", Deployment(), document.At("/spec/image"), "the tag is latest", update) with
            {
                Action = FindingAction.Warn,
                Severity = Severity.Low,
                Category = null,
                Remediation = null,
            },
            Finding("replicas", Deployment(), document.At("/spec/replicas"), "one replica", update) with
            {
                Waiver = "w-1",
                WaiverReason = "agreed",
                Severity = Severity.Medium,
            },
            Finding(
                "no-unprotected-prune", Deployment("old"), document.Root, "Deployment shop/old would be pruned",
                prune) with { Severity = Severity.Critical },
            Finding(
                "no-unprotected-prune", Database, null, "the database would be replaced", replace,
                "plan.json") with { Severity = Severity.Critical },
            Finding("drifted", Database, null, "drifted", drift, "plan.json") with
            {
                Action = FindingAction.Audit,
                Severity = Severity.Info,
            },
        };
        return Of(findings, [update, prune, replace, drift]) with
        {
            ChangeSet = new ChangeSet
            {
                Changes = [update, prune, replace, drift],
                Incomplete = ["the plan errored"],
                Problems = [new Problem(new("bad.yaml", 2, 3), "mapping values are not allowed here", "indent it")],
                Notes = ["2 documents were empty"],
            },
            Undetermined = [new Undetermined("user-data", Database, ["aws_instance.web /user_data"], new("plan.json", 1, 1))],
            Failures = [new RuleFailure("broken", Deployment(), "TypeError: a is undefined", new("policies/broken.js", 4, 2))],
            Notes = ["`registries` has no value"],
        };
    }

    /// <summary>An empty answer: nothing judged, nothing found.</summary>
    public static Decision Clean() => Of([]) with { Outcome = Outcome.Allow };
}
