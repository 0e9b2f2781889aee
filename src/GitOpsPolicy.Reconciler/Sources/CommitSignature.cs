using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Whether a commit was signed with one of some keys. Git asks <c>ssh-keygen</c> or <c>gpg</c>; either knows these keys and no
/// others: not those of this machine, and none that the repository brings.
/// </summary>
internal static class CommitSignature
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] SshKeyTypes = ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-ed25519@", "sk-ecdsa-sha2-"];

    /// <summary>The name of the key that signed the commit, or why none did.</summary>
    public static async Task<(string? Signer, string Reason)> VerifyAsync(
        FetchJob job, string mirror, string commit, CancellationToken cancellation)
    {
        using var folder = PrivateFolder.Create(job.PrivateFolders);
        using var git = GitCall.Offline(job.Executable);
        var read = await git.RunAsync(mirror, Patience, ["cat-file", "commit", commit], cancellation);
        var kind = KindOf(read.OutputText);
        if (kind is null) return (null, "is not signed");
        if (await TryTeachAsync(kind, job.Credentials.SigningKeys, folder, cancellation) is { } missing) return (null, missing);
        using var verifier = GitCall.Offline(job.Executable, Environment(folder));
        var verified = await verifier.RunAsync(mirror, Patience,
            ["-c", "gpg.ssh.allowedSignersFile=" + Path.Combine(folder.Path, "signers"), "verify-commit", "--raw", commit],
            cancellation);
        return verified.Succeeded
            ? (SignerIn(verified.ErrorText), "")
            : (null, "is signed with none of the keys that may sign, or was changed afterwards");
    }

    // The headers of a commit end at the first empty line; what follows is the author's.
    private static string? KindOf(string commit)
    {
        var end = commit.IndexOf("\n\n", StringComparison.Ordinal);
        var header = end < 0 ? commit : commit[..end];
        if (!header.Contains("\ngpgsig ", StringComparison.Ordinal)) return null;
        return header.Contains("BEGIN SSH SIGNATURE", StringComparison.Ordinal) ? "ssh" : "openpgp";
    }

    private static async Task<string?> TryTeachAsync(
        string kind, ImmutableArray<SigningKey> keys, PrivateFolder folder, CancellationToken cancellation)
    {
        if (kind == "ssh")
        {
            var signers = keys.SelectMany(static key => SshLines(key)).ToList();
            folder.Write("signers", string.Join('\n', signers) + "\n");
            return signers.Count > 0 ? null : "is signed with an ssh key, and none is among the keys that may sign";
        }

        folder.Write("signers", "");
        var armored = keys.Where(static key => key.Text.Contains("BEGIN PGP PUBLIC KEY BLOCK", StringComparison.Ordinal))
            .ToList();
        if (armored.Count == 0) return "is signed with an OpenPGP key, and none is among the keys that may sign";
        if (!Tool.TryFind("gpg", out var gpg)) return "is signed with an OpenPGP key, and `gpg` is not on the PATH";
        var file = folder.Write("keys.asc", string.Join('\n', armored.Select(static key => key.Text)));
        var imported = await new Tool(gpg, Environment(folder)).RunAsync(
            folder.Path, ["--batch", "--no-autostart", "--import", file], new(Patience, 1 << 20), cancellation);
        return imported.Succeeded ? null : "is signed with an OpenPGP key, and the keys that may sign cannot be read";
    }

    // ssh-keygen(1), ALLOWED SIGNERS: principals, options, key.
    private static IEnumerable<string> SshLines(SigningKey key) =>
        from line in key.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length >= 2 && SshKeyTypes.Any(type => words[0].StartsWith(type, StringComparison.Ordinal))
        select $"{string.Concat(key.Name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'))} namespaces=\"git\" {words[0]} {words[1]}";

    private static Dictionary<string, string> Environment(PrivateFolder folder) =>
        new(StringComparer.Ordinal) { ["GNUPGHOME"] = folder.Path, ["HOME"] = folder.Path, ["LC_ALL"] = "C" };

    // `Good "git" signature for NAME with …` of ssh-keygen, `[GNUPG:] GOODSIG ID NAME` of gpg.
    private static string SignerIn(string said)
    {
        foreach (var line in said.Split('\n'))
        {
            var words = line.Trim().Split(' ');
            if (words is ["Good", _, "signature", "for", var name, ..]) return name;
            if (words is ["[GNUPG:]", "VALIDSIG", var print, ..]) return print;
        }

        return "a key that may sign";
    }
}
