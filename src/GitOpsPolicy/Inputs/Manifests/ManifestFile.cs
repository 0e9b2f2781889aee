using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>One object as its file spells it, before anything is known about its kind.</summary>
/// <param name="Node">The object.</param>
/// <param name="ApiVersion">Its <c>apiVersion</c>; for an item of a typed list that has none, the list's.</param>
/// <param name="Kind">Its <c>kind</c>; for an item of a typed list that has none, what the list is a list of.</param>
/// <param name="File">The file it is told to come from.</param>
internal readonly record struct RawObject(MappingNode Node, string ApiVersion, string Kind, string File);

/// <summary>What one file holds.</summary>
internal sealed class ManifestFile
{
    /// <summary>Lists inside lists; two is the most that tools write.</summary>
    private const int MaxListDepth = 8;

    /// <summary>Objects, lists taken apart.</summary>
    public List<RawObject> Objects { get; } = [];

    /// <summary>Documents that are no objects.</summary>
    public List<Document> Others { get; } = [];

    /// <summary>The file of a tool that it is; null for any other.</summary>
    public ToolFile? Tool { get; private set; }

    /// <summary>Why something was not read.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>What looks like an object and is none, in words.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The same, for hosts to whom an object that is not read is an object that is gone.</summary>
    public List<Problem> Doubtful { get; } = [];

    /// <summary>What is secret in the objects, marked as they are read: files are read side by side.</summary>
    public SecretMarks Secrets { get; } = new();

    /// <summary>A template of a Helm chart, which is no YAML before it is rendered.</summary>
    public bool IsTemplate { get; private init; }

    /// <summary>Reads one file of a tree.</summary>
    /// <param name="tree">Where the file is.</param>
    /// <param name="file">Which file.</param>
    /// <param name="mayBeTemplate">It lies among a chart's templates, so it is passed over when it holds template
    /// actions.</param>
    /// <param name="limits">How large it may be.</param>
    public static ManifestFile Read(FileTree tree, TreeFile file, bool mayBeTemplate, ReaderLimits limits)
    {
        var problem = file.Refusal;
        if (problem is null && tree.TryRead(file.Path, out var bytes, out problem))
            return mayBeTemplate && HoldsActions(bytes.Span)
                ? new() { IsTemplate = true }
                : ParseNamed(tree, new TextFile(file.Path, bytes) { Revision = tree.Revision }, bytes);
        return Failed(problem ?? new(new(file.Path, 0, 0), "there is no such file", "correct the path"));
    }

    // Where a tool looks for its files, YAML means what it means to the tool.
    private static ManifestFile ParseNamed(FileTree tree, TextFile source, ReadOnlyMemory<byte> bytes)
    {
        var path = source.Path;
        if (ToolFiles.KindAt(path) is not null
            && YamlReader.Read(source, bytes, ReaderLimits.Default, YamlDialect.Tools).TryGet(out var stream)
            && ToolFiles.Of(path, stream.Documents) is { } tool)
        {
            var file = new ManifestFile();
            file.Take(tool);
            return file;
        }

        var parsed = Parse(source, bytes, path, ReaderLimits.Default);
        if (parsed.Objects.Count == 0
            && (ToolFiles.OfBuild(tree, path, parsed.Others) ?? ToolFiles.Encrypted(path, parsed.Others)) is { } build)
            parsed.Take(build);
        return parsed;
    }

    private void Take(ToolFile tool)
    {
        Tool = tool;
        Secrets.MarkDetected(tool.Root);
    }

    /// <summary>Reads a text that is at hand.</summary>
    /// <param name="source">The text's name.</param>
    /// <param name="bytes">The text.</param>
    /// <param name="shownAs">The file that its objects are told to come from.</param>
    /// <param name="limits">How large it may be.</param>
    public static ManifestFile Parse(SourceFile source, ReadOnlyMemory<byte> bytes, string shownAs, ReaderLimits limits)
    {
        if (IsLargeFilePointer(bytes.Span))
            return Failed(new Problem(
                source.At(default), "this is a Git LFS pointer, not the file itself", "run `git lfs pull` first"));
        var problems = ReadDocuments(source, bytes, limits, out var documents);
        if (problems.IsEmpty) return Sort(documents, shownAs);
        if (IsForOtherTools(source, bytes, limits, out var foreign)) return Sort(foreign, shownAs);
        // Only the first can be trusted to be about the file rather than about what came before it in the file.
        return HoldsActions(bytes.Span)
            ? Failed(problems[0] with { Hint = "it looks like a template: render it first and check what comes out" })
            : Failed([.. problems]);
    }

    // MkDocs, CloudFormation, Home Assistant and others have tags of their own. What no cluster would take for an object need not
    // be read as one.
    private static bool IsForOtherTools(
        SourceFile source, ReadOnlyMemory<byte> bytes, ReaderLimits limits, out ImmutableArray<Document> documents)
    {
        var isRead = YamlReader.Read(source, bytes, limits, YamlDialect.Tools).TryGet(out var stream);
        documents = isRead ? stream!.Documents : [];
        return isRead
            && documents.All(document =>
                document.Root is not MappingNode root || (root["apiVersion"] is null && root["kind"] is null));
    }

    private static ImmutableArray<Problem> ReadDocuments(
        SourceFile source, ReadOnlyMemory<byte> bytes, ReaderLimits limits, out ImmutableArray<Document> documents)
    {
        documents = [];
        if (source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var json = JsonReader.Read(source, bytes, limits);
            if (json.TryGet(out var document)) documents = [document];
            return json.Problems;
        }

        var yaml = YamlReader.Read(source, bytes, limits);
        if (yaml.TryGet(out var stream)) documents = stream.Documents;
        return yaml.Problems;
    }

    /// <summary>A file that could not be read.</summary>
    public static ManifestFile Failed(params ReadOnlySpan<Problem> problems)
    {
        var file = new ManifestFile();
        file.Problems.AddRange(problems);
        return file;
    }

    private static ManifestFile Sort(ImmutableArray<Document> documents, string shownAs)
    {
        var file = new ManifestFile();
        foreach (var document in documents)
        {
            var before = file.Objects.Count;
            var isObject = document.Root is MappingNode root && file.TryAdd(root, "", "", shownAs, depth: 0);
            if (!isObject && file.Objects.Count == before && document.Root.Kind != NodeKind.Null) file.Others.Add(document);
        }

        foreach (var item in file.Objects) file.Secrets.Mark(item);

        return file;
    }

    // False for what is no object and no list of objects.
    private bool TryAdd(MappingNode node, string listVersion, string listKind, string shownAs, int depth)
    {
        var version = node.Text("apiVersion") ?? listVersion;
        var kind = node.Text("kind") ?? listKind;
        if (IsList(node, kind, out var items)) return TryAddItems(items, version, kind, shownAs, depth);
        if (version.Length == 0 || kind.Length == 0)
        {
            if (kind.Length > 0) PassOver(node, $"`{kind}`, which has no `apiVersion`");
            // A chart names a version as well, but has no metadata.
            else if (version.Length > 0 && node["metadata"] is MappingNode)
                PassOver(node, $"an object of `{version}`, which has no `kind`");
            return false;
        }

        if (ForeignKinds.Contains(version, kind)) return false;
        if (node.Text("metadata", "name") is null && node.Text("metadata", "generateName") is null)
        {
            var lacks = node.At("metadata", "name") is null or ScalarNode { Kind: NodeKind.Null } or ScalarNode { Text: "" }
                ? "which has no `metadata.name`"
                : "whose `metadata.name` is no text (quote it)";
            PassOver(node, $"`{kind}`, {lacks}");
            return false;
        }

        Objects.Add(new(node, version, kind, shownAs));
        return true;
    }

    private static bool IsList(MappingNode node, string kind, out SequenceNode items)
    {
        items = (node["items"] as SequenceNode)!;
        return items is not null && kind.EndsWith("List", StringComparison.Ordinal) && node.Text("metadata", "name") is null;
    }

    private bool TryAddItems(SequenceNode items, string version, string kind, string shownAs, int depth)
    {
        if (depth == MaxListDepth)
        {
            Problems.Add(new(
                items.Location, $"lists are nested more than {MaxListDepth} deep",
                "write the objects as documents of their own"));
            return true;
        }

        // Items of a `List` name their own kind; those of a `ConfigMapList` need not.
        var (itemVersion, itemKind) = kind == "List" ? ("", "") : (version, kind[..^"List".Length]);
        foreach (var item in items.Items)
        {
            if (item is not MappingNode mapping || !TryAdd(mapping, itemVersion, itemKind, shownAs, depth + 1))
                PassOver(item, $"an item of `{kind}` that is no object");
        }

        return true;
    }

    private void PassOver(Node node, string what)
    {
        Notes.Add($"{node.Location}: passed over {what}");
        Doubtful.Add(new(node.Location, $"this is {what}", "correct it, or move it out of the folder"));
    }

    private static bool HoldsActions(ReadOnlySpan<byte> text) => text.IndexOf("{{"u8) >= 0;

    // The specification fixes the first line: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    private static bool IsLargeFilePointer(ReadOnlySpan<byte> text) =>
        text.StartsWith("version https://git-lfs.github.com/spec/"u8);
}
