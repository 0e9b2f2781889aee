using System.Collections.Immutable;
using System.Text;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// Warnings of the API server: <c>Warning: 299 - "text"</c> headers (RFC 7234, section 5.5), by which it tells of deprecated
/// versions, unknown fields and what admission webhooks warn about.
/// </summary>
internal static class WarningHeaders
{
    /// <summary>The texts, in order.</summary>
    public static ImmutableArray<string> Read(HttpResponseMessage response) =>
        [.. response.Headers.Warning.Where(static warning => warning.Code == 299)
            .Select(static warning => Unquote(warning.Text))];

    private static string Unquote(string quoted)
    {
        var inner = quoted.AsSpan(1, quoted.Length - 2);
        var text = new StringBuilder(inner.Length);
        for (var at = 0; at < inner.Length; at++)
        {
            if (inner[at] == '\\' && at + 1 < inner.Length) at++;
            text.Append(inner[at]);
        }

        return text.ToString();
    }
}
