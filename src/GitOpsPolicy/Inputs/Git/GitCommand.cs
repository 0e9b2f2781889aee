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

    private static readonly Dictionary<string, string> Surroundings = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_OPTIONAL_LOCKS"] = "0",
        // A repository must not serve other objects than the ones named, nor fetch missing ones.
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_PAGER"] = "cat",
    };

    private static readonly string[] Hardening =
    [
        "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.useReplaceRefs=false",
        "-c", "protocol.allow=never",
    ];

    // The folder itself is the repository, wherever it lies: Git looks for none above it, and trusts no index that it keeps beside the packs.
    private static readonly string[] Bare =
    [
        .. Hardening, "--git-dir=.", "-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false", "-c", "pack.readReverseIndex=false",
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
