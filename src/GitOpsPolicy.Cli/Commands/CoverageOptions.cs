using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Testing.Coverage;
using GitOpsPolicy.Reports.Coverage;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// <c>--coverage</c> and <c>--threshold</c> of <c>test</c>: what the tests come to, and how much of it is enough.
/// </summary>
internal sealed class CoverageOptions
{
    private static readonly ImmutableArray<string> Formats = ["text", "json", "lcov", "html"];

    /// <summary><c>--coverage</c>.</summary>
    public Option<string[]> Coverage { get; } = new("--coverage")
    {
        HelpName = "X[=FILE]",
        Description = "Tell what the tests come to: text, json, lcov or html=DIR; several may be given, all but one with `=FILE`. Alone it is text.",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary><c>--threshold</c>.</summary>
    public Option<string[]> Threshold { get; } = new("--threshold")
    {
        HelpName = "[WHAT=]N",
        Description = $"Fail when less than N percent are covered of WHAT: {string.Join(", ", CoverageThreshold.Whats)}. Without WHAT, of line, branch and message each.",
    };

    /// <summary>The reports asked for, and what stood in their place but is a path: <c>--coverage policies</c>.</summary>
    /// <exception cref="UsageException">An unknown format, an empty file name, or two reports for one place.</exception>
    public static (ImmutableArray<RequestedReport> Reports, ImmutableArray<string> Paths) Read(string[] values, bool isGiven)
    {
        var paths = values.Where(v => !v.Contains('=') && !Formats.Contains(v)).ToImmutableArray();
        var reports = values.Except(paths).Select(Parse).ToImmutableArray();
        if (isGiven && (reports.IsEmpty || !paths.IsEmpty) && reports.All(r => r.File is not null))
            reports = [new("text", null), .. reports];
        if (reports.Count(r => r.File is null) > 1)
            throw new UsageException(
                "only one `--coverage` can go to standard output; give the others a file: `--coverage lcov=coverage.info`");
        var twice = reports.Where(r => r.File is not null)
            .GroupBy(r => r.File, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? (reports, paths)
            : throw new UsageException($"two reports would be written to `{twice.Key}`; give each its own file");
    }

    /// <summary>Passes paths that stood in place of a report where there is something at each of them.</summary>
    /// <exception cref="UsageException">There is nothing: it was meant as a report.</exception>
    public static void RequirePaths(ImmutableArray<string> paths, FileTree tree)
    {
        if (paths.FirstOrDefault(path => tree.Find(path) == PathKind.Missing) is { } word)
            throw new UsageException($"`--coverage {word}`: there is neither a report nor a file or folder of that name; the reports are text, json, lcov and html=DIR");
    }

    /// <summary>Writes the reports.</summary>
    public static void Write(CoverageReport coverage, ImmutableArray<RequestedReport> reports, Terminal terminal)
    {
        var files = new ReportFiles(terminal, []);
        foreach (var (format, file) in reports)
        {
            if (format == "html") WritePages(coverage, file!, files);
            else if (file is null) Write(coverage, format, terminal.Out);
            else files.WriteFile(file, writer => Write(coverage, format, writer));
        }
    }

    private static void Write(CoverageReport coverage, string format, TextWriter writer)
    {
        switch (format)
        {
            case "json":
                CoverageJson.Write(coverage, writer);
                break;
            case "lcov":
                CoverageLcov.Write(coverage, writer);
                break;
            default:
                CoverageText.Write(coverage, writer);
                break;
        }
    }

    private static void WritePages(CoverageReport coverage, string folder, ReportFiles files)
    {
        files.MakeFolder(folder);
        foreach (var (name, html) in CoverageHtml.Pages(coverage))
            files.WriteFile($"{folder}/{name}", writer => writer.Write(html));
    }

    private static RequestedReport Parse(string text)
    {
        var (name, file) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        if (!Formats.Contains(name))
            throw new UsageException($"unknown coverage report `{name}`; there are {string.Join(", ", Formats)}");
        if (name == "html" && file is null)
            throw new UsageException("`--coverage html` needs a folder: `--coverage html=coverage`");
        return file is not "" ? new(name, file) : throw new UsageException($"`--coverage {text}` names no file after the `=`");
    }
}

/// <summary>How much has to be covered of what.</summary>
/// <param name="What">One of <see cref="Whats"/>.</param>
/// <param name="Percent">At least so many percent.</param>
internal sealed record CoverageThreshold(string What, double Percent)
{
    /// <summary>What can be asked for.</summary>
    public static ImmutableArray<string> Whats { get; } = ["line", "branch", "message", "mutation"];

    /// <summary>Reads <c>90</c> and <c>branch=95</c>.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static ImmutableArray<CoverageThreshold> Read(string[] values) => [.. values.SelectMany(Parse)];

    /// <summary>Says of each threshold that is not met by how much.</summary>
    /// <param name="thresholds">The thresholds.</param>
    /// <param name="shares">What was covered, by what it is.</param>
    /// <param name="errors">Where to.</param>
    /// <returns>The exit code: failed when one is not met.</returns>
    public static int Hold(
        IEnumerable<CoverageThreshold> thresholds, IReadOnlyDictionary<string, Share> shares, TextWriter errors)
    {
        var unmet = thresholds.Where(t => shares[t.What] is { Total: > 0 } share && share.Percent < t.Percent)
            .Select(t => string.Create(
                CultureInfo.InvariantCulture, $"{t.What} {shares[t.What].Percent:0.#} % of {t.Percent:0.#} %"))
                .ToList();
        if (unmet.Count == 0) return ExitCode.Passed;
        errors.WriteLine($"gitops-policy: the tests come to less than asked for: {string.Join(", ", unmet)}");
        return ExitCode.Failed;
    }

    private static IEnumerable<CoverageThreshold> Parse(string text)
    {
        var (what, number) = text.IndexOf('=') is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (null, text);
        if (what is not null && !Whats.Contains(what))
            throw new UsageException($"`--threshold {text}`: there is no `{what}`; there are {string.Join(", ", Whats)}");
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            || percent > 100)
            throw new UsageException($"`--threshold {text}`: `{number}` is no number from 0 to 100");
        return what is null ? Whats[..3].Select(w => new CoverageThreshold(w, percent)) : [new(what, percent)];
    }
}
