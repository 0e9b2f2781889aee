using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>
/// The <c>git</c> program, used to read objects and nothing else: no work tree is written, and nothing that a repository's
/// configuration names (hooks, monitors, filters, remote helpers) is run.
/// </summary>
internal sealed class GitCommand
{
    private const int MaxOutput = 256 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Surroundings = new(GitHardening.Surroundings, StringComparer.Ordinal)
    {
        ["GIT_PAGER"] = "cat",
    };

    private static readonly string[] Hardening = ["--no-pager", .. Options(GitHardening.Configuration)];

    // The folder itself is the repository, wherever it lies: Git looks for none above it.
    private static readonly string[] Bare = [
        "--no-pager", "--git-dir=.", .. Options(GitHardening.OfBare), "-c", "pack.readReverseIndex=false"
    ];

    private readonly Tool tool;
    private readonly string[] leading;

    private GitCommand(string executable, string[] leading) => (tool, this.leading) = (new(executable, Surroundings), leading);

    /// <summary>Finds <c>git</c>; false when this machine has none.</summary>
    public static bool TryFind([NotNullWhen(true)] out GitCommand? git)
    {
        git = Tool.TryFind("git", out var executable) ? new(executable, Hardening) : null;
        return git is not null;
    }

    /// <summary>The program for folders that are bare repositories.</summary>
    public GitCommand ForBare() => new(tool.Executable, Bare);

    /// <summary>Runs one command to its end.</summary>
    public ToolResult Run(string folder, params ReadOnlySpan<string> arguments) =>
        tool.Run(folder, [.. leading, .. arguments], Patience, MaxOutput);

    /// <summary>Starts a command that is talked to; null when it does not start.</summary>
    public Process? Start(string folder, params ReadOnlySpan<string> arguments) =>
        tool.Start(folder, [.. leading, .. arguments]);

    private static IEnumerable<string> Options(IEnumerable<(string Key, string Value)> configuration) =>
        configuration.SelectMany(static one => (string[])["-c", $"{one.Key}={one.Value}"]);

    /// <summary>Why a command failed, in one line.</summary>
    public static Problem Failure(ToolResult result, string subject)
    {
        var said = result.Stopped ?? result.ErrorText.Split('\n')[0].Trim();
        if (said.Contains("dubious ownership", StringComparison.Ordinal))
            return new(new(subject, 0, 0), "git does not trust this repository, because another user owns it",
                "run `git config --global --add safe.directory` with its path");
        if (said.Contains("not a git repository", StringComparison.Ordinal))
            return new(new(subject, 0, 0), "this is no Git repository", "give a folder as the base instead of a revision");
        return new(new(subject, 0, 0), $"git failed: {said}");
    }
}
