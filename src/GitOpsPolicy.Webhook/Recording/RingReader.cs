using System.Collections.Immutable;
using GitOpsPolicy.Replaying;

namespace GitOpsPolicy.Webhook.Recording;

/// <summary>What a file of a recording holds.</summary>
/// <param name="File">Its name.</param>
/// <param name="Records">The records, oldest first.</param>
/// <param name="Damaged">Lines, counted from 1, that are no whole records.</param>
public sealed record RingFile(string File, ImmutableArray<RecordedReview> Records, ImmutableArray<int> Damaged);

/// <summary>Reads recordings, also ones that are being written to.</summary>
public static class RingReader
{
    /// <summary>Reads file after file, oldest first.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<RingFile> Read(string folder)
    {
        foreach (var file in ReviewRing.FilesOf(folder)) yield return ReadFile(file);
    }

    private static RingFile ReadFile(string path)
    {
        var (bytes, number) = (File.ReadAllBytes(path).AsMemory(), 0);
        var records = ImmutableArray.CreateBuilder<RecordedReview>();
        var damaged = ImmutableArray.CreateBuilder<int>();
        while (!bytes.IsEmpty)
        {
            number++;
            var end = bytes.Span.IndexOf((byte)'\n');
            if (end >= 0 && RecordText.TryRead(bytes[..end], out var record)) records.Add(record);
            else damaged.Add(number);
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }

        return new(Path.GetFileName(path), records.ToImmutable(), damaged.ToImmutable());
    }
}
