using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;

namespace GitOpsPolicy.Reports;

/// <summary>
/// Where a code-review service shows a finding. Such services show a line only if it exists at head; what is deleted has its line
/// in the base, so its finding goes to the file at head that would hold the resource, and the base place becomes a related one.
/// </summary>
/// <param name="Shown">The place to show. Line and column are at least 1; the file is empty when there is none to show.</param>
/// <param name="Related">The place in the base; null when the finding is about something that is at head.</param>
internal readonly record struct ReviewPlace(SourceLocation Shown, SourceLocation? Related)
{
    /// <summary>The place for one finding.</summary>
    public static ReviewPlace Of(Finding finding)
    {
        var gone = finding.Change is { Origin: ChangeOrigin.Diff, Operation: Operation.Delete };
        return gone
            ? new(new(finding.Change!.File ?? finding.Location.File ?? "", 1, 1), AtLeastOne(finding.Location))
            : new(AtLeastOne(finding.Location), null);
    }

    /// <summary>
    /// A path as a URI reference relative to the root of the sources (RFC 3986): each segment percent-encoded. An absolute path
    /// becomes a <c>file</c> URI.
    /// </summary>
    public static string Uri(string path) =>
        path.StartsWith('/') ? "file://" + Segments(path) : Segments(path) is { Length: > 0 } uri ? uri : ".";

    private static string Segments(string path) =>
        string.Join(
            '/', path.Replace('\\', '/').Split('/').Where(static segment => segment != ".").Select(System.Uri.EscapeDataString));

    private static SourceLocation AtLeastOne(SourceLocation location) =>
        new(location.File ?? "", Math.Max(location.Line, 1), Math.Max(location.Column, 1));
}
