using System.Globalization;
using System.Text.RegularExpressions;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>How a user names a finding: by its fingerprint, or by the place that reports show.</summary>
/// <param name="Text">As written.</param>
/// <param name="Fingerprint">The fingerprint, or how it begins; null for a place.</param>
/// <param name="File">The file of a place; empty for a fingerprint.</param>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column; null for any.</param>
internal sealed partial record FindingName(string Text, string? Fingerprint, string File, int Line, int? Column)
{
    /// <summary>Reads one; false for what is the name of a rule.</summary>
    public static bool TryParse(string text, out FindingName name)
    {
        var (print, place) = (Print().Match(text), Place().Match(text));
        name = place.Success
            ? new(
                text, null, place.Groups["file"].Value, Number(place.Groups["line"].Value),
                place.Groups["column"] is { Success: true } column ? Number(column.Value) : null)
            : new(text, print.Value, "", 0, null);
        return print.Success || place.Success;
    }

    /// <summary>It names this finding.</summary>
    public bool Names(Finding finding) =>
        Fingerprint is not null
            ? finding.Fingerprint.StartsWith(Fingerprint, StringComparison.Ordinal)
            : finding.Location.File == File
                && finding.Location.Line == Line
                && (Column ?? finding.Location.Column) == finding.Location.Column;

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    // A fingerprint begins with a letter. What is shorter than a whole one has a digit, or rules could not be called `facade`.
    [GeneratedRegex("^[a-f](?=[0-9a-f]{15}$|[0-9a-f]*[0-9])[0-9a-f]{5,15}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Print();

    [GeneratedRegex(@"^(?<file>.+?):(?<line>[0-9]+)(:(?<column>[0-9]+))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
