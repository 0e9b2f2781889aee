using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation.Fixes;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Evaluation.Explaining;

/// <summary>
/// The findings of a JSON report, with what it says of the changes that they are about: no states, as reports hold none.
/// </summary>
/// <param name="RuleSetDigest">The rules that it was made with.</param>
/// <param name="Findings">The findings, in its order.</param>
public sealed record ReportedFindings(string RuleSetDigest, ImmutableArray<Finding> Findings)
{
    /// <summary>Reads a report of <c>check --format json</c>, or tells everything that is wrong with the file.</summary>
    public static Loaded<ReportedFindings> Read(TextFile file)
    {
        var loaded = JsonReader.Read(file, file.Bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var document)) return new(loaded.Problems);
        var problems = new ProblemList();
        if (Reads.Mapping(document.Root, "report", problems) is not { } mapping) return new(problems.InFileOrder());
        var fields = new FieldReader(mapping, problems);
        var digest = fields.TryGetFields("decision", out var decision) ? decision.RequiredText("ruleSetDigest") : "";
        fields.Require("findings", "a report of `gitops-policy check --format json` has it");
        var changes = fields.Items("changes")
            .OfType<MappingNode>()
            .Select(node => ReadChange(new(node, problems)))
            .OfType<Change>()
            .ToLookup(static change => change.Resource.Canonical, StringComparer.Ordinal);
        var findings = fields.Items("findings")
            .Select(node => ReadFinding(node, problems))
            .OfType<Finding>()
            .Select(finding => finding with { Change = ChangeOf(finding, changes) })
            .ToImmutableArray();
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(new ReportedFindings(digest, findings));
    }

    // Two changes may be of one resource, in two environments: then the report does not say which it is.
    private static Change? ChangeOf(Finding finding, ILookup<string, Change> changes) =>
        finding.Resource is { } resource && changes[resource.Canonical].Take(2).ToArray() is [var only] ? only : null;

    private static Change? ReadChange(FieldReader fields)
    {
        if (!fields.TryGetFields("resource", out var resource) || ReadResource(resource) is not { } id) return null;
        return new()
        {
            Resource = id,
            Operation = fields.Word<Operation>("operation") ?? Operation.None,
            Origin = fields.Word<ChangeOrigin>("origin") ?? ChangeOrigin.Manifest,
            Cause = fields.Word<ChangeCause>("cause") ?? ChangeCause.Explicit,
            Reason = fields.Text("reason"),
            Environment = fields.Text("environment"),
            Location = ReadPlace(fields),
        };
    }

    private static SourceLocation ReadPlace(FieldReader fields) =>
        fields.TryGetFields("location", out var place)
            ? new(place.Text("file") ?? "", place.Integer("line") ?? 0, place.Integer("column") ?? 0)
            : default;

    // Where the edits are is for programs; that there are some is worth telling.
    private static FindingFix? ReadFix(FieldReader fields) =>
        fields.TryGetFields("fix", out var fix)
            ? new()
            {
                File = fix.Text("file") ?? "",
                Refusal = fix.Text("refused"),
                Edits = [.. fix.Items("edits").Select(static _ => default(FileEdit))],
            }
            : null;

    private static Finding? ReadFinding(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "findings", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var waiver = fields.TryGetFields("waiver", out var by) ? by : null;
        return new()
        {
            Rule = fields.RequiredText("rule"),
            Title = fields.RequiredText("title"),
            Severity = fields.Word<Severity>("severity") ?? Severity.Medium,
            Action = fields.Word<FindingAction>("action") ?? FindingAction.Deny,
            Message = fields.RequiredText("message"),
            Fingerprint = fields.RequiredText("fingerprint"),
            Pointer = fields.Text("pointer") ?? "",
            Remediation = fields.Text("remediation"),
            Category = fields.Text("category"),
            Waiver = waiver?.Text("name"),
            WaiverReason = waiver?.Text("reason"),
            Resource = fields.TryGetFields("resource", out var resource) ? ReadResource(resource) : null,
            Location = ReadPlace(fields),
            Fix = ReadFix(fields),
            KnownSince = DateOnly.TryParseExact(
                fields.Text("knownSince"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
                ? since
                : null,
        };
    }

    private static ResourceId? ReadResource(FieldReader fields)
    {
        switch (fields.RequiredText("platform"))
        {
            case "kubernetes":
                var (group, version) = GroupAndVersion(fields.RequiredText("apiVersion"));
                return new KubernetesId(
                    group, version, fields.RequiredText("kind"), fields.Text("namespace") ?? "", fields.RequiredText("name"));
            case "terraform":
                return new TerraformId(
                    fields.RequiredText("address"), fields.RequiredText("type"), "", fields.Text("provider") ?? "")
                {
                    Deposed = fields.Text("deposed"),
                };
            case "file":
                return new FileId(fields.RequiredText("kind"), fields.RequiredText("path"));
            default:
                return null;
        }
    }

    private static (string Group, string Version) GroupAndVersion(string apiVersion) =>
        apiVersion.IndexOf('/', StringComparison.Ordinal) is var at and >= 0
            ? (apiVersion[..at], apiVersion[(at + 1)..])
            : ("", apiVersion);
}
