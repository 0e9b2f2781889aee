using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using Xunit;

namespace GitOpsPolicy.Tests.Reports;

/// <summary>Names made to be taken for something else, through every format; and secrets, which no format may show.</summary>
public sealed class HostileReportTests
{
    private static readonly string[] Names =
    [
        "::error file=x,line=1::pwned", "::set-output name=x::y", "  ::add-mask::x", "::stop-commands::x", "a\n::error::pwned",
        "a\r::error::pwned", "a%0A::error::pwned",
        "##[error]pwned", "x ##[command]y", "##vso[task.setvariable variable=x]y", "##teamcity[buildProblem]",
        "a,line=9,col=9::x", "a:b,c%25",
        "\u001b[31mred\u001b[0m", "\u001b]8;;http://evil\u0007link\u001b]8;;\u0007", "\u009b31m", "a\u0000b", "a\bb", "a\u007fb",
        "\u202Egnp.exe", "\u2066x\u2069", "a\u200Bb", "\uFEFFx", "a\u2028b", "\U000E0041\U000E0042",
        "\uD800", "x\uDC00y", "\uFFFE\uFFFF", "`code`", "``` fence ```", "`", "\\", "a | b", "a \\| b", "|",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "@everyone", "[x](javascript:alert(1))",
        "![x](http://evil/b.png)", "http://evil.example", "<!-- x -->", "&lt;b&gt;", "]]>", "\"><x y=\"", "</testcase>", "\"",
        "'", "{{ x }}", "${x}", "#123", "GH-1", "# head", "- item", "> quote", "***bold***",
        "../../etc/passwd", "/etc/passwd", "C:\\x", "a//b", "", " ", "  lead", "trail  ", new string('x', 3000), "日本語",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0301", "CON", "null", "undefined", "%s%n%x", "%0d%0a", "\t", "a\tb", "\v\f",
    ];

    public static TheoryData<string> Formats => [.. Sample.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_name_is_taken_for_a_command_an_escape_or_markup(string format)
    {
        foreach (var name in Names)
        {
            var text = Sample.Written(format, Hostile(name));
            foreach (var line in text.Split('\n', '\r')) CheckLine(format, line, name);
            Assert.False(
                text.Any(c => c is < ' ' and not ('\n' or '\r') or (>= '\u007f' and <= '\u009f')),
                $"a control character of {Show(name)} in {format}");
            Assert.DoesNotContain('\u202e', text);
            Parse(format, text);
        }
    }

    [Fact]
    public void The_names_come_through_programs_readable_reports_unharmed()
    {
        foreach (var name in Names.Where(name => !name.Any(char.IsSurrogate)))
        {
            using var json = JsonDocument.Parse(Sample.Written("json", Hostile(name)));
            Assert.Equal(
                name, json.RootElement.GetProperty("findings")[0].GetProperty("resource").GetProperty("name").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_report_shows_a_sensitive_value(string format)
    {
        const string Text = $"""
            kind: Secret
            stringData:
              password: {Sample.Secret}
              "quoted": "{Sample.Secret}"
              block: |
                first {Sample.Secret}
                second line
              folded: >-
                {Sample.Secret} folded
              flow: [ {Sample.Secret}, other ]
            note: copy of {Sample.Secret} here
            after: plain
            """;
        var document = Sample.Yaml("secret.yaml", Text);
        document.At("/stringData").Mark(NodeFlags.Sensitive);
        var change = new Change
        {
            Resource = Sample.Deployment(),
            Operation = Operation.Create,
            Origin = ChangeOrigin.Diff,
            After = document.Root,
        };
        var pointers = (string[])[
            "/stringData/password", "/stringData/quoted", "/stringData/block", "/stringData/folded", "/stringData/flow/0",
            "/stringData/flow/1", "/note", "/after", "/stringData"
        ];
        var findings = pointers
            .Select(pointer => Sample.Finding("r", change.Resource, document.At(pointer), "found (sensitive #1f3a)", change))
            .ToList();
        var lines = Enumerable.Range(
            1, 12).Select(line => findings[0] with { Location = new("secret.yaml", line, 9), Node = null });
        var decision = Sample.Of(
            findings.Concat(lines),
            [change]) with { ChangeSet = new ChangeSet
            {
                Changes = [change],
                SensitiveTexts = ImmutableHashSet.Create(Sample.Secret),
            } };

        var text = Sample.Written(format, decision);

        Assert.DoesNotContain(Sample.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("second line", text, StringComparison.Ordinal);
        if (format == "text") Assert.Contains("| after: plain", text, StringComparison.Ordinal);
        if (format == "text") Assert.Contains("password: (sensitive)", text, StringComparison.Ordinal);
        if (format == "text") Assert.Contains("| note: copy of (sensitive) here", text, StringComparison.Ordinal);
    }

    private static Decision Hostile(string name)
    {
        var id = new KubernetesId(name, name, name, name, name);
        var terraform = new TerraformId(name, name, name, name, name, name, name);
        var change = new Change
        {
            Resource = id,
            Operation = Operation.Delete,
            Origin = ChangeOrigin.Diff,
            Reason = name,
            ReplacePaths = [name],
            File = name,
            Environment = name,
            Location = new(name, 1, 1),
        };
        // Rules, titles and messages are never empty; everything else may be.
        var words = name.Length == 0 ? "words" : name;
        var finding = Sample.Finding(words, id, null, words, file: name) with
        {
            Title = words, Remediation = name, Category = name, Pointer = name,
        };
        return Sample.Of(
            [
                finding, finding with { Change = change }, finding with { Waiver = name, WaiverReason = name },
                finding with { Resource = terraform, Action = FindingAction.Warn }
            ], [change]) with
        {
            ChangeSet = new ChangeSet
            {
                Changes = [change, change with { Resource = terraform }],
                Incomplete = [words],
                Notes = [name],
                Problems = [new Problem(new(name, 1, 1), words, name)],
            },
            Undetermined = [new Undetermined(words, id, [name], new(name, 1, 1))],
            Failures = [new RuleFailure(words, terraform, words, new(name, 1, 1))],
            Notes = [name],
        };
    }

    private static void CheckLine(string format, string line, string name)
    {
        var start = line.TrimStart();
        if (format == "github")
            Assert.Matches("^$|^::(error|warning|notice) (file=[^,:]*,)?(line=\\d+,)?(col=\\d+,)?title=[^,:]*::", line);
        else Assert.False(start.StartsWith("::", StringComparison.Ordinal), $"{format} has a command in `{line}`");
        Assert.False(Regex.IsMatch(line, "##[a-z]*\\["), $"{format} has a command in `{line}` for {Show(name)}");
    }

    private static void Parse(string format, string text)
    {
        switch (format)
        {
            case "junit":
                XDocument.Parse(text);
                break;
            case "json" or "sarif" or "gitlab":
                using (var json = JsonDocument.Parse(text))
                {
                    var schema = format switch
                    {
                        "json" => "report.schema.json",
                        "sarif" => "sarif-essentials.schema.json",
                        _ => "gitlab-code-quality.schema.json",
                    };
                    Assert.Empty(ReportTests.Schema(schema).Check(json.RootElement));
                }

                break;
            case "markdown":
                Assert.Equal("", OutsideCode(text));
                break;
            default:
                break;
        }
    }

    // What is left of a comment's marks of danger once its code spans are taken out, as CommonMark reads them.
    private static string OutsideCode(string text)
    {
        var outside = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            for (var at = 0; at < line.Length;)
            {
                var run = line.AsSpan(at).IndexOfAnyExcept('`') is >= 0 and var length ? length : line.Length - at;
                var close = run == 0 ? null : Regex.Match(line[(at + run)..], $"(?<!`)`{{{run}}}(?!`)");
                if (close is { Success: true }) at += run + close.Index + run;
                else outside.Append(line[at++]);
            }

            outside.Append('\n');
        }

        var known = Regex.Replace(outside.ToString(), "<br>|</?sub>", "");
        return string.Concat(Regex.Matches(known, "[<@!\\[`]|https?:|javascript:").Select(match => match.Value));
    }

    private static string Show(string name) =>
        string.Concat(name.Select(c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));
}
