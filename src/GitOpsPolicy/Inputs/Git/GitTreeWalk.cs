using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>
/// Lists the files of a commit from its objects, each of which is held against its id: what is listed is what the commit's id
/// stands for, whatever has become of the clone.
/// </summary>
internal sealed class GitTreeWalk
{
    /// <summary>A commit is a few hundred bytes; signatures and messages make it more.</summary>
    private const int MaxCommitBytes = 1024 * 1024;

    private const int MaxTreeBytes = 16 * 1024 * 1024;
    private const int MaxDepth = 100;

    /// <summary>More files or folders than this are no one's manifests: small objects can stand for billions of them.</summary>
    private const int MaxEntries = 300_000;

    private readonly GitBlobs objects;
    private readonly Dictionary<string, GitEntry> entries = new(StringComparer.Ordinal);
    private int met;
    private string? reason;

    private GitTreeWalk(GitBlobs objects) => this.objects = objects;

    /// <summary>Lists the files; false when some object is missing or damaged, or there are too many.</summary>
    public static bool TryList(
        GitBlobs objects, string commit, out Dictionary<string, GitEntry> entries, [NotNullWhen(false)] out string? reason)
    {
        var walk = new GitTreeWalk(objects);
        if (walk.TryFindTree(commit, out var tree)) walk.Visit(tree, "", 0);
        entries = walk.entries;
        reason = walk.reason;
        return reason is null;
    }

    // A commit begins with `tree <id>\n` (gitformat, git-cat-file).
    private bool TryFindTree(string commit, out string tree)
    {
        tree = "";
        if (!GitObjectId.IsOne(commit)) return Fail("a commit is named by its id in full");
        if (!TryRead(commit, "commit", MaxCommitBytes, out var bytes)) return false;
        var line = Encoding.ASCII.GetString(bytes.Span[..Math.Min(bytes.Length, 5 + commit.Length)]);
        if (!line.StartsWith("tree ", StringComparison.Ordinal) || !GitObjectId.IsOne(line[5..]))
            return Fail($"the commit `{commit}` names no tree");
        tree = line[5..];
        return true;
    }

    // An entry is `<mode> <name>\0<id>`, the id in bytes.
    private void Visit(string tree, string prefix, int depth)
    {
        if (depth > MaxDepth) Fail($"folders are nested more than {MaxDepth} deep");
        if (reason is not null || !TryRead(tree, "tree", MaxTreeBytes, out var bytes)) return;
        var idLength = tree.Length / 2;
        for (var rest = bytes.Span; rest.Length > 0 && reason is null;)
        {
            var (space, end) = (rest.IndexOf((byte)' '), rest.IndexOf((byte)0));
            if (space < 0 || end < space || rest.Length < end + 1 + idLength)
            {
                Fail($"the tree `{tree}` is cut off");
                return;
            }

            var entry = new GitEntry(
                Encoding.ASCII.GetString(rest[..space]), Convert.ToHexStringLower(rest.Slice(end + 1, idLength)));
            Add(entry, prefix + Encoding.UTF8.GetString(rest[(space + 1)..end]), depth);
            rest = rest[(end + 1 + idLength)..];
        }
    }

    private void Add(GitEntry entry, string path, int depth)
    {
        if (++met > MaxEntries) Fail($"the commit holds more than {MaxEntries} files and folders");
        else if (entry.IsFolder) Visit(entry.ObjectId, path + "/", depth + 1);
        else entries[path] = entry;
    }

    private bool TryRead(string id, string type, int limit, out ReadOnlyMemory<byte> bytes) => objects.Read(
        id, type, limit, out bytes) switch
    {
        GitRead.Whole => true,
        GitRead.TooLarge => Fail($"the {type} `{id}` is larger than {limit >> 20} MiB"),
        GitRead.Missing => Fail($"the {type} `{id}` is not in this clone"),
        _ => Fail($"the {type} `{id}` is damaged in this clone"),
    };

    private bool Fail(string why)
    {
        reason ??= why;
        return false;
    }
}
