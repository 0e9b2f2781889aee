using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// A page that is followed from its start to its end: <c>console</c> blocks are typed, and a block whose language is followed by
/// a path is written to that file.
/// </summary>
internal static partial class Story
{
    /// <summary>The page has files to write, so that its commands only make sense in their order.</summary>
    public static bool IsOne(string page) => File.ReadLines(page).Any(static line => FileBlock().IsMatch(line));

    /// <summary>The reader needs a cluster.</summary>
    public static bool NeedsCluster(string page) =>
        File.ReadLines(page).Any(static line => line.StartsWith("$ kubectl ", StringComparison.Ordinal));

    /// <summary>What the reader does, in order.</summary>
    public static IEnumerable<Step> Steps(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (FileBlock().Match(lines[i]) is { Success: true } file)
            {
                var content = lines.Skip(i + 1).TakeWhile(static line => line != "```").ToList();
                yield return new(i + 1, file.Groups["path"].Value, string.Join('\n', content) + "\n", Command: null);
                i += content.Count + 1;
            }
            else if (lines[i].Trim() == "```console")
            {
                foreach (var (line, command, expected) in Transcript.Block(lines, ref i))
                    yield return new(line, File: null, expected, command);
            }
        }
    }

    /// <summary>Follows a page in a folder of its own.</summary>
    /// <param name="page">The page.</param>
    /// <param name="before">What the reader's shell has run already.</param>
    public static async Task FollowAsync(string page, string before = ":")
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-test-");
        try
        {
            foreach (var step in Steps(await File.ReadAllLinesAsync(page))) await FollowAsync(step, folder.FullName, before);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FollowAsync(Step step, string folder, string before)
    {
        if (step.File is { } file)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // The reader writes a day that is near.
            await File.WriteAllTextAsync(
                path,
                step.Text.Replace(
                    "2026-03-31",
                    TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    StringComparison.Ordinal));
            return;
        }

        var ran = await Transcript.TypeAsync(step.Command!, folder, before);
        Assert.True(
            Transcript.Matches(step.Text, ran.Out),
            $"line {step.Line}: `{step.Command}` was to print\n{step.Text}\nbut gave {ran}");
    }

    [GeneratedRegex(@"^```\w+ (?<path>[\w./-]*[./][\w./-]+)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileBlock();
}

/// <summary>Something that the reader of a page does.</summary>
/// <param name="Line">Its line.</param>
/// <param name="File">The file to write; null for a command.</param>
/// <param name="Text">What to write, or what the command is to print.</param>
/// <param name="Command">The command; null for a file.</param>
internal sealed record Step(int Line, string? File, string Text, string? Command);
