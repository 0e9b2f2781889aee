using System.Text;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>
/// The versions that a file of a Terraform or OpenTofu configuration names, in one form: <c>{ modules: [{ name, version }],
/// providers: [{ name, version }] }</c>. A module goes by its source and its <c>version</c>, or the <c>ref</c> of its source
/// (language/modules/sources); a provider by what a lock file has chosen, or what <c>required_providers</c> asks for. What is
/// written as an expression is not known.
/// </summary>
internal static partial class TerraformVersions
{
    /// <summary>What a file of them is called among the files of tools.</summary>
    public const string Kind = "TerraformVersions";

    private const string LockFile = ".terraform.lock.hcl";

    /// <summary>A file at this path may name versions.</summary>
    public static bool MayBeAt(string path) =>
        path.EndsWith(".tf", StringComparison.Ordinal)
            || path.EndsWith(".tofu", StringComparison.Ordinal)
            || path[(path.LastIndexOf('/') + 1)..] == LockFile;

    /// <summary>The versions; null where the file names none, or is no HCL.</summary>
    public static MappingNode? Read(TextFile file)
    {
        var (modules, providers) = (new List<Node>(), new List<Node>());
        try
        {
            foreach (var block in HclReader.Read(Encoding.UTF8.GetString(file.Bytes.Span)))
            {
                if (block is { Type: "module" }) modules.AddRange(OfModule(block));
                else if (block is { Type: "provider", Labels: [var name] }) providers.AddRange(Locked(file, name, block));
                else if (block.Type == "terraform")
                    providers.AddRange(
                        block.Blocks.Where(static inner => inner.Type == "required_providers")
                            .SelectMany(static inner => inner.Attributes)
                            .SelectMany(Required));
            }
        }
        catch (HclException)
        {
            return null;   // Terraform says what is wrong with it
        }

        if (modules.Count + providers.Count == 0) return null;
        var root = new MappingNode([
            new("modules", default, new SequenceNode([.. modules])),
            new("providers", default, new SequenceNode([.. providers]))
        ]);
        return (MappingNode)new Document(file, 0, root).Root;
    }

    private static IEnumerable<Node> OfModule(HclBlock block)
    {
        if (Quoted(block, "source") is not var (source, at)) yield break;
        var reference = source.IndexOf("?ref=", StringComparison.Ordinal);
        if (reference > 0) yield return Entry(source[..reference], source[(reference + 5)..].Split('&')[0], at);
        else if (Quoted(block, "version") is var (version, place)) yield return Entry(source, version, place);
    }

    // A block of the same name in a configuration sets a provider up, and is no choice of a version.
    private static IEnumerable<Node> Locked(TextFile file, string name, HclBlock block)
    {
        if (file.Path.EndsWith(LockFile, StringComparison.Ordinal) && Quoted(block, "version") is var (version, place))
            yield return Entry(name, version, place);
    }

    private static IEnumerable<Node> Required(HclAttribute provider)
    {
        if (VersionOf().Match(provider.Text) is not { Success: true } version) yield break;
        var source = SourceOf().Match(provider.Text);
        yield return Entry(source.Success ? source.Groups[1].Value : provider.Name, version.Groups[1].Value, provider.Position);
    }

    private static (string Text, SourcePosition Position)? Quoted(HclBlock block, string name)
    {
        foreach (var attribute in block.Attributes)
            if (attribute.Name == name
                && attribute.Text is ['"', .. var text, '"']
                && !text.Contains("${", StringComparison.Ordinal))
                return (text, attribute.Position);
        return null;
    }

    private static MappingNode Entry(string name, string version, SourcePosition position) =>
        new(
            [
                new("name", position, ScalarNode.String(name, position)),
                new("version", position, ScalarNode.String(version, position))
            ], position);

    [GeneratedRegex("""\bversion\s*=\s*"([^"$]+)\x22""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VersionOf();

    [GeneratedRegex("""\bsource\s*=\s*"([^"$]+)\x22""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SourceOf();
}
