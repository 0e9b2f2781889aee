using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>SOPS: recognises encrypted values and checks a file leaf by leaf.</summary>
internal static class Sops
{
    private const string Start = "ENC[AES256_GCM,data:";

    /// <summary>The text starts like an encrypted value, sound or not.</summary>
    public static bool LooksEncrypted(string text) => text.StartsWith("ENC[AES256_GCM,", StringComparison.Ordinal);

    /// <summary>The text is an encrypted value with sound parts: base64 data, 32 bytes of IV, 16 bytes of tag.</summary>
    public static bool IsEncrypted(string text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal) || text[^1] != ']') return false;
        var parts = text[Start.Length..^1].Split(',');
        return parts.Length == 4
            && IsBase64(parts[0], null)
            && parts[1].StartsWith("iv:", StringComparison.Ordinal) && IsBase64(parts[1][3..], 32)
            && parts[2].StartsWith("tag:", StringComparison.Ordinal) && IsBase64(parts[2][4..], 16)
            && parts[3] is "type:str" or "type:int" or "type:float" or "type:bytes" or "type:bool" or "type:comment";
    }

    /// <summary>Checks a whole document.</summary>
    public static SopsState Check(Node? root)
    {
        var check = new SopsCheck(root);
        if (root is not MappingNode mapping) return check.State(false);
        if (mapping["sops"] is not MappingNode metadata)
        {
            check.FindLost(mapping);
            return check.State(false);
        }

        check.Run(mapping, metadata);
        return check.State(true);
    }

    private static bool IsBase64(string text, int? bytes)
    {
        if (text.Length == 0) return bytes is null;
        var buffer = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, buffer, out var length) && (bytes is null || length == bytes);
    }
}
