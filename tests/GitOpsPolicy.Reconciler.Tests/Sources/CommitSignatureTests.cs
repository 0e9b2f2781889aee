using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

public sealed class CommitSignatureTests : IDisposable
{
    private readonly MirrorFixture fixture = new();

    private GitSource Signed => fixture.Source with { SigningKeysSecretName = "keys" };

    public void Dispose() => fixture.Dispose();

    [NeedsTool("ssh-keygen")]
    public async Task A_commit_that_a_named_key_has_signed_is_given_with_the_name_of_the_key()
    {
        var key = MakeKey("team");
        var commit = SignWithSsh("team", "one");
        var fetched = await fixture.FetchAsync(source: Signed, credentials: Keys(("kim", key)));

        using (fetched.Tree) Assert.Equal((commit, "kim"), (fetched.Commit, fetched.SignedBy));
    }

    [NeedsTool("ssh-keygen")]
    public async Task A_commit_of_another_key_is_refused()
    {
        MakeKey("team");
        SignWithSsh("team", "one");
        var failed = await fixture.FailAsync(Signed, Keys(("kim", MakeKey("other"))));

        Assert.Equal((FetchFault.Unsigned, "verify"), (failed.Fault, failed.Stage));
        Assert.EndsWith(
            "is signed with none of the keys that may sign, or was changed afterwards", failed.Message, StringComparison.Ordinal);
    }

    [NeedsTool("ssh-keygen")]
    public async Task A_commit_that_nobody_signed_is_refused_whatever_its_message_says()
    {
        fixture.Origin.Write("a.yaml", "one").Commit("gpgsig -----BEGIN SSH SIGNATURE-----");

        Assert.EndsWith(
            "is not signed", (await fixture.FailAsync(Signed, Keys(("kim", MakeKey("team"))))).Message, StringComparison.Ordinal);
    }

    [NeedsTool("ssh-keygen")]
    public async Task A_signature_of_another_commit_does_not_count()
    {
        var key = MakeKey("team");
        SignWithSsh("team", "one");
        var text = fixture.Origin.Git("cat-file", "commit", "HEAD");
        fixture.Origin.Write("forged", text.Replace("signed", "forged", StringComparison.Ordinal));
        var forged = fixture.Origin.Git("hash-object", "-t", "commit", "-w", "forged").Trim();
        fixture.Origin.Git("update-ref", "refs/heads/main", forged);

        Assert.Equal(FetchFault.Unsigned, (await fixture.FailAsync(Signed, Keys(("kim", key)))).Fault);
    }

    [NeedsTool("ssh-keygen")]
    public async Task A_signature_that_was_made_for_something_else_does_not_count()
    {
        var key = MakeKey("team");
        fixture.Origin.Write("a.yaml", "one").Commit();
        var text = fixture.Origin.Git("cat-file", "commit", "HEAD");
        fixture.Origin.Write("text", text).Run("ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", "team", "text");
        var signature = File.ReadAllText(fixture.Origin.At("text.sig")).TrimEnd().Replace("\n", "\n ", StringComparison.Ordinal);
        fixture.Origin.Write("forged", text.Replace("\n\n", $"\ngpgsig {signature}\n\n", StringComparison.Ordinal));
        fixture.Origin.Git(
            "update-ref", "refs/heads/main", fixture.Origin.Git("hash-object", "-t", "commit", "-w", "forged").Trim());

        Assert.Equal(FetchFault.Unsigned, (await fixture.FailAsync(Signed, Keys(("kim", key)))).Fault);
    }

    [Fact]
    public async Task Where_no_key_is_named_nothing_is_taken()
    {
        fixture.Origin.Write("a.yaml", "one").Commit();
        var failed = await fixture.FailAsync(Signed);

        Assert.Equal(
            (FetchFault.Unsigned, "the Secret `keys` holds no key that could have signed a commit"),
            (failed.Fault, failed.Message));
    }

    [NeedsTool("gpg")]
    public async Task A_commit_that_an_OpenPGP_key_has_signed_is_given_and_one_of_another_key_is_not()
    {
        var (home, key) = MakeOpenPgpKey("kim");
        var (_, other) = MakeOpenPgpKey("alex");
        fixture.Origin.Write("a.yaml", "one").Commit();
        fixture.Origin.Run(
            "env", "GNUPGHOME=" + home, "git", "-c", "user.name=t", "-c", "user.email=kim@example.com", "-c",
            "user.signingKey=kim@example.com", "commit", "-q", "--allow-empty", "-S", "-m", "signed");
        var fetched = await fixture.FetchAsync(source: Signed, credentials: Keys(("kim", key)));

        using (fetched.Tree) Assert.Equal(40, fetched.SignedBy?.Length);
        Assert.Equal(FetchFault.Unsigned, (await fixture.FailAsync(Signed, Keys(("alex", other)))).Fault);
    }

    private static GitCredentials Keys(params (string Name, string Text)[] keys) =>
        GitCredentials.None.WithSigningKeys(keys.ToDictionary(static key => key.Name, static key => key.Text));

    private string MakeKey(string name)
    {
        Directory.CreateDirectory(fixture.Origin.Path);
        fixture.Origin.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "somebody", "-f", name);
        return File.ReadAllText(fixture.Origin.At(name + ".pub"));
    }

    private string SignWithSsh(string key, string text)
    {
        fixture.Origin.Write("a.yaml", text).Commit();
        fixture.Origin.Git(
            "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "gpg.format=ssh", "-c",
            "user.signingKey=" + fixture.Origin.At(key), "commit", "-q", "--allow-empty", "-S", "-m", "signed");
        return fixture.Origin.Git("rev-parse", "HEAD").Trim();
    }

    // The path of an agent's socket is short.
    private (string Home, string Key) MakeOpenPgpKey(string name)
    {
        var home = fixture.Origin.At("." + name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(home);
        else Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] gpg = ["GNUPGHOME=" + home, "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", ""];
        fixture.Origin.Run("env", [.. gpg, "--quick-gen-key", $"{name}@example.com", "ed25519", "sign", "never"]);
        return (home, fixture.Origin.Run("env", [.. gpg, "--armor", "--export", $"{name}@example.com"]));
    }
}
