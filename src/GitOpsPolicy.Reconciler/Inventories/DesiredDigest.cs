using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Inventories;

/// <summary>
/// What tells whether Git says something else of an object than when it was written. Sensitive values are left out, since a short
/// one could be guessed from its digest; whether those have changed only the revisions tell.
/// </summary>
public static class DesiredDigest
{
    /// <summary>32 hex digits over the object as Git has it.</summary>
    public static string Of(Manifest manifest)
    {
        var text = NodeWriter.ToJson(manifest.Object, writeSensitive: false);
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{manifest.Id.ApiVersion}\n{manifest.Id.Namespace}\n{text}")).AsSpan(0, 16));
    }

    /// <summary>Something in it is sensitive, so that the digest alone does not tell.</summary>
    public static bool LeavesOut(Node node) => node.HoldsSensitive;
}
