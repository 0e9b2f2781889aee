using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Kubernetes.Watching;

/// <summary>Takes a watch's answer apart: one JSON object a line.</summary>
internal static class WatchLines
{
    private const int BufferSize = 16 * 1024;

    /// <summary>The lines as they come. A last line without its end was cut off and is left out.</summary>
    /// <param name="stream">The answer.</param>
    /// <param name="longest">Bytes of the longest line that is taken.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="IOException">The connection broke, or a line is too long.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(
        Stream stream, long longest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new(bufferSize: BufferSize, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end).ToArray();
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (line.Length > 1) yield return line;
                }

                if (rest.Length > longest) throw new IOException($"an event is longer than {longest:N0} bytes");
                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
