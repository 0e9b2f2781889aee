using System.Text.RegularExpressions;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>What pages show of a terminal: commands behind <c>$</c>, and what they print.</summary>
internal static class Transcript
{
    /// <summary>The commands of a page, each with its line and what the page says it prints.</summary>
    public static IEnumerable<(int Line, string Command, string Expected)> Of(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```console") continue;
            foreach (var command in Block(lines, ref i)) yield return command;
        }
    }

    /// <summary>
    /// The lines of a section of a page, from its heading to the next one of its kind; none where there is no such section.
    /// </summary>
    public static string[] Section(string[] lines, string heading) =>
        [.. lines.SkipWhile(line => line != heading)
            .TakeWhile((line, index) => index == 0 || !line.StartsWith("## ", StringComparison.Ordinal))];

    /// <summary>The commands of one block, which starts at a line; afterwards at the line that ends it.</summary>
    public static List<(int Line, string Command, string Expected)> Block(string[] lines, ref int i)
    {
        var commands = new List<(int, string, string)>();
        for (i++; i < lines.Length && lines[i].Trim() != "```";)
        {
            if (!lines[i].StartsWith("$ ", StringComparison.Ordinal))
                throw new FormatException($"line {i + 1}: a console block starts with `$ `");
            var (at, command) = (i + 1, lines[i][2..]);
            var expected = new List<string>();
            for (i++; i < lines.Length && lines[i].Trim() != "```" && !lines[i].StartsWith("$ ", StringComparison.Ordinal); i++)
                expected.Add(lines[i]);
            commands.Add((at, command, string.Join('\n', expected)));
        }

        return commands;
    }

    /// <summary>
    /// A command printed what a page shows; <c>…</c> stands for any text of a line, and alone on a line for any lines.
    /// </summary>
    public static bool Matches(string expected, string actual)
    {
        var pattern = string.Join(
            '\n', Lines(expected).Select(static line => line == "…" ? "(?:.*\\n)*?.*" : Regex.Escape(line).Replace("…", ".*")));
        return Regex.IsMatch(
            string.Join('\n', Lines(actual)), $@"\A{pattern}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }

    /// <summary>Types a command in a folder, with <c>gitops-policy</c> on the PATH and a name for Git.</summary>
    /// <param name="command">The command.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="before">What the reader's shell has run already.</param>
    public static Task<Ran> TypeAsync(string command, string folder, string before = ":")
    {
        var path = $"{Path.GetDirectoryName(Binary.GitOpsPolicy)}:{Environment.GetEnvironmentVariable("PATH")}";
        var name = "export GIT_AUTHOR_NAME=reader GIT_AUTHOR_EMAIL=reader@example.com GIT_COMMITTER_NAME=reader GIT_COMMITTER_EMAIL=reader@example.com";
        return Binary.StartAsync("sh", folder, "", "-c", $"export PATH='{path}'; {name}; {before}; {command}");
    }

    private static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(static line => line.TrimEnd());
}
