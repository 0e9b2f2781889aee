namespace GitOpsPolicy.Reports;

/// <summary>A table in plain text: the first column to the left, the others to the right, as wide as they have to be.</summary>
/// <param name="heads">The heads of the columns.</param>
internal sealed class TextTable(params string[] heads)
{
    private readonly List<string[]> rows = [heads];

    /// <summary>Adds a row; cells that are not given stay empty.</summary>
    public void Add(params string[] cells) =>
        rows.Add([.. cells.Select(SafeText.OneLine), .. Enumerable.Repeat("", heads.Length - cells.Length)]);

    /// <summary>Writes it, heads first.</summary>
    public void Write(TextWriter writer)
    {
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            writer.WriteLine(
                string.Join(
                    "  ",
                    row.Select((cell, column) =>
                        column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
