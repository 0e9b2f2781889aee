using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Parameters;

/// <summary>
/// Values of parameters that lie in files of their own, such as a list of approved digests that a pipeline appends to: <c>{
/// fromFile: approved.yaml }</c> in the configuration. They come from the same tree as the rules, so a pull request is judged by
/// the file of its base, and they count for the digest as if written out.
/// </summary>
/// <param name="tree">Where the files are.</param>
/// <param name="folder">The folder that their paths start from: that of the configuration.</param>
/// <param name="problems">Where mistakes go.</param>
internal sealed class ParameterFiles(FileTree tree, string folder, ProblemList problems)
{
    /// <summary>The only key of a mapping that stands for the content of a file.</summary>
    public const string Key = "fromFile";

    private readonly Dictionary<string, Node?> read = new(StringComparer.Ordinal);

    /// <summary>The configuration with the values of its files at hand.</summary>
    public PolicyConfig Resolve(PolicyConfig config) => config with
    {
        Parameters = Resolve(config.Parameters),
        Environments = [.. config.Environments.Select(environment =>
            environment with { Parameters = Resolve(environment.Parameters) })],
    };

    private ImmutableArray<RuleParameters> Resolve(ImmutableArray<RuleParameters> parameters) =>
        [.. parameters.Select(given => given with { FromFiles = ValuesOf(given.Values) })];

    private ImmutableDictionary<string, Node> ValuesOf(MappingNode values)
    {
        var found = ImmutableDictionary.CreateBuilder<string, Node>(StringComparer.Ordinal);
        foreach (var entry in values.Entries)
            if (entry.Value is MappingNode { Count: 1 } mapping
                && mapping[Key] is { } path
                && Reads.Text(path, Key, problems) is { } text)
                found[entry.Key] = Read(text, path) ?? ScalarNode.Null();
        return found.ToImmutable();
    }

    private Node? Read(string name, Node named)
    {
        var path = folder.Length == 0 ? name : $"{folder}/{name}";
        if (read.TryGetValue(path, out var known)) return known;
        return read[path] = ReadFile(path, named);
    }

    private Node? ReadFile(string path, Node named)
    {
        if (!tree.TryRead(path, out var bytes, out var problem))
        {
            problems.AddRange([problem
                ?? new(
                    named.Location, $"there is no file `{path}`{(tree.Revision is null ? "" : $" at `{tree.Revision}`")}",
                    "paths start at the folder of the configuration")]);
            return null;
        }

        var loaded = YamlReader.Read(new TextFile(path, bytes) { Revision = tree.Revision }, bytes, ReaderLimits.Default);
        problems.AddRange(loaded.Problems);
        if (!loaded.TryGet(out var stream)) return null;
        if (stream.Documents is [{ } only]) return only.Root;
        problems.AddFile(path, $"the file has {stream.Documents.Length} documents, and the value of a parameter is one");
        return null;
    }
}
