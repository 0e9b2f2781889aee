using System.Text;
using GitOpsPolicy.Fixing;

namespace GitOpsPolicy.Reports;

/// <summary>Writes what fixes do to files as a patch that <c>git apply</c> and <c>patch -p1</c> take.</summary>
/// <remarks>The form is that of GNU diff's unified format with the headers of <c>git diff</c> (git-diff documentation,
/// “Generating patch text with -p”).</remarks>
public static class UnifiedDiff
{
    /// <summary>Unchanged lines that are shown on either side of what changes.</summary>
    public const int Context = 3;

    /// <summary>Writes the patch of some files; nothing for none.</summary>
    public static void Write(IEnumerable<FixedFile> files, TextWriter writer)
    {
        foreach (var file in files) Write(file, writer);
    }

    private static void Write(FixedFile file, TextWriter writer)
    {
        string[] before = [.. LinesOf(file.Before)], after = [.. LinesOf(file.After)];
        var (old, @new) = (Quote("a/" + file.Name), Quote("b/" + file.Name));
        writer.Write($"diff --git {old} {@new}\n--- {Ended(old)}\n+++ {Ended(@new)}\n");
        foreach (var hunk in Hunks(before, after)) hunk.Write(before, after, writer);
    }

    // A name with a space would end there for `patch`, but for a tab behind it.
    private static string Ended(string name) => name.Contains(' ') ? name + "\t" : name;

    // As C writes a text; other characters than these stand as they are.
    private static string Quote(string name)
    {
        if (!name.Any(static c => char.IsControl(c) || c is '"' or '\\')) return name;
        var quoted = new StringBuilder("\"");
        foreach (var value in Encoding.UTF8.GetBytes(name))
            quoted.Append(value is (byte)'"' or (byte)'\\' ? "\\" + (char)value
                : value is >= 0x20 and < 0x7f ? ((char)value).ToString()
                : "\\" + Convert.ToString(value, 8).PadLeft(3, '0'));
        return quoted.Append('"').ToString();
    }

    private static IEnumerable<string> LinesOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
            yield return text[at..end];
            at = end;
        }
    }

    private static List<Hunk> Hunks(string[] before, string[] after)
    {
        var hunks = new List<Hunk>();
        foreach (var part in LineDifference.Between(before, after))
        {
            if (hunks.Count > 0 && part.Before - hunks[^1].Parts[^1].BeforeEnd <= 2 * Context) hunks[^1].Parts.Add(part);
            else hunks.Add(new([part]));
        }

        return hunks;
    }

    private sealed record Hunk(List<LinePart> Parts)
    {
        public void Write(string[] before, string[] after, TextWriter writer)
        {
            var (first, last) = (Parts[0], Parts[^1]);
            var lead = Math.Min(Context, first.Before);
            var (from, to) = (first.Before - lead, Math.Min(before.Length, last.BeforeEnd + Context));
            var (newFrom, newTo) = (first.After - lead, last.AfterEnd + (to - last.BeforeEnd));
            writer.Write($"@@ -{Range(from, to)} +{Range(newFrom, newTo)} @@\n");
            var at = from;
            foreach (var part in Parts)
            {
                WriteLines(' ', before[at..part.Before], writer);
                WriteLines('-', before[part.Before..part.BeforeEnd], writer);
                WriteLines('+', after[part.After..part.AfterEnd], writer);
                at = part.BeforeEnd;
            }

            WriteLines(' ', before[at..to], writer);
        }

        // A stretch without lines is told by the line before it.
        private static string Range(int from, int to) => to == from ? $"{from},0" : $"{from + 1},{to - from}";

        private static void WriteLines(char sign, string[] lines, TextWriter writer)
        {
            foreach (var line in lines)
            {
                writer.Write(sign);
                writer.Write(line);
                if (!line.EndsWith('\n')) writer.Write("\n\\ No newline at end of file\n");
            }
        }
    }
}
