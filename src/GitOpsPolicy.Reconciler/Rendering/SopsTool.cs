using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>
/// Decrypts with the <c>sops</c> of this machine: text in, text out, the key in its environment, nothing on disk. Only age keys
/// are used; what a file says about other ways to its key (clouds, a Vault at an address of its own) would have <c>sops</c> ask
/// there, so such a file is refused before, and there is no network for it.
/// </summary>
/// <param name="keys">The keys; null where the unit names none.</param>
/// <param name="program">The program; null for the one on the PATH.</param>
internal sealed class SopsTool(DecryptionKeys? keys, string? program)
{
    private const int MaxOutput = 32 * 1024 * 1024;
    private const string NoNetwork = "http://127.0.0.1:9";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] OtherWays = ["kms", "gcp_kms", "hckms", "azure_kv", "hc_vault", "pgp", "key_groups"];

    private static readonly (string Words, string Message)[] Failures =
    [
        ("no identity matched", "is encrypted for other keys than the unit's"),
        ("MAC mismatch", "has been changed since it was encrypted"),
        ("message authentication failed", "has been changed since it was encrypted"),
        ("incorrect passphrase", "is encrypted for other keys than the unit's"),
        ("sops metadata not found", "says that it is encrypted, and how is missing"),
    ];

    /// <summary>Decrypts one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="metadata">What is under <c>sops</c> in it.</param>
    /// <param name="format"><c>yaml</c> or <c>json</c>.</param>
    /// <param name="isWhole">The text is as it was encrypted, so that it can be told whether it was changed since; a text that
    /// was rendered is not.</param>
    /// <param name="clear">The text in clear.</param>
    /// <returns>Why it cannot be decrypted, as the rest of a sentence about the file; null when it was.</returns>
    public string? Decrypt(
        ReadOnlyMemory<byte> text, MappingNode metadata, string format, bool isWhole, out ReadOnlyMemory<byte> clear)
    {
        clear = default;
        if (keys is null) return "is encrypted, and the unit names no Secret with keys (`spec.render.decryption.secretRef`)";
        if (OtherWays.FirstOrDefault(way => metadata[way] is SequenceNode { Items.Length: > 0 }) is { } way)
            return $"is encrypted by way of `{way}`; only age keys are used here";
        if (program is not { } sops && !Tool.TryFind("sops", out sops)) return "is encrypted, and `sops` is not on the PATH";
        string[] arguments = [
            "--decrypt", "--input-type", format, "--output-type", format, .. isWhole ? Array.Empty<string>() : ["--ignore-mac"],
            "/dev/stdin"
        ];
        var run = new ToolRun(Patience, MaxOutput) { Input = text };
        var result = new Tool(sops, Surroundings(keys)).Run(Path.GetTempPath(), arguments, run);
        clear = result.Output;
        return result.Succeeded ? null : Reason(result);
    }

    private static string Reason(ToolResult result)
    {
        if (result.Stopped is { } stopped)
            return stopped.EndsWith("does not start", StringComparison.Ordinal)
                ? "is encrypted, and `sops` does not start"
                : $"cannot be decrypted: `sops` {stopped}";
        // What else it says may quote what it read.
        return Failures.FirstOrDefault(known => result.ErrorText.Contains(
            known.Words, StringComparison.OrdinalIgnoreCase)).Message
            ?? $"cannot be decrypted: `sops` ends with exit code {result.ExitCode}";
    }

    private static Dictionary<string, string> Surroundings(DecryptionKeys keys) => new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nonexistent",
        ["XDG_CONFIG_HOME"] = "/nonexistent",
        ["LC_ALL"] = "C",
        ["SOPS_AGE_KEY"] = keys.Identities,
        ["SOPS_DECRYPTION_ORDER"] = "age",
        ["HTTP_PROXY"] = NoNetwork,
        ["HTTPS_PROXY"] = NoNetwork,
        ["ALL_PROXY"] = NoNetwork,
    };
}
