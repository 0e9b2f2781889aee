using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies;

/// <summary>The files of a rule set, read and told apart by their content.</summary>
/// <param name="problems">Where mistakes go.</param>
internal sealed class PolicyFiles(ProblemList problems)
{
    /// <summary>Every kind of document is taken.</summary>
    public const string AnyKind = "*";

    private const string ApiGroup = "gitopspolicy.dev/";
    private const string ApiVersion = ApiGroup + "v1alpha1";
    private static readonly ImmutableArray<string> Kinds = [
        "Rule", "Waiver", "Acknowledgement", "DriftTable", "RuleTest", Snapshots.SnapshotFiles.Kind, "PolicyConfig"
    ];

    private readonly HashSet<(FileTree Tree, string Path)> seen = [];
    private readonly List<MappingNode> ruleDocuments = [];
    private readonly List<(FileTree Tree, TextFile File, string Text)> scripts = [];
    private readonly List<MappingNode> driftTables = [];
    private readonly List<(FileTree Tree, TextFile File)> read = [];

    /// <summary>Waivers read.</summary>
    public List<Waiver> Waivers { get; } = [];

    /// <summary>Acknowledgements read.</summary>
    public List<Acknowledgement> Acknowledgements { get; } = [];

    /// <summary>Documents of kind <c>RuleTest</c>, not looked into.</summary>
    public List<MappingNode> Tests { get; } = [];

    /// <summary>Documents of kind <c>RuleTestSnapshot</c>, not looked into.</summary>
    public List<MappingNode> SnapshotDocuments { get; } = [];

    /// <summary>The drift table; null when there is none.</summary>
    public MappingNode? DriftTable => driftTables.FirstOrDefault();

    /// <summary>Documents of kind <c>Rule</c>.</summary>
    public IReadOnlyList<MappingNode> RuleDocuments => ruleDocuments;

    /// <summary>JavaScript files read, rules and modules alike.</summary>
    public IReadOnlyList<(FileTree Tree, TextFile File, string Text)> ScriptFiles => scripts;

    /// <summary>Every file read, as text.</summary>
    public IEnumerable<(FileTree Tree, string Path, string Text)> Texts =>
        read.Select(static file => (file.Tree, file.File.Path, Encoding.UTF8.GetString(file.File.Bytes.Span)));

    /// <summary>Texts of all scripts that were read or imported, each once.</summary>
    public HashSet<string> ScriptTexts { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file, or every policy file of a folder.</summary>
    /// <param name="tree">Where it is.</param>
    /// <param name="path">Its path.</param>
    /// <param name="kind">The one kind of document that is taken, or <see cref="AnyKind"/>.</param>
    public void Add(FileTree tree, string path, string kind)
    {
        switch (tree.Find(path))
        {
            case PathKind.File:
                Read(tree, path, kind);
                break;
            case PathKind.Folder:
                foreach (var file in tree.Enumerate(path))
                {
                    if (!IsPolicyFile(file.Path)) ReportWrongEnding(file.Path, kind);
                    else if (file.Refusal is { } refusal) problems.AddRange([refusal]);
                    else Read(tree, file.Path, kind);
                }

                break;
            default:
                problems.AddFile(
                    path,
                    tree.Revision is null
                        ? "there is no such file or folder"
                        : $"there is no such file or folder at `{tree.Revision}`");
                break;
        }
    }

    /// <summary>Loads the rules among the files.</summary>
    /// <param name="driftTable">The drift table that they see; null for the shipped one.</param>
    /// <param name="found">Where mistakes go; null for where those of the files go.</param>
    /// <param name="instrumentation">What is done to the rules besides loading them; null for nothing.</param>
    public List<Rule> LoadRules(MappingNode? driftTable, ProblemList? found = null, ScriptInstrumentation? instrumentation = null)
    {
        found ??= problems;
        if (driftTables.Count > 1)
            found.Add(driftTables[1], $"there is another drift table at {driftTables[0].Location}", "a rule set has one");
        var modules = BuiltinModules.For(driftTable, found);
        var yaml = new YamlRuleReader(new ExpressionCompiler(BuiltinModules.Scope(modules), instrumentation), found);
        var rules = ruleDocuments.Select(yaml.Read).OfType<Rule>().ToList();
        var javaScript = new JavaScriptRuleReader(modules, ScriptTexts, found, instrumentation);
        rules.AddRange(scripts.Select(s => javaScript.Read(s.Tree, s.File, s.Text)).OfType<Rule>());
        return rules;
    }

    /// <summary>Loads one rule once more; null when it does not load as it is instrumented.</summary>
    /// <param name="rule">The rule as it was loaded.</param>
    /// <param name="modules">The built-in modules that it sees.</param>
    /// <param name="instrumentation">What is done to it besides loading.</param>
    public Rule? Reload(
        RuleMetadata rule, IReadOnlyDictionary<string, NativeModule> modules, ScriptInstrumentation instrumentation)
    {
        var found = new ProblemList();
        var compiler = new ExpressionCompiler(BuiltinModules.Scope(modules), instrumentation);
        Rule? loaded = ruleDocuments.Find(d => d.Location == rule.Location) is { } document
            ? new YamlRuleReader(compiler, found).Read(document)
            : scripts.Find(s => s.File.Path == rule.Location.File) is { File: not null } script
                ? new JavaScriptRuleReader(modules, ScriptTexts, found, instrumentation).Read(
                    script.Tree, script.File, script.Text)
                : null;
        return found.Count == 0 ? loaded : null;
    }

    /// <summary>
    /// The kind of a document of ours; null for a document of someone else's, which is left alone. A document that is neither
    /// clearly ours nor clearly not is a mistake.
    /// </summary>
    public static string? KindOf(MappingNode document, ProblemList problems)
    {
        var (api, kind) = (Text(document["apiVersion"]), Text(document["kind"]));
        if (api is null && kind is not null && Kinds.Contains(kind))
        {
            problems.Add(document, $"a `{kind}` needs `apiVersion: {ApiVersion}`");
            return null;
        }

        if (api?.StartsWith(ApiGroup, StringComparison.Ordinal) != true) return null;
        if (api != ApiVersion)
            problems.Add(document["apiVersion"]!, $"unknown version `{api}`", $"this program knows {ApiVersion}");
        else if (kind is null) problems.Add(document, "`kind` is missing", "one of " + string.Join(", ", Kinds));
        else if (!Kinds.Contains(kind))
            problems.Add(
                document["kind"]!, $"unknown kind `{kind}`{Suggestion.For(kind, Kinds)}", "one of " + string.Join(", ", Kinds));
        else return kind;
        return null;
    }

    private static string? Text(Node? node) => node is ScalarNode { Kind: NodeKind.String } scalar ? scalar.Text : null;

    /// <summary>The name says that a rule is in the file, so that one that gives none is a mistake and not passed over.</summary>
    public static bool IsNamedAsRule(string path) =>
        Path.GetFileNameWithoutExtension(path).EndsWith(".rule", StringComparison.Ordinal);

    private static bool IsPolicyFile(string path) => Path.GetExtension(path) is ".yaml" or ".yml" or ".js" or ".mjs";

    // `x.rule.ts` and `x.rule.YAML` are meant as rules; `x.rule.yaml.orig` and the like are left by other tools.
    private static bool IsMeantAsRule(string path) =>
        IsNamedAsRule(path)
            && Path.GetExtension(path).ToUpperInvariant() is ".TS" or ".MTS" or ".CJS" or ".JSON" or ".JS" or ".MJS" or ".YAML"
                or ".YML";

    private void ReportWrongEnding(string path, string kind)
    {
        if (kind == AnyKind && IsMeantAsRule(path))
            problems.AddFile(
                path, $"the file is named as a rule, but no rule is read from `{Path.GetExtension(path)}`",
                "rules end in `.rule.yaml` or `.rule.js`");
    }

    private void Read(FileTree tree, string path, string kind)
    {
        if (!seen.Add((tree, path))) return;
        if (!tree.TryRead(path, out var bytes, out var problem))
        {
            if (problem is not null) problems.AddRange([problem]);
            return;
        }

        var file = new TextFile(path, bytes) { Revision = tree.Revision };
        read.Add((tree, file));
        if (Path.GetExtension(path) is ".js" or ".mjs")
        {
            if (kind == AnyKind && Scripts.TryDecode(file, problems, out var text)) scripts.Add((tree, file, text));
            return;
        }

        var loaded = YamlReader.Read(file, bytes, ReaderLimits.Default);
        problems.AddRange(loaded.Problems);
        if (!loaded.TryGet(out var stream)) return;
        var (rules, mistakes) = (ruleDocuments.Count, problems.Count);
        foreach (var root in stream.Documents.Select(d => d.Root).OfType<MappingNode>()) Sort(root, kind);
        if (kind == AnyKind && IsNamedAsRule(path) && ruleDocuments.Count == rules && problems.Count == mistakes)
            problems.AddFile(
                path, "the file is named as a rule, and there is none in it",
                $"a rule starts with `apiVersion: {ApiVersion}` and `kind: Rule`");
    }

    private void Sort(MappingNode document, string wanted)
    {
        var kind = KindOf(document, problems);
        if (wanted != AnyKind && wanted != kind) return;
        switch (kind)
        {
            case "Rule":
                ruleDocuments.Add(document);
                break;
            case "Waiver" when Waiver.Read(document, problems) is { } waiver:
                Waivers.Add(waiver);
                break;
            case "Acknowledgement" when Acknowledgement.Read(document, problems) is { } acknowledgement:
                Acknowledgements.Add(acknowledgement);
                break;
            case "DriftTable":
                driftTables.Add(document);
                break;
            case Snapshots.SnapshotFiles.Kind:
                SnapshotDocuments.Add(document);
                break;
            case "RuleTest":
                Tests.Add(document);
                break;
            default:
                break;
        }
    }
}

/// <summary>Texts of scripts.</summary>
internal static class Scripts
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, line ends as <c>\n</c>; false and a problem when it is not UTF-8.</summary>
    public static bool TryDecode(TextFile file, ProblemList problems, out string text)
    {
        try
        {
            text = Strict.GetString(file.Bytes.Span).TrimStart('\ufeff').ReplaceLineEndings("\n");
            return true;
        }
        catch (DecoderFallbackException)
        {
            problems.AddFile(file.Path, "the file is not UTF-8", "save it as UTF-8");
            text = "";
            return false;
        }
    }
}
