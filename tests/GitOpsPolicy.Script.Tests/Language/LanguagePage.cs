using System.Text;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Syntax;

namespace GitOpsPolicy.Script.Tests.Language;

/// <summary>Writes docs/language.md from the table of the language and from what the evaluator offers.</summary>
internal static class LanguagePage
{
    private const string Introduction = """
        # The language of rules

        Rules are strict-mode ES modules in a subset of ECMAScript 2023. Where the evaluator accepts a construct, its meaning is the standard's;
        what it does not accept is an error when the rule is loaded, with the place and what to write instead. This page is generated from
        `src/GitOpsPolicy.Script/language.table` and from the evaluator itself, and every row of it is tried by a test.
        [How the claim is checked](conformance.md) has the suites and how to run test262.


        """;

    private const string Additions = """
        ## What rules have beside it

        | name | what it does |
        | --- | --- |
        | `isUnknown(x)` | true for a value that is not known until apply; asking does not make the decision undetermined |
        | `isSensitive(x)` | true for a value that no message may show |

        Three things go along with every value, through operators, methods, collections, JSON and captures:

        - *provenance*: a value read from a document remembers where; a text built from several remembers the first;
        - *sensitive*: a part of text that came from a secret shows as `(sensitive #1f3a)` wherever it goes; comparing and measuring it
          give plain answers;
        - *unknown*: an operator on an unknown gives an unknown; branching on one, reading from it or searching with it makes the decision undetermined.

        [What the values of a rule carry](semantics/README.md) says it all, with examples.

        Documents are frozen objects and arrays, read in place: every method that does not change its array works on them. What a module
        makes at its top level is frozen once it has loaded; a regular expression with flag `g` that is used with `exec` or `test` is made in the function.

        ## Where rules differ from other hosts

        - `localeCompare` orders printable ASCII as the root locale does and refuses other text; `normalize` refuses text that has several forms.
        - Classes that extend `Array` keep their own methods, but `map`, `filter` and the like give plain arrays.
        - `String.prototype.match`, `replace` and so on use a regular expression's own matching, not an `exec` put in its place.
        - Arrays hold plain elements: one that is read-only, hidden or has a getter, and arrays that are mostly holes or longer than 2 ** 31 - 2, are errors.
        - Holes of arrays show what a class that extends `Array` has under an index; assigning to such a hole makes an element, whatever setter is inherited.
        - `Object.seal` of an array keeps its elements; a single element cannot be sealed, frozen or turned into an accessor.
        - `Math` functions are as exact as the platform's library; roots of cubes, powers of two and the like are exact.
        - Every built-in pays for its work in fuel and memory before it does it, so the same rule on the same input costs the same everywhere.

        """;

    public static string Write()
    {
        var page = new StringBuilder(Introduction);
        foreach (var section in LanguageTable.Rows.GroupBy(row => row.Section)) WriteRows(page, section.Key, section);
        WriteMembers(page);
        WriteNames(page);
        return page.Append(Additions).ToString();
    }

    private static void WriteRows(StringBuilder page, string title, IEnumerable<LanguageRow> rows)
    {
        page.Append($"## {title}\n\n| construct | | note |\n| --- | --- | --- |\n");
        foreach (var row in rows)
        {
            var problem = row.IsSupported ? null : row.Load()[0];
            var note = problem is null ? "" : problem.Hint is null ? problem.Message : $"{problem.Message}; {problem.Hint}";
            page.Append($"| {Cell(row.Construct)} | {(row.IsSupported ? "yes" : "no")} | {Cell(note)} |\n");
        }

        page.Append('\n');
    }

    private static void WriteMembers(StringBuilder page)
    {
        page.Append("## Standard objects\n\n| object | members |\n| --- | --- |\n");
        var members = LanguageTable.StandardNames.Where(name =>
            name.Contains('.', StringComparison.Ordinal) && LanguageTable.Resolves(name));
        foreach (var group in members.GroupBy(name => name.Split('.')[0].Split('[')[0]))
        {
            var listed = group.Select(
                name =>
                    $"`{name[group.Key.Length..].TrimStart('.').Replace("prototype.", "", StringComparison.Ordinal).Replace("prototype[", "[", StringComparison.Ordinal)}`");
            page.Append($"| `{group.Key}` | {string.Join(' ', listed.Distinct())} |\n");
        }

        var functions = LanguageTable.StandardNames.Where(name =>
            !name.Contains('.', StringComparison.Ordinal) && char.IsLower(name[0]) && LanguageTable.Resolves(name));
        page.Append($"| functions | {string.Join(' ', functions.Select(name => $"`{name}`"))} |\n\n");
        page.Append("Left out of these:\n\n| member | why |\n| --- | --- |\n");
        foreach (var group in LanguageTable.LeftOut.GroupBy(pair => pair.Value))
            page.Append($"| {string.Join(' ', group.Select(pair => $"`{pair.Key}`"))} | {Cell(group.Key)} |\n");
        page.Append('\n');
    }

    private static void WriteNames(StringBuilder page)
    {
        page.Append("## Names that other hosts offer\n\n| name | why not | instead |\n| --- | --- | --- |\n");
        var refused = Unsupported.Names.Concat(Unsupported.Members).Where(pair => !Intrinsics.Globals.ContainsKey(pair.Key));
        foreach (var group in refused.GroupBy(
            pair =>
                (Reason: pair.Value.Message[(pair.Value.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..],
                    pair.Value.Hint)))
            page.Append($"| {string.Join(' ', group.Select(pair => $"`{pair.Key}`"))} | {Cell(group.Key.Reason)} | {Cell(group.Key.Hint ?? "")} |\n");
        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
