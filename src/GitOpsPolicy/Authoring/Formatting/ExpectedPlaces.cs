using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Authoring.Formatting;

/// <summary>
/// Keeps the <c>line</c> and <c>column</c> that a rule test expects true: they are places of the test file itself, and formatting
/// moves what stands there.
/// </summary>
internal static class ExpectedPlaces
{
    /// <summary>Rewrites the places of a printed document.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="document">The document, printed once.</param>
    /// <param name="linesAbove">Lines of the file above the document, before formatting and after.</param>
    /// <returns>Why it cannot be done; null when it was.</returns>
    public static Problem? Follow(SourceFile file, WrittenDocument document, (int Before, int After) linesAbove)
    {
        if ((document.Root["kind"] as WrittenScalar)?.Text != "RuleTest"
            || (document.Root["spec"] as WrittenMapping)?["cases"] is not { } cases)
            return null;
        foreach (var testCase in MappingsOf(cases))
        {
            var nodes = new[] { testCase["change"], testCase["changes"] }.OfType<WrittenNode>()
                .SelectMany(MappingsOf)
                .SelectMany(Objects)
                .SelectMany(Nodes)
                .ToList();
            foreach (var expected in testCase["expect"] is { } expect ? MappingsOf(expect) : [])
                if (Follow(expected, nodes, linesAbove) is { } line) return Apart(file, line, linesAbove.Before);
        }

        return null;
    }

    // The scalar that names a line whose values would no longer stand on one; null when all is well.
    private static WrittenScalar? Follow(WrittenMapping expected, List<WrittenNode> nodes, (int Before, int After) linesAbove)
    {
        if (expected["file"] is not null || !TryGet(expected["line"], out var line, out var number)) return null;
        var hasColumn = TryGet(expected["column"], out var column, out var at);
        var there = nodes
            .Where(node => node.Position.Line == number - linesAbove.Before && (!hasColumn || node.Position.Column == at))
            .ToList();
        if (there.Count == 0) return null;
        if (!hasColumn && there.Select(node => node.Printed.Line).Distinct().Count() > 1) return line;
        line.Text = (there[^1].Printed.Line + linesAbove.After).ToString(CultureInfo.InvariantCulture);
        if (hasColumn) column.Text = there[^1].Printed.Column.ToString(CultureInfo.InvariantCulture);
        return null;
    }

    private static bool TryGet(WrittenNode? node, out WrittenScalar scalar, out int number)
    {
        number = 0;
        scalar = (node as WrittenScalar)!;
        return scalar is { Style: WrittenStyle.Plain }
            && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static Problem Apart(SourceFile file, WrittenScalar line, int linesBefore) => new(
        new(file.Path, line.Position.Line + linesBefore, line.Position.Column),
        $"line {line.Text} would be several lines, so the file is left alone", "expect a `column` or `pointer` too");

    private static IEnumerable<WrittenMapping> MappingsOf(WrittenNode node) =>
        node is WrittenList list
            ? list.Elements.Select(element => element.Value).OfType<WrittenMapping>()
            : [.. new[] { node }.OfType<WrittenMapping>()];

    private static IEnumerable<WrittenNode> Objects(WrittenMapping change) =>
        new[] { change["before"], change["after"] }.OfType<WrittenNode>();

    private static IEnumerable<WrittenNode> Nodes(WrittenNode node)
    {
        if (node is WrittenCollection collection)
            foreach (var item in collection.Items)
            {
                if (item is WrittenEntry entry) yield return entry.Key;
                foreach (var inner in Nodes(item.Value)) yield return inner;
            }

        yield return node;
    }
}
