using System.Buffers;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Texts that stand for a secret without being one: references that a tool resolves later, samples, and words to be replaced.
/// </summary>
internal static class Placeholders
{
    private static readonly SearchValues<string> Opens = SearchValues.Create(
        [.. NameTable.References.Select(pair => pair.Open).Where(open => open != "<")], StringComparison.Ordinal);
    private static readonly SearchValues<char> PieceEnds = SearchValues.Create("/:@.?&=,; \t\r\n\"'<>(){}|-_");
    private static readonly SearchValues<char> VariableCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>
    /// A text that a tool replaces by a secret later, or a word that a person has to replace: <c>${TOKEN}</c>, <c>{{ .Values.x
    /// }}</c>, <c>&lt;path:kv/data/db#password&gt;</c>, <c>vault:secret/data/x#y</c>, <c>ref+vault://x</c>,
    /// <c>op://vault/item/field</c>, <c>ENC[AES256_GCM,…]</c>, <c>changeme</c>. A text that holds a secret beside the reference
    /// is none.
    /// </summary>
    public static bool IsPlaceholder(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty) return true;
        if (IsReference(text)) return !HoldsLiteral(text);
        return trimmed.Length <= 40
            && (trimmed.ContainsAny(NameTable.Samples) || SaysExample(trimmed) || IsOneCharacter(trimmed));
    }

    /// <summary>A text that a tool replaces later, or parts of it.</summary>
    public static bool IsReference(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed is ['<', .., '>']) return true;
        return HoldsMarks(trimmed) || StartsAsReference(trimmed) || Sops.LooksEncrypted(text);
    }

    /// <summary>
    /// A line that Argo CD Vault Plugin fills somewhere within: <c>postgres://app:&lt;path:kv/data/db#password&gt;@db/app</c>.
    /// </summary>
    public static bool IsFilledByVaultPlugin(string text)
    {
        var open = text.IndexOf("<path:", StringComparison.Ordinal);
        return open >= 0 && text.IndexOf('>', open) > open && !text.Contains('\n') && !HoldsLiteral(text);
    }

    /// <summary>A token from documentation: it says so, or hardly varies.</summary>
    public static bool IsSample(ReadOnlySpan<char> token)
    {
        if (token.ContainsAny(NameTable.Samples) || token.Contains("example", StringComparison.OrdinalIgnoreCase)) return true;
        return token.Length >= 16 && CountDistinct(token) < 8;
    }

    /// <summary>A password that everybody knows.</summary>
    public static bool IsWellKnown(string password) => NameTable.WellKnown.Contains(password);

    // `hunter2-Xk29Sq${ENV}`: what stands outside the marks is made like a secret itself.
    private static bool HoldsLiteral(string text)
    {
        var rest = text.AsSpan();
        if (rest.Length > 1024 || Sops.LooksEncrypted(text)) return false;
        while (!rest.IsEmpty)
        {
            var (open, length) = NextSpan(rest);
            if (HoldsSecretPiece(open < 0 ? rest : rest[..open])) return !StartsAsReference(text.AsSpan().Trim());
            rest = open < 0 ? [] : rest[(open + length)..];
        }

        return false;
    }

    private static (int At, int Length) NextSpan(ReadOnlySpan<char> text)
    {
        var (at, length) = (-1, 0);
        foreach (var (open, close) in NameTable.References)
        {
            var start = text.IndexOf(open);
            if (start < 0 || (at >= 0 && start >= at)) continue;
            var end = text[(start + open.Length)..].IndexOf(close);
            if (end >= 0) (at, length) = (start, open.Length + end + close.Length);
        }

        return (at, length);
    }

    private static bool HoldsSecretPiece(ReadOnlySpan<char> text)
    {
        foreach (var range in text.SplitAny(PieceEnds))
        {
            var piece = text[range];
            if (piece.Length >= 8 && ValueShape.IsMixed(piece)) return true;
        }

        return false;
    }

    private static bool HoldsMarks(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(Opens)) return false;
        foreach (var (open, close) in NameTable.References)
        {
            var start = open == "<" ? -1 : text.IndexOf(open);
            if (start >= 0 && text[(start + open.Length)..].Contains(close, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool StartsAsReference(ReadOnlySpan<char> text)
    {
        foreach (var start in NameTable.ReferenceStarts)
            if (text.StartsWith(start, StringComparison.Ordinal)) return start != "$" || IsVariable(text[1..]);
        return false;
    }

    // `$DB_PASSWORD`, or the hash that crypt(3) writes: `$2y$10$…`.
    private static bool IsVariable(ReadOnlySpan<char> text) =>
        text.Contains('$') || !text.ContainsAnyExcept(VariableCharacters) || !text.ContainsAnyExceptInRange('a', 'z');

    // `db.example.com` is a host of documentation, not a word to be replaced.
    private static bool SaysExample(ReadOnlySpan<char> text) =>
        text.Contains("example", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("example.", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneCharacter(ReadOnlySpan<char> text) => text.Length > 2 && !text.ContainsAnyExcept(text[0]);

    private static int CountDistinct(ReadOnlySpan<char> text)
    {
        UInt128 seen = 0;
        foreach (var c in text)
            if (c < 128) seen |= UInt128.One << c;
        return (int)UInt128.PopCount(seen);
    }
}
