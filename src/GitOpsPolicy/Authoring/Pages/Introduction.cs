using System.Text;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>What a family's README says in front of its rules.</summary>
internal static class Introduction
{
    /// <summary>
    /// The README without the table that lists the rules, its first column headed <c>rule</c>: a page has its own.
    /// </summary>
    public static string Of(string readme)
    {
        var text = new StringBuilder();
        var isRules = false;
        foreach (var line in readme.TrimEnd('\n').Split('\n'))
        {
            isRules = line.StartsWith('|') && (isRules || line.Split('|')[1].Trim() == "rule");
            var followsEmpty = text.Length == 0 || (text.Length > 1 && text[^1] == '\n' && text[^2] == '\n');
            if (!isRules && !(line.Length == 0 && followsEmpty)) text.Append(line).Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
