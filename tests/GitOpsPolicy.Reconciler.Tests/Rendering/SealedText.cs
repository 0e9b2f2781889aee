using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Reconciler.Tests.Rendering;

/// <summary>Files as <c>fake-sops</c> has them.</summary>
internal static class SealedText
{
    public const string Key = "AGE-SECRET-KEY-1team";

    public static string Value(string clear) =>
        $"ENC[AES256_GCM,data:{Convert.ToBase64String(Encoding.UTF8.GetBytes(clear))},iv:AAAA,tag:AAAA,type:str]";

    /// <summary>A Secret with one value that is encrypted.</summary>
    public static string Secret(string name, string value, string way = "age", string? sealedValue = null) => $"""
        apiVersion: v1
        kind: Secret
        metadata:
          name: {name}
        stringData:
          password: {Value(value)}
        sops:
          {way}:
            - recipient: age1team
              enc: x
          lastmodified: "2026-03-31T12:00:00Z"
          mac: {Value(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sealedValue ?? value))))}
          encrypted_regex: ^(data|stringData)$
          version: 3.9.0

        """;
}
