using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Connection strings that carry a password beside the server it is for: ADO.NET and ODBC (<c>Server=…;Password=…</c>), libpq
/// (<c>host=… password=…</c>), JDBC and other URLs (<c>?user=…&amp;password=…</c>), Oracle's <c>thin:user/password@host</c>.
/// </summary>
internal static class ConnectionStrings
{
    /// <summary>How far from the password the server or the user may stand.</summary>
    private const int Reach = 400;

    private const int LongestPassword = 200;

    private static readonly SearchValues<string> Company = SearchValues.Create(
        [
            "server=", "data source=", "datasource=", "host=", "hostname=", "user id=", "userid=", "uid=", "username=", "user=",
            "database=", "dbname=", "initial catalog=", "jdbc:", "endpoint=", ".windows.net,", ":6379", ":6380"
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(";&,\"'`<> \t\r\n)");

    /// <summary>The password of a connection string, at its <c>assword=</c> or <c>pwd=</c>.</summary>
    public static TokenHit? Password(string text, int at, string? key)
    {
        var isWhole = text[at] is 'a' or 'A';
        var start = isWhole ? at - 1 : at;
        if (start < 0
            || (isWhole && text[start] is not ('p' or 'P'))
            || (start > 0 && text[start - 1] is not (';' or '&' or '?' or ',' or ' ' or '"' or '\'')))
            return null;
        var value = text.IndexOf('=', at) + 1;
        var password = Take(text, value);
        return password.Length == 0 || !HasCompany(text, start)
            ? null
            : Passwords.Judge(password, "connection-string", "a connection string with a password in it");
    }

    /// <summary>Oracle's short form, at its <c>thin:</c>.</summary>
    public static TokenHit? OracleThin(string text, int at, string? key)
    {
        var rest = text.AsSpan(at + 5, Math.Min(text.Length - at - 5, LongestPassword));
        var (slash, sign) = (rest.IndexOf('/'), rest.IndexOf('@'));
        if (slash <= 0 || sign <= slash + 1 || rest[..sign].ContainsAny(" \t\r\n")) return null;
        return Passwords.Judge(
            rest[(slash + 1)..sign].ToString(), "connection-string", "a connection string with a password in it");
    }

    private static string Take(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(text.Length - at, LongestPassword));
        if (rest is ['"' or '\'' or '{', ..])
        {
            var close = rest[1..].IndexOf(rest[0] == '{' ? '}' : rest[0]);
            return close < 0 ? "" : rest.Slice(1, close).ToString();
        }

        var end = rest.IndexOfAny(ValueEnds);
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    private static bool HasCompany(string text, int at)
    {
        var from = Math.Max(0, at - Reach);
        return text.AsSpan(from, Math.Min(text.Length, at + Reach) - from).ContainsAny(Company);
    }
}
