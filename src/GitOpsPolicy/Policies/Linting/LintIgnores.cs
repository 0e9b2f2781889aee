using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>
/// Comments that silence one lint in one place: <c># lint-ignore LINT (OWNER): REASON</c> or <c>// lint-ignore …</c>, behind what
/// it is about or on the line above. There is no way to silence a lint everywhere, or without somebody who answers for it.
/// </summary>
internal static partial class LintIgnores
{
    /// <summary>Takes out what is silenced, and adds what is wrong with the comments themselves.</summary>
    public static LintReport Apply(
        ImmutableArray<LintFinding> found, IEnumerable<(string Path, string Text)> files, int ruleCount)
    {
        var (left, silenced) = (new List<LintFinding>(), new List<SilencedLint>());
        var ignores = files.SelectMany(static file => Read(file.Path, file.Text)).ToList();
        foreach (var finding in found)
        {
            if (ignores.Find(ignore => ignore.Covers(finding)) is { } ignore) silenced.Add(ignore.Silence(finding));
            else left.Add(finding);
        }

        left.AddRange(ignores.Select(static ignore => ignore.Flaw()).OfType<LintFinding>());
        return new(
            [.. InOrder(left)], [.. silenced.OrderBy(static one => one.Finding.Location.ToString(), StringComparer.Ordinal)],
            ruleCount);
    }

    private static IEnumerable<LintFinding> InOrder(List<LintFinding> findings) => findings
        .OrderBy(static finding => finding.Location.File, StringComparer.Ordinal)
        .ThenBy(static finding => finding.Location.Line)
            .ThenBy(static finding => finding.Location.Column)
            .ThenBy(static finding => finding.Lint.Id, StringComparer.Ordinal);

    private static IEnumerable<Ignore> Read(string path, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Marker().Match(lines[i]) is not { Success: true } marker) continue;
            var about = marker.Groups["before"].Value.Trim().Length > 0 ? i : NextLine(lines, i);
            yield return new(
                new(path, i + 1, marker.Groups["sign"].Index + 1), about + 1, Form().Match(marker.Groups["rest"].Value.Trim()));
        }
    }

    // The next line that holds something else than a comment.
    private static int NextLine(string[] lines, int at)
    {
        for (var next = at + 1; next < lines.Length; next++)
            if (lines[next].Trim() is { Length: > 0 } line && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal))
                return next;
        return at;
    }

    [GeneratedRegex(@"^(?<before>.*?)(?<sign>(?:#|//)\s*lint-ignore\b)(?<rest>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^(?<lint>[a-z-]+)\s*\((?<owner>[^()]*\S[^()]*)\):\s*(?<reason>\S.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    private sealed class Ignore(SourceLocation at, int line, Match form)
    {
        private bool isUsed;

        private string Lint => form.Groups["lint"].Value;

        private bool IsWhole => form.Success && LintRule.All.Any(rule => rule.Id == Lint);

        public bool Covers(LintFinding finding) =>
            IsWhole && finding.Lint.Id == Lint && finding.Location.File == at.File && finding.Location.Line == line;

        public SilencedLint Silence(LintFinding finding)
        {
            isUsed = true;
            return new(finding, form.Groups["owner"].Value.Trim(), form.Groups["reason"].Value.Trim());
        }

        public LintFinding? Flaw()
        {
            if (!form.Success)
                return new(
                    LintRule.Of("ignore-without-reason"), at, "the comment does not name one lint, who answers for it, and why",
                    null);
            if (!IsWhole)
                return new(
                    LintRule.Of("ignore-without-reason"), at,
                    $"there is no lint `{Lint}`{Reading.Suggestion.For(Lint, LintRule.All.Select(static rule => rule.Id))}",
                    null);
            return isUsed ? null : new(LintRule.Of("unused-ignore"), at, $"there is no `{Lint}` to silence here", null);
        }
    }
}
