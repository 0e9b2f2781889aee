using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>What is followed: a branch, a tag, or a commit in full.</summary>
/// <param name="Name">As Git writes it in full.</param>
internal sealed record GitReference(string Name)
{
    private const string Branches = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string Forbidden = " ~^:?*[\\";

    /// <summary>It names a commit, which never changes.</summary>
    public bool IsCommit => !Name.Contains('/', StringComparison.Ordinal);

    /// <summary>It names a branch, which goes on.</summary>
    public bool IsBranch => Name.StartsWith(Branches, StringComparison.Ordinal);

    /// <summary>It names a tag, which should not change.</summary>
    public bool IsTag => Name.StartsWith(Tags, StringComparison.Ordinal);

    /// <summary>The name under which a mirror keeps it.</summary>
    public string Kept => "refs/followed/" + Print;

    /// <summary>The name under which a mirror keeps that it once meant a commit.</summary>
    public string Seen(string commit) => $"refs/seen/{Print}/{commit}";

    private string Print => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)))[..16];

    /// <summary>Reads one; false for what could mean something else to Git than a branch, a tag or a commit.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GitReference? reference)
    {
        reference = IsCommitId(text) || IsName(text, Branches) || IsName(text, Tags) ? new(text) : null;
        return reference is not null;
    }

    /// <summary>True for the id of a commit in full.</summary>
    public static bool IsCommitId(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    // git-check-ref-format(1).
    private static bool IsName(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
        && text.Length is var length && length > prefix.Length && length < 512
        && !text.Any(static c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal))
        && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("@{", StringComparison.Ordinal)
        && text.Split('/')
            .All(static step => step.Length > 0
                && step[0] is not ('.' or '-')
                && !step.EndsWith('.')
                && !step.EndsWith(".lock", StringComparison.Ordinal));
}
