using System.Globalization;

namespace GitOpsPolicy.Webhook.Recording;

/// <summary>
/// A folder of files that records are added to the end of. A full file is followed by another, and the oldest is deleted before
/// all of them exceed the limits. A process that is killed leaves at most one line half-written, which its checksum gives away;
/// it is never written after.
/// </summary>
/// <threadsafety>One thread at a time.</threadsafety>
public sealed class ReviewRing : IDisposable
{
    private const string Prefix = "reviews-";
    private const string Suffix = ".log";

    private readonly string folder;
    private readonly RingLimits limits;
    private FileStream? current;
    private int currentReviews;

    private ReviewRing(string folder, RingLimits limits) => (this.folder, this.limits) = (folder, limits);

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens the folder, which is made where there is none; only the user of this process may look into it.</summary>
    /// <exception cref="IOException">It cannot be made, or nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static ReviewRing Open(string folder, RingLimits limits)
    {
        if (!Directory.Exists(folder)) MakeFolder(folder);
        var ring = new ReviewRing(folder, limits);
        ring.Rotate(1);
        return ring;
    }

    /// <summary>The files of a folder, oldest first.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Where(static file => NumberOf(file) is not null)
            .OrderBy(NumberOf)];

    /// <summary>Adds a line, and makes room for it.</summary>
    /// <returns>False for a line that is larger than a whole file may be.</returns>
    /// <exception cref="IOException">It could not be written, as when the disk is full; the next one goes to another
    /// file.</exception>
    public bool Add(ReadOnlySpan<byte> line)
    {
        if (line.Length > limits.SegmentBytes) return false;
        if (current is null || currentReviews >= limits.SegmentReviews || current.Length + line.Length > limits.SegmentBytes)
            Rotate(line.Length);
        try
        {
            current!.Write(line);
            current.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Abandon();
            throw;
        }

        currentReviews++;
        Bytes += line.Length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Abandon();

    private void Rotate(long room)
    {
        Abandon();
        var files = FilesOf(folder).ToList();
        Bytes = files.Sum(static file => new FileInfo(file).Length);
        while (files.Count > 0
            && (Bytes + Math.Max(room, limits.SegmentBytes) > limits.Bytes
                || files.Count * (long)limits.SegmentReviews + limits.SegmentReviews > limits.Reviews))
        {
            Bytes -= new FileInfo(files[0]).Length;
            File.Delete(files[0]);
            files.RemoveAt(0);
        }

        current = Create((files.Count == 0 ? 0 : NumberOf(files[^1])!.Value) + 1);
        currentReviews = 0;
    }

    private FileStream Create(long number)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D12}{Suffix}")), options);
    }

    // What a failed write has left of a line ends the file: nothing is written after it. An empty file is of no use to anyone.
    private void Abandon()
    {
        if (current is null) return;
        var (path, isEmpty) = (current.Name, current.Length == 0);
        current.Dispose();
        current = null;
        if (isEmpty && File.Exists(path)) File.Delete(path);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static long? NumberOf(string file) =>
        long.TryParse(
            Path.GetFileName(file)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;
}
