using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Policies.Snapshots;

/// <summary>Writes snapshots as YAML that reads well in a review: the same findings always give the same text.</summary>
internal static partial class SnapshotWriter
{
    // Written in UTF-8 into a file of its own; readable matters more than HTML.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a snapshot file.</summary>
    /// <param name="cases">What was found, by test and case, in the order of the test file.</param>
    public static string Write(IEnumerable<(string Test, string Case, ImmutableArray<SnapshotEntry> Entries)> cases)
    {
        var text = new StringBuilder(
            "# Written by `gitops-policy test --update-snapshots`: read the difference before it is committed.\n");
        foreach (var test in cases.GroupBy(static one => one.Test, StringComparer.Ordinal))
        {
            text.Append($"---\napiVersion: gitopspolicy.dev/v1alpha1\nkind: {SnapshotFiles.Kind}\nmetadata:\n  name: {test.Key}\nspec:\n  cases:\n");
            foreach (var (_, name, entries) in test)
            {
                text.Append("    ").Append(Scalar(name)).Append(entries.IsEmpty ? ": []\n" : ":\n");
                foreach (var entry in entries) Write(text, entry);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, SnapshotEntry entry)
    {
        var lead = "      - ";
        foreach (var (name, value) in entry.Fields())
        {
            text.Append(lead).Append(name).Append(": ").Append(Scalar(value)).Append('\n');
            lead = "        ";
        }
    }

    // Plain where no reader could take it for anything but this text, else in double quotes, where YAML reads what JSON writes.
    private static string Scalar(string text) =>
        Plain().IsMatch(text) && !Word().IsMatch(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z/][A-Za-z0-9_./()=+*-]*(?: [A-Za-z0-9_./()=+*-]+)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex("^(?:y|n|yes|no|true|false|on|off|null)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Word();
}
