using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GitOpsPolicy.Authoring;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Knowledge.Images;
using GitOpsPolicy.Knowledge.Modules;
using GitOpsPolicy.Knowledge.Secrets;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Parameters;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Tests.Inputs;
using GitOpsPolicy.Tests.Inputs.Rendering;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>The declarations that editors are given say what rules really see.</summary>
public sealed partial class TypesTests
{
    private static readonly string Rules = Text("gitops-policy.d.ts");
    private static readonly string Modules = Text("modules.d.ts");

    private static string Samples => Path.Combine(Here(), "Samples", "types");

    public static TheoryData<string, string> Words() => new()
    {
        { "Operation", string.Join(' ', Words<Operation>.All) },
        { "Origin", string.Join(' ', Words<ChangeOrigin>.All) },
        { "Surface", string.Join(' ', Words<Surface>.All) },
        { "Cause", string.Join(' ', Words<ChangeCause>.All) },
        { "Severity", string.Join(' ', Words<Severity>.All) },
        { "Enforcement", string.Join(' ', Words<Enforcement>.All) },
        { "ParameterType", string.Join(' ', Words<ParameterType>.All) },
    };

    [Fact]
    public void Every_export_of_every_built_in_module_is_declared_and_nothing_else()
    {
        var declared = ModuleStart().Split(Modules)
            .Skip(1)
            .Chunk(2)
            .ToDictionary(
                m => m[0], m => ExportedFunction().Matches(m[1]).Select(f => f.Groups[1].Value).Order(StringComparer.Ordinal),
                StringComparer.Ordinal);
        var built = BuiltinModules.For(null, new ProblemList());
        Assert.Equal(built.Keys.Order(StringComparer.Ordinal), declared.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, module) in built) Assert.Equal(module.Exports.Keys.Order(StringComparer.Ordinal), declared[name]);
    }

    [Fact]
    public void The_page_of_modules_has_a_row_for_every_export()
    {
        var page = File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "docs", "reference", "modules.md"));
        var shown = page.Split("\n## ")
            .Skip(1)
            .ToDictionary(
                section => section[..section.IndexOf('\n', StringComparison.Ordinal)],
                section => PageRow().Matches(section).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal),
                StringComparer.Ordinal);
        var built = BuiltinModules.For(null, new ProblemList());
        Assert.Equal(built.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, module) in built) Assert.Equal(module.Exports.Keys.Order(StringComparer.Ordinal), shown[name]);
    }

    [Fact]
    public void Every_object_that_rules_see_has_the_members_that_are_declared()
    {
        var change = Repository.Deletion("Secret", "s", "kind: Secret");
        var set = new ChangeSetView(new ChangeSet { Changes = [change] }, _ => false);
        var call = new RuleCall(set, new SensitiveKey("the key of these tests, for ever"u8));
        AssertMembers(Rules, "Change", new ChangeView(change, set, isAcknowledged: false, index: 0));
        AssertMembers(Rules, "ChangeSet", set);
        AssertMembers(Rules, "KubernetesResource", new ResourceView(change.Resource));
        AssertMembers(Rules, "TerraformResource", new ResourceView(new TerraformId("a.b", "a", "b", "p", "", null, null, false)));
        AssertMembers(Rules, "Tools<P>", new RuleTools(call));
        AssertMembers(Rules, "Report", new Reporter());
        AssertMembers(Modules, "Image", new ImageValue(new FoundImage(ScalarNode.String("a"), "a", ImageRole.Field, null)));
        AssertMembers(
            Modules, "FoundSecret",
            new FoundSecretValue(new FoundSecret(ScalarNode.String("a"), "name", "a", Confidence.Certain, null, false)));
    }

    [Theory]
    [InlineData("ResourceClass", "resourceClass(change)")]
    [InlineData("PruneProtection", "pruneProtection(change)")]
    [InlineData("SopsState", "sopsState(change)")]
    [InlineData("SecretValue", "secretValues(change)[0]")]
    [InlineData("ChangedPath", "changedPaths(change)[0]")]
    public void Every_object_that_a_function_gives_has_the_members_that_are_declared(string type, string expression)
    {
        var repository = new Repository().WithRule(
            "ask", $"deny:\n  - message: \"${{Object.keys({expression}).toSorted().join()}}\"");
        var secret = Repository.Read("{ apiVersion: v1, kind: Secret, metadata: { name: s }, stringData: { a: b } }");
        var found = repository.Judge(new ChangeSet { Changes = [Repository.Deletion("Secret", "s") with { Before = secret }] });
        Assert.Equal(string.Join(',', Members(Modules, type)), Assert.Single(found.Findings).Message);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_list_of_words_is_the_readers_own(string type, string words)
    {
        var declared = Regex.Match(Rules, $"export type {type} = (.*);").Groups[1].Value;
        Assert.Equal(
            words.Split(' ').Order(StringComparer.Ordinal),
            declared.Split(" | ").Select(word => word.Trim('"')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_fields_of_a_rule_are_those_that_its_reader_knows()
    {
        var problems = new Repository()
            .With("policies/a.rule.js", "export default { zzzzzzzzzz: 1, name: 'a', title: 'a', check() {} };")
            .Problems();
        var known = Assert.Single(problems)["policies/a.rule.js:1:18: unknown field `zzzzzzzzzz` (known here: ".Length..]
            .TrimEnd(')')
            .Split(", ");
        Assert.Equal(known.Order(StringComparer.Ordinal), Members(Rules, "RuleDescription<P>"));
    }

    [NeedsTool("tsc")]
    public void TypeScript_takes_the_shipped_rules_and_sees_every_mistake_of_the_samples()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (AuthoredFile[])[.. EditorFiles.Generated, EditorFiles.Project(["rules"])])
            folder.Write(file.Path, file.Text);
        var shipped = Directory.GetFiles(
            Path.Combine(Here(), "..", "..", "..", "policies"), "*.rule.js", SearchOption.AllDirectories);
        Assert.True(shipped.Length > 10, $"only {shipped.Length} shipped rules");
        foreach (var file in shipped.Concat(Directory.GetFiles(Samples)))
            folder.Write($"rules/{Path.GetFileName(file)}", File.ReadAllText(file));

        Assert.True(Tool.TryFind("tsc", out var tsc));
        var checkedBy = new Tool(tsc, new Dictionary<string, string>(StringComparer.Ordinal)).Run(
            folder.Path, ["--noEmit", "--project", "jsconfig.json"], TimeSpan.FromMinutes(2), 1 << 20);
        Assert.True(checkedBy.Succeeded, checkedBy.OutputText + checkedBy.ErrorText);
    }

    private static void AssertMembers(string declarations, string type, HostObject value) =>
        Assert.Equal(Members(declarations, type), value.MemberNames.Order(StringComparer.Ordinal));

    // The members of an interface; what exists for the other platform only is marked `?: any`, and toString is everywhere.
    private static IEnumerable<string> Members(string declarations, string type)
    {
        var body = Regex.Match(
            declarations, $@"export interface {Regex.Escape(type)} \{{\n(.*?)\n  \}}\n", RegexOptions.Singleline);
        Assert.True(body.Success, $"{type} is not declared");
        return Member().Matches(body.Groups[1].Value)
            .Where(m => !m.Value.Contains("?: any", StringComparison.Ordinal))
            .Select(m => m.Groups[1].Value)
            .Where(name => name != "toString")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    private static string Text(string name) =>
        EditorFiles.Generated.Single(file => file.Path.EndsWith("/" + name, StringComparison.Ordinal)).Text;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("""declare module "([^"]+)" \{""")]
    private static partial Regex ModuleStart();

    [GeneratedRegex(@"export function (\w+)\(")]
    private static partial Regex ExportedFunction();

    [GeneratedRegex(@"^\| `(\w+)\(", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex PageRow();

    [GeneratedRegex(@"^    (?:readonly )?(\w+)(?:\??: .*|\(.*)$", RegexOptions.Multiline)]
    private static partial Regex Member();
}
