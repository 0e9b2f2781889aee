using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>
/// Pages about rules, in Markdown: one for each folder of rules, and one that lists them. The same rules and tests give the same
/// text.
/// </summary>
public static class RulePages
{
    /// <summary>Writes the pages.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="tests">Their tests, which the examples are taken from.</param>
    /// <param name="tree">The files that both were read from.</param>
    /// <param name="folder">The folder that the pages will be in, from where the command runs.</param>
    /// <param name="cancellation">Stops between examples.</param>
    /// <returns>The pages; their paths are file names within <paramref name="folder"/>.</returns>
    public static ImmutableArray<AuthoredFile> Write(
        RuleSet rules, RuleTests tests, FileTree tree, string folder, CancellationToken cancellation)
    {
        var links = new PageLinks(folder);
        var families = RuleFamily.Of(rules, tree);
        return
        [
            new($"{RuleFamily.Index}.md", IndexOf(families)),
            .. families.Select(family => new AuthoredFile(
                $"{family.Page}.md", new RulePage(rules, tests, links).Write(family, cancellation))),
        ];
    }

    private static string IndexOf(ImmutableArray<RuleFamily> families)
    {
        var page = new StringBuilder("# Rules\n\nOne page for each family: what its rules want and why, their parameters, and what they find in an example of their own tests.\n\n");
        foreach (var family in families) page.Append($"- [{Title(family)}]({family.Page}.md)\n");
        return page.ToString();
    }

    private static string Title(RuleFamily family) =>
        MarkdownText.Line(
            family.Readme?.Split('\n').FirstOrDefault(static line => line.StartsWith("# ", StringComparison.Ordinal))?[2..]
                ?? family.Page);
}
