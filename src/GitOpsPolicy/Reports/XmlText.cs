using System.Xml;

namespace GitOpsPolicy.Reports;

/// <summary>
/// Text made fit for XML 1.0, which has no place for control characters, lone surrogates, U+FFFE and U+FFFF, not even escaped.
/// </summary>
internal static class XmlText
{
    /// <summary>The text on one line; what XML cannot hold is shown as <c>\u{1b}</c> or U+FFFD.</summary>
    public static string OneLine(string text)
    {
        var safe = SafeText.OneLine(text);
        for (var i = 0; i < safe.Length; i++)
        {
            if (XmlConvert.IsXmlChar(safe[i])) continue;
            if (i + 1 < safe.Length && XmlConvert.IsXmlSurrogatePair(safe[i + 1], safe[i])) i++;
            else safe = string.Concat(safe.AsSpan(0, i), "\uFFFD", safe.AsSpan(i + 1));
        }

        return safe;
    }
}
