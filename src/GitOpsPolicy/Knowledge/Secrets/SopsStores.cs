using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// SOPS files as the text of a value, which Flux and KSOPS decrypt: YAML, JSON and the binary store (JSON with one <c>data</c>)
/// by their tree, dotenv and INI by their lines (<c>sops_mac=…</c>, or a section <c>[sops]</c>).
/// </summary>
internal static class SopsStores
{
    private const int LongestText = 1024 * 1024;

    /// <summary>Whether a text is a SOPS file that is encrypted throughout; null when it is none.</summary>
    public static bool? IsEncrypted(string text)
    {
        if (text.Length is < 40 or > LongestText
            || !text.Contains("sops", StringComparison.Ordinal)
            || !text.Contains("ENC[AES256_GCM,", StringComparison.Ordinal))
            return null;
        if (text.Contains("\nsops_", StringComparison.Ordinal) || text.StartsWith("sops_", StringComparison.Ordinal))
            return AreLinesEncrypted(text, "sops_", "sops_mac");
        if (text.Contains("[sops]", StringComparison.Ordinal))
            return AreLinesEncrypted(text[..text.IndexOf("[sops]", StringComparison.Ordinal)], null, null);
        var bytes = Encoding.UTF8.GetBytes(text);
        var read = YamlReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default);
        if (!read.TryGet(out var stream) || stream.Documents is not [var document]) return null;
        var state = Sops.Check(document.Root);
        return state.IsPresent ? state.IsEncrypted : null;
    }

    // A comment is encrypted too, as `#ENC[…]`; a clear one may hold what it explains.
    private static bool AreLinesEncrypted(string text, string? metadata, string? mac)
    {
        var hasMac = mac is null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] is '#' or ';' or '[') continue;
            var equals = trimmed.IndexOf('=');
            if (equals < 0) return false;
            var name = trimmed[..equals].Trim();
            if (mac is not null && name.SequenceEqual(mac)) hasMac = true;
            if (metadata is not null && name.StartsWith(metadata)) continue;
            var value = trimmed[(equals + 1)..].Trim().Trim("\"'");
            if (!value.IsEmpty && !name.EndsWith("_unencrypted") && !Sops.IsEncrypted(value.ToString())) return false;
        }

        return hasMac;
    }
}
