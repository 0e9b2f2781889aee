using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Knowledge;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>What the files of one folder say of <c>prevent_destroy</c>, and where the modules they call lie.</summary>
internal sealed class ModuleFolder
{
    private readonly Dictionary<string, Node> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);

    private ModuleFolder()
    {
    }

    /// <summary>What of it is not understood, one sentence each.</summary>
    public List<string> NotUnderstood { get; } = [];

    /// <summary>Where it has its state kept: types of backends, and <c>cloud</c>.</summary>
    public SortedSet<string> Backends { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a folder; null where it holds no configuration.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="folder">The folder; empty for the one that the command runs in.</param>
    public static ModuleFolder? Read(FileTree tree, string folder)
    {
        var start = folder.Length == 0 ? "" : folder + "/";
        var files = tree.Enumerate(folder)
            .Where(file => file.Refusal is null && IsConfiguration(file.Path) && file.Path.LastIndexOf('/') == start.Length - 1)
            .Select(file => file.Path)
            .ToList();
        if (files.Count == 0) return null;
        var module = new ModuleFolder();

        // What a file of overrides says is laid over the others.
        foreach (var path in files.OrderBy(IsOverride)) module.ReadFile(tree, path);
        return module;
    }

    /// <summary>The value <c>true</c> that keeps a resource from being destroyed; null where there is none.</summary>
    /// <param name="resource">Type and name: <c>aws_s3_bucket.logs</c>.</param>
    public Node? PreventDestroy(string resource) => kept.GetValueOrDefault(resource);

    /// <summary>What a call says of where its module lies; null where there is no such call.</summary>
    public string? SourceOf(string module) => sources.GetValueOrDefault(module);

    private static bool IsConfiguration(string path) =>
        path.EndsWith(".tf", StringComparison.Ordinal) || path.EndsWith(".tofu", StringComparison.Ordinal)
        || path.EndsWith(".tf.json", StringComparison.Ordinal) || path.EndsWith(".tofu.json", StringComparison.Ordinal);

    private static bool IsOverride(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        name = name[..name.IndexOf('.', StringComparison.Ordinal)];
        return name == "override" || name.EndsWith("_override", StringComparison.Ordinal);
    }

    private void ReadFile(FileTree tree, string path)
    {
        if (!tree.TryRead(path, out var bytes, out var problem))
        {
            NotUnderstood.Add($"{path} cannot be read{(problem is null ? "" : $": {problem.Message}")}");
            return;
        }

        var file = new TextFile(path, bytes) { Revision = tree.Revision };
        if (path.EndsWith(".json", StringComparison.Ordinal)) ReadJson(file);
        else ReadHcl(file);
    }

    private void ReadHcl(TextFile file)
    {
        try
        {
            foreach (var block in HclReader.Read(Encoding.UTF8.GetString(file.Bytes.Span))) Take(block, file);
        }
        catch (HclException e)
        {
            NotUnderstood.Add($"{file.At(e.Position)}: {e.Message}");
        }
    }

    private void Take(HclBlock block, TextFile file)
    {
        if (block is { Type: "module", Labels: [var module] })
        {
            foreach (var attribute in block.Attributes.Where(attribute => attribute.Name == "source"))
                sources[module] = attribute.Text.Trim('"');
        }
        else if (block is { Type: "terraform" })
        {
            foreach (var inner in block.Blocks)
                if (inner is { Type: "backend", Labels: [var type] }) Backends.Add(type);
                else if (inner.Type == "cloud") Backends.Add("cloud");
        }
        else if (block is { Type: "resource", Labels: [var type, var name] })
        {
            foreach (var attribute in block.Blocks.Where(inner => inner.Type == "lifecycle")
                .SelectMany(inner => inner.Attributes)
                .Where(attribute => attribute.Name == "prevent_destroy"))
                Set(
                    $"{type}.{name}", attribute.Text,
                    new Document(file, 0, ScalarNode.Boolean(attribute.Text == "true", attribute.Position)).Root);
        }
    }

    private void Set(string resource, string text, Node value)
    {
        if (text == "true") kept[resource] = value;
        else kept.Remove(resource);
        if (text is not ("true" or "false"))
            NotUnderstood.Add($"{value.Location}: `prevent_destroy` of {resource} is neither `true` nor `false`");
    }

    // The same in JSON (language/syntax/json): a block may be one mapping or a list of them.
    private void ReadJson(TextFile file)
    {
        var loaded = YamlReader.Read(file, file.Bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var stream) || stream.Documents is not [{ Root: MappingNode root }])
        {
            NotUnderstood.Add($"{file.Path} is no JSON object");
            return;
        }

        foreach (var settings in Blocks(root["terraform"]))
        {
            foreach (var (type, _, _) in Named(settings["backend"])) Backends.Add(type);
            if (settings["cloud"] is not null) Backends.Add("cloud");
        }

        foreach (var (module, _, body) in Named(root["module"]))
            if (body.TextAt("source") is { } source) sources[module] = source;
        foreach (var (type, _, byName) in Named(root["resource"]))
            foreach (var (name, _, body) in Named(byName))
                foreach (var lifecycle in Blocks(body.At("lifecycle")))
                    if (lifecycle["prevent_destroy"] is ScalarNode value) Set($"{type}.{name}", value.Text, value);
    }

    private static IEnumerable<MappingEntry> Named(Node? node) => Blocks(node).SelectMany(
        mapping => mapping.Entries.ToArray()
            .SelectMany(entry => Blocks(entry.Value).Select(body => entry with { Value = body })));

    private static IEnumerable<MappingNode> Blocks(Node? node) => node switch
    {
        MappingNode mapping => [mapping],
        SequenceNode list => list.Items.ToArray().OfType<MappingNode>(),
        _ => [],
    };
}
