using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Policies;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary>
/// <c>gitops-policy check --fix-patch</c>: what it writes is applied by git, mends what was found and nothing else.
/// </summary>
public sealed class FixPatchTests : IDisposable
{
    private const string Patch = "fixes.patch";
    private const string Kustomization = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: NAME, namespace: flux-system }\nspec:\n  path: ./apps\n  force: true\n";
    private readonly CommandFolder folder = new();

    public FixPatchTests() => Git("init", "-q");

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Rules() => new(Names());

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task What_a_shipped_rule_fixes_is_mended_by_git_and_brings_nothing_new(string rule)
    {
        var (before, after) = (Tree(Path.Combine(Fixtures(), rule, "before")), Tree(Path.Combine(Fixtures(), rule, "after")));
        foreach (var (path, text) in before) folder.Write(path, text);
        var found = await FindingsAsync();
        Assert.Contains(found, finding => finding.Rule == rule);

        await folder.RunAsync("check", ".", "--fix-patch", Patch);
        Git("apply", Patch);
        File.Delete(folder.PathOf(Patch));
        foreach (var (path, _) in before) Assert.Equal(after.GetValueOrDefault(path), folder.Read(path));
        var left = await FindingsAsync();
        Assert.DoesNotContain(left, finding => finding.Rule == rule);
        Assert.Subset(found, left);
    }

    [Fact]
    public void Every_shipped_rule_that_says_it_fixes_has_such_a_file()
    {
        var loaded = RuleSetLoader.Load(new()
        {
            Tree = new Inputs.Files.WorkTree(Path.GetFullPath(Path.Combine(Fixtures(), "..", "..", ".."))),
            Policies = ["policies"],
        });
        Assert.True(loaded.TryGet(out var rules));
        Assert.Equal(
            Names(),
            rules.Rules.Where(static rule => rule.Fixes is not null)
                .Select(static rule => rule.Name)
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("apps.yaml")]
    [InlineData("with a space/and ümläut.yaml")]
    [InlineData("with \"quotes\" \\ and\ttab.yaml")]
    public async Task A_file_may_have_any_name(string path)
    {
        folder.Write(path, Kustomization);
        await ApplyAsync();
        Assert.Equal(Kustomization.Replace("  force: true\n", "", StringComparison.Ordinal), folder.Read(path));
    }

    [Theory]
    [InlineData("\n", "", false)]
    [InlineData("\r\n", "\r\n", false)]
    [InlineData("\n", "\n", true)]
    public async Task Line_ends_the_end_of_the_file_and_the_byte_order_mark_stay(string lineEnd, string last, bool mark)
    {
        string Spelt(string text) => (mark ? "\uFEFF" : "") + text.TrimEnd('\n').ReplaceLineEndings(lineEnd) + last;
        folder.Write("apps.yaml", Spelt(Kustomization));
        await ApplyAsync();
        Assert.Equal(
            Encoding.UTF8.GetBytes(Spelt(Kustomization.Replace("  force: true\n", "", StringComparison.Ordinal))),
            File.ReadAllBytes(folder.PathOf("apps.yaml")));
    }

    [Fact]
    public void Git_takes_the_patch_of_any_lines_that_change()
    {
        var random = new Random(20261121);
        var files = Enumerable.Range(0, 150).Select(number => Changed(random, $"file-{number}.txt"))
            .Where(static file => file.Before != file.After)
            .ToArray();
        foreach (var file in files) folder.Write(file.Name, file.Before);
        using var patch = new StringWriter();
        Reports.UnifiedDiff.Write(files, patch);
        folder.Write(Patch, patch.ToString());
        Git("apply", "--whitespace=nowarn", Patch);
        foreach (var file in files) Assert.Equal(file.After, folder.Read(file.Name));
    }

    // Few words, so that lines repeat; lines are put in, taken out and put for others.
    private static Fixing.FixedFile Changed(Random random, string name)
    {
        var before = Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"{(char)('a' + random.Next(4))}").ToList();
        var after = before.ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(after.Count);
            if (random.Next(2) == 0) after.Insert(at, $"{(char)('a' + random.Next(6))}");
            else if (after.Count > 1) after.RemoveAt(at);
        }

        var (end, newEnd) = (random.Next(3) == 0 ? "" : "\n", random.Next(3) == 0 ? "" : "\n");
        return new(name, string.Join('\n', before) + end, string.Join('\n', after) + newEnd, 1);
    }

    [Fact]
    public async Task Fixes_of_one_file_are_made_together_and_of_two_at_one_place_the_first()
    {
        folder.Write("policies/a.rule.yaml", Rule("first", "fix: { set: [[change.after.data.a, \"'1'\"]] }"));
        folder.Write(
            "policies/b.rule.yaml",
            Rule("second", "fix: { set: [[change.after.data.a, \"'2'\"]], remove: [change.after.data.b] }"));
        folder.Write("policies/c.rule.yaml", Rule("third", "fix: { remove: [change.after.data.c] }"));
        folder.Write("policies/d.rule.yaml", Rule("third-again", "fix: { remove: [change.after.data.c] }"));
        folder.Write("apps/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: x\n  b: x\n  c: x\n");
        var (_, _, errors) = await folder.RunAsync("check", "apps", "--policies", "policies", "--fix-patch", Patch);
        Assert.Equal(
            "gitops-policy: `fixes.patch` has 3 fixes in 1 file; look at it, then run `git apply`; 1 more for the same places needs another run once it is applied\n", errors);
        Git("apply", Patch);
        Assert.Equal(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: \"1\"\n  b: x\n", folder.Read("apps/a.yaml"));
    }

    [Fact]
    public async Task A_patch_is_about_the_repository_whatever_folder_it_was_made_in()
    {
        folder.Write("deep/down/apps.yaml", Kustomization);
        var (exit, output, errors) = await folder.RunAsync(
            "check", Path.Combine("deep", "..", "deep", "down"), "--fix-patch", "-");
        Assert.Equal((0, "gitops-policy: the patch has 1 fix in 1 file; look at it, then run `git apply`\n"), (exit, errors));
        Assert.StartsWith(
            "diff --git a/deep/down/apps.yaml b/deep/down/apps.yaml\n--- a/deep/down/apps.yaml\n+++ b/deep/down/apps.yaml\n@@ -3,4 +3,3 @@\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_holds_one_thing()
    {
        folder.Write("apps.yaml", Kustomization);
        var (exit, _, errors) = await folder.RunAsync("check", ".", "--format", "json", "--fix-patch", "-");
        Assert.Equal(2, exit);
        Assert.Contains("with `--fix-patch -` give each report a file", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await folder.RunAsync("check", ".", "--fix-patch", "")).Exit);
        var (beside, patch, _) = await folder.RunAsync("check", ".", "--format", "json=report.json", "--fix-patch", "-");
        Assert.Equal(0, beside);
        Assert.StartsWith("diff --git ", patch, StringComparison.Ordinal);
        Assert.Contains("\"edits\"", folder.Read("report.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_fix_the_patch_is_empty()
    {
        folder.Write("apps.yaml", Kustomization.Replace("force: true", "force: false", StringComparison.Ordinal));
        folder.Write(Patch, "an old one");
        var (exit, report, errors) = await folder.RunAsync("check", ".", "--fix-patch", Patch);
        Assert.Equal((0, "gitops-policy: `fixes.patch` is empty: no finding has a fix that is certain\n"), (exit, errors));
        Assert.Equal("", folder.Read(Patch));
        Assert.DoesNotContain("--fix-patch", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reports_tell_of_the_fix()
    {
        folder.Write("apps.yaml", Kustomization);
        var (_, text, _) = await folder.RunAsync("check", "apps.yaml", "--format", "text", "--format", "sarif=findings.sarif");
        Assert.Contains(
            "\nfix  one of these has a certain fix: gitops-policy check --fix-patch fixes.patch, then git apply fixes.patch\n",
            text, StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(folder.Read("findings.sarif"));
        var change = sarif.RootElement.GetProperty("runs")[0]
            .GetProperty("results")[0]
            .GetProperty("fixes")[0]
            .GetProperty("artifactChanges")[0];
        Assert.Equal("apps.yaml", change.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(
            "{\"startLine\":6,\"startColumn\":1,\"endLine\":7,\"endColumn\":1}",
            JsonSerializer.Serialize(change.GetProperty("replacements")[0].GetProperty("deletedRegion")));
    }

    [Theory]
    [InlineData("x: &f true\nforce: *f", "written elsewhere")]
    [InlineData("x: &f { force: true }\n<<: *f", "written elsewhere")]
    [InlineData("force: &f true\nx: *f", "would not say exactly that")]
    [InlineData("x: { # why\n  force: true, # because\n  y: 1 }\nforce: true", null)]
    public async Task What_cannot_be_edited_is_refused_with_the_reason_in_the_JSON_report(string spec, string? reason)
    {
        folder.Write(
            "apps.yaml",
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\nspec:\n"
                + string.Concat(spec.Split('\n').Select(static line => $"  {line}\n")));
        var fix = Assert.Single(await FixesAsync("apps.yaml"));
        if (reason is null) Assert.True(fix.TryGetProperty("edits", out _));
        else Assert.Contains(reason, fix.GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fixed_beside_a_secret()
    {
        const string secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: flux-system }\nstringData: { token: not-for-patches }\n---\n";
        folder.Write(
            "apps.yaml",
            secret
                + "spec: { force: true }\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\n");
        var fixes = await FixesAsync("apps.yaml");
        Assert.Contains(
            "a secret stands in the lines around", Assert.Single(fixes).GetProperty("refused").GetString(),
            StringComparison.Ordinal);
        folder.Write("apps.yaml", secret + Kustomization);
        Assert.False(Assert.Single(await FixesAsync("apps.yaml")).TryGetProperty("refused", out _));
    }

    [Fact]
    public async Task What_is_excused_is_meant()
    {
        folder.Write("apps.yaml", Kustomization);
        folder.Write(
            "gitops-policy.yaml",
            "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nrules: [builtin]\nwaivers: [waivers]\n");
        folder.Write("waivers/force.yaml", $$"""
            apiVersion: gitopspolicy.dev/v1alpha1
            kind: Waiver
            metadata: { name: force }
            spec:
              rule: flux-forced-apply
              resource: Kustomization flux-system/NAME
              owner: team-a
              approver: platform
              ticket: OPS-1
              reason: the selector changes this week
              expires: {{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}}
            """);
        Assert.Equal("the finding is excused", Assert.Single(await FixesAsync("apps.yaml")).GetProperty("refused").GetString());
    }

    [Fact]
    public async Task What_is_piped_in_is_no_file_to_fix()
    {
        using var line = new CommandLine();
        var (_, output, _) = await line.RunWith(Kustomization, "check", "-", "--format", "json");
        Assert.Contains("\"refused\": \"the value is not in a file of the repository", output, StringComparison.Ordinal);
    }

    private static string Rule(string name, string fix) =>
        $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Rule\nmetadata: {{ name: {name} }}\nspec:\n  title: a\n  match: {{ kubernetes: {{ kinds: [ConfigMap] }} }}\n  warn:\n    - message: {name}\n      {fix}\n";

    private async Task ApplyAsync()
    {
        await folder.RunAsync("check", ".", "--fix-patch", Patch);
        Git("apply", Patch);
    }

    private async Task<List<JsonElement>> FixesAsync(params string[] paths)
    {
        using var report = JsonDocument.Parse((await folder.RunAsync(["check", .. paths, "--format", "json"])).Out);
        return [.. report.RootElement.GetProperty("findings")
            .EnumerateArray()
            .Where(static finding => finding.TryGetProperty("fix", out _))
            .Select(static finding => finding.GetProperty("fix").Clone())];
    }

    private async Task<HashSet<(string Rule, string Message)>> FindingsAsync()
    {
        using var report = JsonDocument.Parse((await folder.RunAsync("check", ".", "--format", "json")).Out);
        return [.. report.RootElement.GetProperty("findings")
            .EnumerateArray()
            .Select(static finding => (finding.GetProperty("rule").GetString()!, finding.GetProperty("message").GetString()!))];
    }

    private void Git(params string[] args)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.autocrlf=false", .. args])
        {
            WorkingDirectory = folder.PathOf("."),
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
    }

    private static SortedDictionary<string, string> Tree(string root) => new(
        Directory.GetFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file), File.ReadAllText), StringComparer.Ordinal);

    private static IEnumerable<string> Names() =>
        Directory.GetDirectories(Fixtures()).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Fixtures([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "Fixtures", "fixes"));
}
