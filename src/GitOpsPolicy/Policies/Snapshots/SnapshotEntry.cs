using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Testing;

namespace GitOpsPolicy.Policies.Snapshots;

/// <summary>
/// One finding as a snapshot records it. Line numbers are left out, as they move with every edit above; nothing in it is secret,
/// as messages are masked, with the same key in every run of tests.
/// </summary>
/// <param name="Action">What was found: <c>deny</c>, <c>warn</c>, <c>audit</c>, <c>undetermined</c> or <c>failure</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="Rule">The rule; null where the test runs only one.</param>
/// <param name="Resource">What it is about, as shown; null for the whole set.</param>
/// <param name="Pointer">JSON pointer of the value pointed to; null for the whole.</param>
/// <param name="File">Its file from the test's folder; null for the test file itself.</param>
internal sealed record SnapshotEntry(string Action, string Message, string? Rule, string? Resource, string? Pointer, string? File)
{
    /// <summary>What a decision holds, in its order.</summary>
    public static ImmutableArray<SnapshotEntry> Of(RuleTestCase testCase, Decision decision) =>
    [
        .. decision.Findings.Select(finding => Make(
            testCase, Words<FindingAction>.Of(finding.Action), finding.Rule, finding.Resource?.ToString(), finding.Message,
            finding.Pointer, finding.Location)),
        .. decision.Undetermined.Select(unsure => Make(
            testCase, "undetermined", unsure.Rule, unsure.Resource?.ToString(), string.Join(", ", unsure.Unknowns), "",
            unsure.Location)),
        .. decision.Failures.Select(failure => Make(
            testCase, "failure", failure.Rule, failure.Resource?.ToString(), failure.Message, "", testCase.Location)),
    ];

    /// <summary>Reads one entry; null when it is too broken, which has been reported.</summary>
    public static SnapshotEntry? Read(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "findings", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var entry = new SnapshotEntry(
            fields.RequiredText("action"), fields.Text("message") ?? "", fields.Text("rule"), fields.Text("resource"),
            fields.Text("pointer"), fields.Text("file"));
        fields.Finish();
        return entry;
    }

    /// <summary>The fields that it has, in the order they are written.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        yield return ("action", Action);
        if (Rule is not null) yield return ("rule", Rule);
        if (Resource is not null) yield return ("resource", Resource);
        yield return ("message", Message);
        if (File is not null) yield return ("file", File);
        if (Pointer is not null) yield return ("pointer", Pointer);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var about = string.Join(", ", ((string?[])[Resource, File, Pointer, Rule]).OfType<string>());
        return about.Length == 0 ? $"{Action}: {Message}" : $"{Action}: {Message} ({about})";
    }

    private static SnapshotEntry Make(
        RuleTestCase testCase, string action, string rule, string? resource, string message, string pointer,
        SourceLocation location)
    {
        var (own, folder) = (testCase.Location.File, SnapshotFiles.FolderOf(testCase.Location.File));
        var file = location.File == own || location.File.Length == 0 ? null
            : location.File.StartsWith(folder, StringComparison.Ordinal) ? location.File[folder.Length..] : location.File;
        return new(
            action, message, testCase.Rules.Length > 1 ? rule : null, resource, pointer.Length == 0 ? null : pointer, file);
    }
}
