using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GitOpsPolicy.Inputs.Git;

/// <summary>One entry of a commit's tree.</summary>
/// <param name="Mode">Git's mode: <c>100644</c>, <c>100755</c>, <c>120000</c> for a link, <c>160000</c> for a submodule.</param>
/// <param name="ObjectId">The id of its content.</param>
internal readonly record struct GitEntry(string Mode, string ObjectId)
{
    /// <summary>The content is the path that the link leads to.</summary>
    public bool IsLink => Mode == "120000";

    /// <summary>The content is a list of entries. Listings of whole commits show none.</summary>
    public bool IsFolder => Mode == "40000";

    /// <summary>The content is a commit of another repository.</summary>
    public bool IsSubmodule => Mode == "160000";
}

/// <summary>What came of reading an object.</summary>
internal enum GitRead
{
    /// <summary>All of it was read, and it is what its id says.</summary>
    Whole,

    /// <summary>Git has no such object.</summary>
    Missing,

    /// <summary>It is larger than was asked for.</summary>
    TooLarge,

    /// <summary>What is stored under the id is something else.</summary>
    Damaged,
}

/// <summary>Serves contents through one <c>git cat-file --batch</c> process, started at the first question.</summary>
/// <param name="git">The program.</param>
/// <param name="folder">A folder of the repository.</param>
/// <threadsafety>Questions from several threads take turns.</threadsafety>
internal sealed class GitBlobs(GitCommand git, string folder) : IDisposable
{
    private readonly Lock turn = new();
    private Process? process;
    private BufferedStream? answers;
    private int holders = 1;

    /// <summary>Git had something else than what an id says, or less.</summary>
    public bool HasMetDamage { get; private set; }

    /// <summary>Somebody else reads too, and disposes of this as well: the last one ends the process.</summary>
    public GitBlobs Share()
    {
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(holders == 0, this);
            holders++;
            return this;
        }
    }

    /// <summary>Runs another command in the same repository.</summary>
    public T Ask<T>(Func<GitCommand, string, T> question) => question(git, folder);

    /// <summary>
    /// Reads the content of a file; false when Git has none, when it is larger than <paramref name="limit"/> bytes, or damaged.
    /// </summary>
    public bool TryRead(string objectId, int limit, out ReadOnlyMemory<byte> bytes, out GitRead how) =>
        (how = Read(objectId, "blob", limit, out bytes)) == GitRead.Whole;

    /// <summary>
    /// Reads one object. Its id is counted anew, for Git itself trusts its packs: where a pack or its index has rotted, it can
    /// serve another object without a word.
    /// </summary>
    public GitRead Read(string objectId, string type, int limit, out ReadOnlyMemory<byte> bytes)
    {
        lock (turn)
        {
            var how = ReadInTurn(objectId, type, limit, out bytes);
            HasMetDamage |= how is GitRead.Missing or GitRead.Damaged;
            return how;
        }
    }

    private GitRead ReadInTurn(string objectId, string type, int limit, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!TryBegin()) return GitRead.Missing;
        try
        {
            Ask(objectId);
            var how = ReadAnswer(answers!, type, limit, out bytes);
            return how == GitRead.Whole && !GitObjectId.Names(objectId, type, bytes.Span) ? GitRead.Damaged : how;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return GitRead.Damaged;
        }
    }

    /// <summary>Ends the process, once nobody else reads.</summary>
    public void Dispose()
    {
        lock (turn)
        {
            if (holders > 0) holders--;
            if (holders > 0 || process is null) return;
            CloseQuestions(process);
            if (!process.WaitForExit(TimeSpan.FromSeconds(1))) process.Kill();
            answers!.Dispose();
            process.Dispose();
            (process, answers) = (null, null);
        }
    }

    private static void CloseQuestions(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, with a question unread.
        }
    }

    private bool TryBegin()
    {
        if (process is not null) return true;
        process = git.Start(folder, "cat-file", "--batch");
        if (process is null) return false;
        // What it complains of is told by the answers; unread, it would block the process.
        process.BeginErrorReadLine();
        answers = new(process.StandardOutput.BaseStream, 64 * 1024);
        return true;
    }

    private void Ask(string objectId)
    {
        process!.StandardInput.BaseStream.Write(Encoding.ASCII.GetBytes(objectId + "\n"));
        process.StandardInput.BaseStream.Flush();
    }

    // An answer is `<id> <type> <size>\n<content>\n`, or `<id> missing\n` (git-cat-file, batch output).
    private static GitRead ReadAnswer(Stream stream, string type, int limit, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        var header = ReadLine(stream).Split(' ');
        if (header is not [_, var stored, var size]) return header is [_, "missing"] ? GitRead.Missing : GitRead.Damaged;
        var length = long.Parse(size, CultureInfo.InvariantCulture);
        if (length > limit || stored != type)
        {
            Skip(stream, length + 1);
            return stored == type ? GitRead.TooLarge : GitRead.Missing;
        }

        var content = new byte[length + 1];
        stream.ReadExactly(content);
        bytes = content.AsMemory(0, (int)length);
        return GitRead.Whole;
    }

    private static string ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        while (stream.ReadByte() is >= 0 and not '\n' and var c) line.Append((char)c);
        return line.ToString();
    }

    private static void Skip(Stream stream, long count)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            if (read == 0) throw new EndOfStreamException();
            count -= read;
        }
    }
}
