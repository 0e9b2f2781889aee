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

    /// <summary>The content is a commit of another repository.</summary>
    public bool IsSubmodule => Mode == "160000";
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

    /// <summary>Runs another command in the same repository.</summary>
    public T Ask<T>(Func<GitCommand, string, T> question) => question(git, folder);

    /// <summary>Reads one content; false when Git has none, or when it is larger than <paramref name="limit"/> bytes.</summary>
    public bool TryRead(string objectId, int limit, out ReadOnlyMemory<byte> bytes, out bool tooLarge)
    {
        lock (turn)
        {
            bytes = default;
            tooLarge = false;
            if (!TryBegin()) return false;
            try
            {
                Ask(objectId);
                return TryReadAnswer(answers!, limit, out bytes, out tooLarge);
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        lock (turn)
        {
            if (process is null) return;
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(1))) process.Kill();
            answers!.Dispose();
            process.Dispose();
            (process, answers) = (null, null);
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
    private static bool TryReadAnswer(Stream stream, int limit, out ReadOnlyMemory<byte> bytes, out bool tooLarge)
    {
        bytes = default;
        tooLarge = false;
        var header = ReadLine(stream).Split(' ');
        if (header is not [_, "blob", var size]) return false;
        var length = long.Parse(size, CultureInfo.InvariantCulture);
        tooLarge = length > limit;
        if (tooLarge)
        {
            Skip(stream, length + 1);
            return false;
        }

        var content = new byte[length + 1];
        stream.ReadExactly(content);
        bytes = content.AsMemory(0, (int)length);
        return true;
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
