using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Rendering;

/// <summary>
/// Files in the real format of SOPS with keys of age. The keys were wrapped by age's own program, and what the files hold is what
/// sops-age, a decryptor that others wrote, makes of them (<c>Sops/sops-age.json</c>). What decrypts here is
/// <c>Sops/node-sops</c>, which stands for sops where there is none.
/// </summary>
public sealed class SopsFormatTests : IDisposable
{
    private readonly TemporaryFolder repository = new();
    private readonly Unit unit = new()
    {
        Key = new("team", "app"),
        Source = new() { Url = "/r", Path = "app" },
        Target = new() { Namespace = "prod" },
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Rendering", "Sops");

    public void Dispose() => repository.Dispose();

    [NeedsTool("node")]
    public void What_is_decrypted_is_what_others_decrypt()
    {
        var told = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "sops-age.json")))!.AsObject();
        foreach (var (file, expected) in told)
        {
            var rendered = Render(file, File.ReadAllText(Path.Combine(Folder, file)));
            Assert.True(rendered.IsWhole, rendered.Message);
            var clear = Assert.Single(rendered.Set.Objects);
            Assert.True(
                JsonNode.DeepEquals(Placed(expected!), JsonNode.Parse(NodeWriter.ToJson(clear.Object))),
                $"{file}: {NodeWriter.ToJson(clear.Object)}");
            Assert.DoesNotContain("Kan4rie", NodeWriter.ToJson(clear.Object, writeSensitive: false), StringComparison.Ordinal);
            Assert.Contains(
                file == "secret.yaml" ? "\"password\":\"ENC[AES256_GCM," : "\"port\":\"ENC[AES256_GCM,",
                NodeWriter.ToJson(rendered.Stored[clear.Id]), StringComparison.Ordinal);
        }

        Assert.Equal(3, told.Count);
    }

    [NeedsTool("node")]
    public void A_value_that_was_moved_under_another_name_is_no_value()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "secret.yaml")).Replace("password:", "x:", StringComparison.Ordinal)
            .Replace("url:", "password:", StringComparison.Ordinal)
            .Replace("x:", "url:", StringComparison.Ordinal);

        Assert.Equal("app/a.yaml: the file has been changed since it was encrypted", Render("a.yaml", text).Message);
    }

    [NeedsTool("node")]
    public void A_value_in_clear_that_was_changed_is_noticed()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "secret.yaml")).Replace(
            "name: db", "name: da", StringComparison.Ordinal);

        Assert.Equal("app/a.yaml: the file has been changed since it was encrypted", Render("a.yaml", text).Message);
    }

    [NeedsTool("node")]
    public void Somebody_elses_key_opens_nothing()
    {
        const string Other = "AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQ4DRWWY";
        var rendered = Render("secret.yaml", File.ReadAllText(Path.Combine(Folder, "secret.yaml")), Other);

        Assert.Equal("app/secret.yaml: the file is encrypted for other keys than the unit's", rendered.Message);
    }

    // The unit gives it a namespace.
    private static JsonNode Placed(JsonNode told)
    {
        told["metadata"]!["namespace"] = "prod";
        return told;
    }

    private Rendered Render(string file, string text, string? key = null)
    {
        foreach (var before in Directory.Exists(repository.At("app")) ? Directory.GetFiles(repository.At("app")) : [])
            File.Delete(before);
        repository.Write($"app/{file}", text);
        repository.Commit();
        Assert.True(GitRevision.Open(repository.Path, "HEAD").TryGet(out var tree));
        Assert.True(
            DecryptionKeys.Read(
                "age",
                new Dictionary<string, string>
                {
                    ["team.agekey"] = key ?? File.ReadAllText(Path.Combine(Folder, "team.agekey")),
                }).TryGet(
                out var keys));
        using (tree)
            return new UnitRenderer(static _ => null)
            {
                SopsProgram = Path.Combine(Folder, "node-sops"),
            }.Render(tree, unit, keys);
    }
}
