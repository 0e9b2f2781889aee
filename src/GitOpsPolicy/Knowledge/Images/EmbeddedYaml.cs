using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>YAML written into a text of another document, such as the values of a chart.</summary>
internal static class EmbeddedYaml
{
    // Charts of whole platforms have some 300 kB of values; above this a text is no configuration.
    private const int LongestText = 1024 * 1024;

    private static readonly ReaderLimits Limits = ReaderLimits.Default with
    {
        MaxBytes = LongestText,
        MaxNodes = 100_000,
        MaxExpandedNodes = 200_000,
    };

    /// <summary>The documents of a text; null for one that is too long or no YAML.</summary>
    public static ImmutableArray<Document>? Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= LongestText && YamlReader.Read(new TextFile("", bytes), bytes, Limits).TryGet(out var stream)
            ? stream.Documents
            : null;
    }
}
