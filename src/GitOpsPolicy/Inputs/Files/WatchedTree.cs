using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Files;

/// <summary>
/// Files as they lie in a folder, which remembers what was asked of it. So one can tell later whether the same questions would be
/// answered otherwise by now, without reading any file again.
/// </summary>
/// <param name="folder">The folder that paths are relative to.</param>
/// <threadsafety>Safe from any thread.</threadsafety>
public sealed class WatchedTree(string folder) : FileTree
{
    private readonly WorkTree files = new(folder);
    private readonly ConcurrentDictionary<(Question Question, string Path), string> answers = new();

    private enum Question
    {
        /// <summary>What a path leads to.</summary>
        Kind,

        /// <summary>Which files are below a folder.</summary>
        Listing,

        /// <summary>What a file holds.</summary>
        Content,
    }

    /// <inheritdoc/>
    public override PathKind Find(string path)
    {
        Remember(Question.Kind, path);
        return files.Find(path);
    }

    /// <inheritdoc/>
    public override IEnumerable<TreeFile> Enumerate(string prefix)
    {
        Remember(Question.Listing, prefix);
        return files.Enumerate(prefix);
    }

    /// <inheritdoc/>
    public override bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out Problem? problem)
    {
        Remember(Question.Content, path);
        return files.TryRead(path, out bytes, out problem);
    }

    /// <summary>
    /// Names, sizes, times of change and link targets of everything asked for, as they are now. Equal stamps mean equal answers,
    /// as far as a file that is written in place and keeps its size gets another time.
    /// </summary>
    public string Stamp() => Joined(question => AnswerTo(question.Question, question.Path));

    /// <summary>
    /// The same, as it was when each question was asked. Differs from <see cref="Stamp"/> when files changed meanwhile.
    /// </summary>
    public string StampWhenAsked() => Joined(question => answers[question]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) files.Dispose();
        base.Dispose(disposing);
    }

    // Before the answer is given: what changes while it is read must show.
    private void Remember(Question question, string path) => answers.TryAdd((question, path), AnswerTo(question, path));

    private string Joined(Func<(Question Question, string Path), string> answer)
    {
        var text = new StringBuilder();
        foreach (var question in answers.Keys.OrderBy(static key => key.Path, StringComparer.Ordinal)
            .ThenBy(static key => key.Question))
            text.Append(question.Question).Append(' ').Append(question.Path).Append(": ").Append(answer(question)).Append('\n');
        return text.ToString();
    }

    private string AnswerTo(Question question, string path) => question switch
    {
        Question.Kind => files.Find(path).ToString(),
        Question.Listing =>
            string.Join('\n', files.Enumerate(path).Select(file => $"{file.Path} {(file.Refusal is null ? "" : "refused")}")),
        Question.Content => ContentOf(files.FullPath(path)),
        _ => throw new ArgumentOutOfRangeException(nameof(question)),
    };

    // Where links lead counts: a mounted ConfigMap changes by one link to another folder, whose files may be of the same size and
    // second.
    private static string ContentOf(string fullPath)
    {
        try
        {
            if (RealPath.Of(fullPath) is not { } real) return "leads nowhere";
            var file = new FileInfo(real);
            return file.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{real} {file.Length} {file.LastWriteTimeUtc.Ticks}")
                : "missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.GetType().Name;
        }
    }
}
