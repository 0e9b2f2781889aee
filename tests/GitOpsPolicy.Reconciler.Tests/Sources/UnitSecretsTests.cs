using System.Text;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

public sealed class UnitSecretsTests
{
    private readonly Unit unit = new()
    {
        Key = new("team", "app"),
        Source = new() { Url = "https://host.example.com/r", SecretName = "git", SigningKeysSecretName = "signers" },
    };

    [Fact]
    public async Task Secrets_are_read_from_the_namespace_of_the_unit()
    {
        await using var server = await StartAsync(
            "team", ("git", "bearerToken", "t0ken"), ("signers", "kim", "ssh-ed25519 AAAA"),
            ("age", "team.agekey", "AGE-SECRET-KEY-1X"), ("cloud", "CLOUD_TOKEN", "x"));
        using var client = server.ClientOf("engine");
        var secrets = new UnitSecrets(client);

        Assert.True((await secrets.CredentialsOfAsync(unit, default)).TryGet(out var credentials));
        Assert.Equal(("Bearer t0ken", "kim"), (credentials.Authorization, Assert.Single(credentials.SigningKeys).Name));
        Assert.True(
            (await secrets.DecryptionOfAsync(unit with { Render = new() { DecryptionSecretName = "age" } }, default))!.TryGet(
                out var keys));
        Assert.Equal("AGE-SECRET-KEY-1X", keys.Identities);
        Assert.True(
            (await secrets.EnvironmentOfAsync(
                unit with { Terraform = new() { EnvironmentSecretName = "cloud" } }, default)).TryGet(
                out var variables));
        Assert.Equal("x", variables["CLOUD_TOKEN"]);
    }

    [Fact]
    public async Task Secrets_of_other_namespaces_are_out_of_reach()
    {
        await using var server = await StartAsync(
            "other", ("git", "bearerToken", "t0ken"), ("signers", "kim", "ssh-ed25519 AAAA"));
        using var client = server.ClientOf("engine");

        Assert.Equal(
            "there is no Secret `team/git`",
            (await new UnitSecrets(client).CredentialsOfAsync(unit, default)).Problems[0].Message);
    }

    [Fact]
    public async Task A_unit_that_names_no_Secret_has_none()
    {
        await using var server = await FakeApiServer.StartAsync();
        using var client = server.ClientOf("engine");
        var plain = unit with { Source = new() { Url = "https://host.example.com/r" } };
        var secrets = new UnitSecrets(client);

        Assert.True((await secrets.CredentialsOfAsync(plain, default)).TryGet(out var credentials));
        Assert.Same(GitCredentials.None, credentials);
        Assert.Null(await secrets.DecryptionOfAsync(plain, default));
        Assert.True((await secrets.EnvironmentOfAsync(plain, default)).TryGet(out var variables));
        Assert.Empty(variables);
    }

    private static async Task<FakeApiServer> StartAsync(string place, params (string Name, string Key, string Value)[] secrets)
    {
        var server = await FakeApiServer.StartAsync();
        using var client = server.ClientOf("admin");
        await client.CreateAsync(
            new("", "v1", "namespaces", "Namespace", IsNamespaced: false), null,
            Kubernetes.Tests.Sample.Object($"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {place}}}\n"), null, default);
        foreach (var (name, key, value) in secrets)
        {
            var body = $"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {place}}}\ndata: {{{key}: {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}}}\n";
            await client.CreateAsync(
                new("", "v1", "secrets", "Secret", IsNamespaced: true), place, Kubernetes.Tests.Sample.Object(body), null,
                default);
        }

        return server;
    }
}
