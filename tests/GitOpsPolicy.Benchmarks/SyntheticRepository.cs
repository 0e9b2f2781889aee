using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// Folders of manifests of a given size, made from the public manifests among the fixtures: real documents under other names.
/// </summary>
internal static partial class SyntheticRepository
{
    /// <summary>
    /// Fixtures that are mostly workloads, services and rules: what repositories consist of. CRDs would dwarf them.
    /// </summary>
    private static readonly string[] Sources = [
        "kube-prometheus/manifests",
        "kube-prometheus/examples",
        "flux2-kustomize-helm-example"
    ];

    /// <summary>
    /// Writes <paramref name="count"/> documents, one to a file in folders of 100, and returns the folder's size in bytes.
    /// </summary>
    public static long Write(string folder, string fixtures, int count)
    {
        var documents = Documents(fixtures);
        long bytes = 0;
        for (var i = 0; i < count; i++)
        {
            var directory = Path.Combine(folder, (i / 100).ToString("d3", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(directory);
            var text = Name().Replace(documents[i % documents.Length], match => $"{match.Value}-{i}", 1);
            File.WriteAllText(Path.Combine(directory, $"{i}.yaml"), text);
            bytes += Encoding.UTF8.GetByteCount(text);
        }

        return bytes;
    }

    /// <summary>The single documents, CRDs and anything of more than 20 KB left out, in a fixed order.</summary>
    private static string[] Documents(string fixtures) =>
    [
        .. Sources.SelectMany(source => Directory.GetFiles(Path.Combine(fixtures, source), "*.yaml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .SelectMany(static file => DocumentBreak().Split(File.ReadAllText(file)))
            .Where(static text => text.Length is > 100 and < 20_000
                && Name().IsMatch(text)
                && !text.Contains("kind: CustomResourceDefinition", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("^---.*$", RegexOptions.Multiline)]
    private static partial Regex DocumentBreak();

    [GeneratedRegex("^  name: [a-z0-9-]+", RegexOptions.Multiline)]
    private static partial Regex Name();
}
