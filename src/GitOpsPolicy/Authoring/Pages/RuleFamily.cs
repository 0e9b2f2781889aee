using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>Rules that lie in one folder, with what its README says of them all.</summary>
/// <param name="Folder">The folder, as locations name it; empty for the one the command runs in.</param>
/// <param name="Page">The name of its page, without ending: letters that are safe in any file name.</param>
/// <param name="Readme">The text of the folder's <c>README.md</c>, line ends as <c>\n</c>; null for none.</param>
/// <param name="Rules">Its rules, in order of their names.</param>
internal sealed record RuleFamily(string Folder, string Page, string? Readme, ImmutableArray<RuleMetadata> Rules)
{
    /// <summary>The page that lists the others.</summary>
    public const string Index = "README";

    /// <summary>The families of a rule set, in order of their folders.</summary>
    public static ImmutableArray<RuleFamily> Of(RuleSet rules, FileTree tree)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Index };
        var byFolder = rules.Rules.GroupBy(static rule => FolderOf(rule.Location.File), StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        return [.. byFolder.Select(group => new RuleFamily(
            group.Key, PageOf(group.Key, taken), ReadmeOf(group.Key, tree), [.. group]))];
    }

    private static string FolderOf(string file) => file.Contains('/') ? file[..file.LastIndexOf('/')] : "";

    // `images` of `policies/images`; where another folder has that name, `rules-images` of `rules/images`.
    private static string PageOf(string folder, HashSet<string> taken)
    {
        var steps = folder.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(static step => step is not ("." or ".."))
            .DefaultIfEmpty("rules")
            .Select(Safe)
            .ToArray();
        for (var from = steps.Length - 1; from >= 0; from--)
            if (taken.Add(string.Join('-', steps[from..]))) return string.Join('-', steps[from..]);
        var number = 2;
        while (!taken.Add($"{steps[^1]}-{number}")) number++;
        return $"{steps[^1]}-{number}";
    }

    private static string Safe(string step)
    {
        var safe = string.Concat(step.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')).Trim('-');
        return safe.Length == 0 ? "rules" : safe;
    }

    private static string? ReadmeOf(string folder, FileTree tree) =>
        tree.TryRead(folder.Length == 0 ? "README.md" : folder + "/README.md", out var bytes, out _)
            ? Encoding.UTF8.GetString(bytes.Span).TrimStart('\ufeff').ReplaceLineEndings("\n")
            : null;
}
