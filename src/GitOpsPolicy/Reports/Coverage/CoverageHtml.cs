using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using GitOpsPolicy.Policies.Testing.Coverage;

namespace GitOpsPolicy.Reports.Coverage;

/// <summary>
/// What tests came to, as pages that need nothing but themselves: an index, and a page per file with every line marked. Nothing
/// in them runs, and a policy in each page says so to the browser.
/// </summary>
public static class CoverageHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--hit:#e3f6e6;--part:#fff3cd;--miss:#fde2e1;--rule:#d7dbe0;--faint:#68707a}
        @media(prefers-color-scheme:dark){:root{--hit:#12301b;--part:#3d3211;--miss:#451a1a;--rule:#3a4048;--faint:#9aa3ad}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}a{color:inherit}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .8rem;border-bottom:1px solid var(--rule)}
        td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}th.n{text-align:right}
        tr.total td{font-weight:600}.full{background:var(--hit)}.part{background:var(--part)}.none{background:var(--miss)}
        pre{font:13px/1.5 ui-monospace,monospace;overflow-x:auto;border:1px solid var(--rule);border-radius:4px;margin:1rem 0}
        pre span{display:block;padding:0 .5rem;white-space:pre}pre .no{display:inline-block;width:3.5em;color:var(--faint);text-align:right;padding:0 1em 0 0;user-select:none}
        pre .k{display:inline-block;width:3.5em;color:var(--faint);text-align:right;padding:0 1em 0 0;user-select:none}
        pre em{display:block;font-style:normal;color:#b3261e;padding-left:8.5em}@media(prefers-color-scheme:dark){pre em{color:#ff8a80}}
        .legend span{padding:.1rem .5rem;margin-right:.5rem}.faint{color:var(--faint)}
        """;

    /// <summary>Every page by its file name; <c>index.html</c> is the first to open.</summary>
    public static IEnumerable<(string Name, string Html)> Pages(CoverageReport report)
    {
        yield return ("index.html", Index(report));
        foreach (var file in report.Units.GroupBy(u => u.File, StringComparer.Ordinal))
            yield return (NameOf(file.Key), FilePage(file.Key, [.. file], report.Sources[file.Key]));
    }

    private static string Index(CoverageReport report)
    {
        var body = new StringBuilder(
            "<table>\n<tr><th>rule</th><th class=n>lines</th><th class=n>branches</th><th class=n>messages</th></tr>\n");
        foreach (var unit in report.Units)
            body.Append(Row(
                "", $"<a href=\"{Text(NameOf(unit.File))}\">{Text(unit.Name)}</a>", unit.LineShare, unit.BranchShare,
                unit.MessageShare));
        body.Append(Row(" class=total", "total", report.Lines, report.Branches, report.Messages)).Append("</table>\n");
        return Page("What the tests of rules come to", body.ToString());
    }

    private static string FilePage(string file, ImmutableArray<UnitCoverage> units, ImmutableArray<string> source)
    {
        var body = new StringBuilder("<p><a href=\"index.html\">all rules</a></p>\n<table>\n<tr><th>rule</th><th class=n>lines</th><th class=n>branches</th><th class=n>messages</th></tr>\n");
        foreach (var unit in units) body.Append(Row("", Text(unit.Name), unit.LineShare, unit.BranchShare, unit.MessageShare));
        body.Append("</table>\n<p class=legend><span class=full>reached</span><span class=part>reached, but not every way</span><span class=none>never reached</span></p>\n<pre>");
        var hits = units.SelectMany(u => u.Lines).GroupBy(l => l.Line).ToDictionary(g => g.Key, g => g.Max(l => l.Hits));
        var remarks = Remarks(units).ToLookup(r => r.Line, r => r.Text);
        for (var i = 0; i < source.Length; i++)
            body.Append(SourceLine(i + 1, source[i], hits.TryGetValue(i + 1, out var count) ? count : null, [.. remarks[i + 1]]));
        return Page(file, body.Append("</pre>\n").ToString());
    }

    private static string SourceLine(int number, string text, long? hits, ImmutableArray<string> remarks)
    {
        var mark = (hits, remarks.IsEmpty) switch
        {
            (0, _) => " class=none",
            (_, false) => " class=part",
            (null, _) => "",
            _ => " class=full",
        };
        var line = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"<span{mark} id=\"L{number}\"><b class=no>{number}</b>");
        line.Append(
            CultureInfo.InvariantCulture,
            $"<b class=k>{(hits is { } count ? count + "×" : "")}</b>{Text(SafeText.OneLine(text.Replace("\t", "    ", StringComparison.Ordinal)))}");
        foreach (var remark in remarks) line.Append("<em>").Append(Text(remark)).Append("</em>");
        return line.Append("</span>").ToString();
    }

    private static IEnumerable<(int Line, string Text)> Remarks(IEnumerable<UnitCoverage> units) => units.SelectMany(u =>
        u.Branches.SelectMany(b => b.Outcomes.Where(o => o.Hits == 0)
            .Select(o => (b.Location.Line, $"{b.Construct} never {o.Name}")))
            .Concat(u.Messages.Where(m => !m.IsCovered)
                .Select(m => (m.Location.Line, $"`{m.Action}` never {(m.Produced == 0 ? "produced" : "withheld")}"))));

    private static string Row(string kind, string name, params ReadOnlySpan<Share> shares)
    {
        var row = new StringBuilder($"<tr{kind}><td>{name}</td>");
        foreach (var share in shares)
        {
            var mark = share switch
            {
                { Total: 0 } => "",
                { Covered: var c, Total: var t } when c == t => " full",
                { Covered: 0 } => " none",
                _ => " part",
            };
            row.Append("<td class=\"n").Append(mark).Append("\">").Append(Text(share.ToString())).Append("</td>");
        }

        return row.Append("</tr>\n").ToString();
    }

    private static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{Text(title)}</title><style>
        {Style}
        </style></head><body>
        <h1>{Text(title)}</h1>
        {body}</body></html>

        """;

    // A name that no path can climb out of a folder with, and that tells paths apart which differ in their separators only.
    private static string NameOf(string path)
    {
        var name = new StringBuilder();
        foreach (var c in path)
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '-' ? c.ToString()
                : c == '/' ? "__"
                : string.Create(CultureInfo.InvariantCulture, $"_{(int)c:x}"));
        return name.Append(".html").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(SafeText.OneLine(text));
}
