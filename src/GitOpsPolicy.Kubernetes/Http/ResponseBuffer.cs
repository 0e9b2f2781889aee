using System.Buffers;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>
/// An answer in memory, in rented pieces, so that a page of a list makes no garbage of its size. Give it back with
/// <see cref="Dispose"/>; what was sliced off it is gone then.
/// </summary>
internal sealed class ResponseBuffer : IDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly List<Piece> pieces = [];

    private ResponseBuffer()
    {
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySequence<byte> Bytes =>
        pieces.Count == 0 ? default : new(pieces[0], 0, pieces[^1], pieces[^1].Memory.Length);

    /// <summary>Reads a stream to its end; null when it is longer than <paramref name="limit"/>.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<ResponseBuffer?> ReadAsync(Stream stream, long limit, CancellationToken cancellation)
    {
        var buffer = new ResponseBuffer();
        try
        {
            var array = ArrayPool<byte>.Shared.Rent(PieceSize);
            var filled = 0;
            while (true)
            {
                if (filled == array.Length)
                {
                    buffer.Add(array, filled);
                    (array, filled) = (ArrayPool<byte>.Shared.Rent(PieceSize), 0);
                }

                var read = await stream.ReadAsync(array.AsMemory(filled), cancellation);
                if (read == 0) break;
                filled += read;
                if (buffer.Bytes.Length + filled <= limit) continue;
                ArrayPool<byte>.Shared.Return(array);
                buffer.Dispose();
                return null;
            }

            buffer.Add(array, filled);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var piece in pieces) ArrayPool<byte>.Shared.Return(piece.Array);
        pieces.Clear();
    }

    private void Add(byte[] array, int length)
    {
        var start = pieces.Count == 0 ? 0 : pieces[^1].RunningIndex + pieces[^1].Memory.Length;
        var piece = new Piece(array, length, start);
        if (pieces.Count > 0) pieces[^1].Link(piece);
        pieces.Add(piece);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] array, int length, long start)
        {
            Array = array;
            Memory = array.AsMemory(0, length);
            RunningIndex = start;
        }

        public byte[] Array { get; }

        public void Link(Piece next) => Next = next;
    }
}
