using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Rules that are there twice: under the name of a shipped one, or under two names.</summary>
internal static class DuplicateLints
{
    private static readonly ImmutableArray<string> Compared = [
        "scope", "match", "variables", "when", "forEach", "require", "forbid"
    ];
    private static readonly ImmutableArray<string> Actions = ["deny", "warn", "audit"];

    /// <summary>What is to be said about a set of rules.</summary>
    public static IEnumerable<LintFinding> Of(ImmutableArray<LintSubject> subjects)
    {
        foreach (var subject in subjects)
            if (IsShadow(subject))
                yield return subject.Find(
                    "shadowed-builtin", subject.Metadata.Location,
                    $"`{subject.Metadata.Name}` is the name of a rule that ships in the binary");

        foreach (var same in subjects.GroupBy(Meaning, StringComparer.Ordinal))
            foreach (var subject in same.OrderBy(static subject => subject.Metadata.Location.ToString(), StringComparer.Ordinal)
                .Skip(1))
                yield return subject.Find(
                    "duplicate-rule", subject.Metadata.Location,
                    $"`{subject.Metadata.Name}` asks for the same as `{same.First(other => other != subject).Metadata.Name}`");
    }

    // The very file that ships, in the repository that ships it or a copy of it, shadows nothing.
    private static bool IsShadow(LintSubject subject)
    {
        var name = subject.Metadata.Name;
        var shipped = BuiltinTree.Instance.Enumerate(
            "").FirstOrDefault(file => file.Path.EndsWith($"/{name}.rule.yaml", StringComparison.Ordinal)
                || file.Path.EndsWith($"/{name}.rule.js", StringComparison.Ordinal));
        return shipped.Path is { } path
            && !subject.Metadata.Location.File.EndsWith(path[BuiltinTree.Folder.Length..], StringComparison.Ordinal);
    }

    // What a rule does, without what it is called and what it says.
    private static string Meaning(LintSubject subject) => subject.Spec is { } spec ? OfYaml(spec) : OfScript(subject);

    private static string OfYaml(MappingNode spec)
    {
        var meaning = new StringBuilder("yaml");
        foreach (var field in Compared)
            meaning.Append('\n').Append(field).Append(' ').Append(spec[field] is { } node ? RuleSetDigest.Canonical(node) : "");
        foreach (var action in Actions)
            foreach (var check in LintSubjects.Items(spec[action]).OfType<MappingNode>())
                meaning.Append('\n').Append(action).Append(' ').Append(check["when"] is ScalarNode when ? when.Text.Trim() : "");
        return meaning.ToString();
    }

    private static string OfScript(LintSubject subject)
    {
        var (text, metadata) = (subject.Text!, subject.Metadata);
        foreach (var said in (string?[])[metadata.Name, metadata.Title, metadata.Remediation, metadata.Category])
            if (!string.IsNullOrEmpty(said)) text = text.Replace(said, "");
        return "script" + string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
    }
}
