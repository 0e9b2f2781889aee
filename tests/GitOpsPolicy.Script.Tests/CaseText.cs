using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GitOpsPolicy.Script.Tests;

/// <summary>
/// Reads JSON strings of case files with lone surrogates in them, which the JSON reader of the platform refuses.
/// </summary>
internal static class CaseText
{
    public static string Text(this JsonElement element)
    {
        var raw = element.GetRawText();
        if (element.ValueKind != JsonValueKind.String) throw new InvalidDataException($"not a string: {raw}");
        if (!raw.Contains('\\', StringComparison.Ordinal)) return raw[1..^1];
        var text = new StringBuilder();
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append("\"\\/\b\f\n\r\t"["\"\\/bfnrt".IndexOf(raw[i])]);
            }
        }

        return text.ToString();
    }
}
