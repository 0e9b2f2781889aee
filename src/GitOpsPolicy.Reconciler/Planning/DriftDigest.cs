using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Reconciler.Planning;

/// <summary>
/// What a decision about drift is bound to: the object, how it departs, and where, with the values that may be shown.
/// </summary>
internal static class DriftDigest
{
    /// <summary><c>sha256:…</c>.</summary>
    public static string Of(PassObject one, DriftSight seen)
    {
        var text = new StringBuilder().Append(one.Id.Canonical)
            .Append('\n')
            .Append(seen.Kind)
            .Append('\n')
            .Append(one.LiveUid)
            .Append('\n');
        foreach (var place in seen.Places.OrderBy(static place => place.Path, StringComparer.Ordinal))
            text.Append(place.Path)
                .Append('=')
                .Append(place.Live is null ? "" : NodeWriter.ToJson(place.Live, writeSensitive: false))
                .Append('\n');
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
