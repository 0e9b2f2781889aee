using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Changes;

/// <summary>
/// Who owns which files, by a <c>CODEOWNERS</c> file: the last line that fits counts, and a line without owners takes them away
/// (GitHub documentation, “About code owners”).
/// </summary>
public sealed class CodeOwners
{
    private readonly ImmutableArray<(ImmutableArray<PathGlob> Globs, ImmutableArray<string> Owners)> lines;

    private readonly Func<string, string> fromTop;

    private CodeOwners(
        ImmutableArray<(ImmutableArray<PathGlob> Globs, ImmutableArray<string> Owners)> lines, Func<string, string>? fromTop) =>
        (this.lines, this.fromTop) = (lines, fromTop ?? (static path => path));

    /// <summary>Reads the text of such a file. Sections of GitLab's are passed over, their lines count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fromTop">Makes a path as the user writes it one from the top of the repository; null where all are.</param>
    public static CodeOwners Read(string text, Func<string, string>? fromTop = null)
    {
        var read = ImmutableArray.CreateBuilder<(ImmutableArray<PathGlob>, ImmutableArray<string>)>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var words = line.Split(' ', '\t').Where(word => word.Length > 0).TakeWhile(word => word[0] != '#').ToList();
            if (words.Count == 0 || words[0][0] is '[' or '^') continue;
            read.Add((Globs(words[0]), [.. words.Skip(1)]));
        }

        return new(read.ToImmutable(), fromTop);
    }

    /// <summary>The owners of a file, by its path as the user writes it; empty where it has none.</summary>
    public ImmutableArray<string> OwnersOf(string path)
    {
        path = fromTop(path);
        foreach (var (globs, owners) in lines.Reverse())
            if (globs.Any(glob => glob.Matches(path))) return owners;
        return [];
    }

    // As in .gitignore: a slash before the end ties a pattern to the top, and what names a folder holds for all below it.
    private static ImmutableArray<PathGlob> Globs(string pattern)
    {
        var isTied = pattern.TrimEnd('/').Contains('/');
        var path = (isTied ? "" : "**/") + pattern.TrimStart('/').TrimEnd('/');
        if (pattern.EndsWith('/')) return [new(path + "/**")];
        return pattern.EndsWith("/*", StringComparison.Ordinal) ? [new(path)] : [new(path), new(path + "/**")];
    }
}
