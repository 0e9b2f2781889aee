using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>The body of a request in one rented piece of memory, given back when it is disposed of.</summary>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>What an update of an object of the largest size comes to: the API server takes 3 MiB, and an update holds two.</summary>
    public const int MaxBytes = 8 << 20;

    private readonly byte[] rented;

    private RequestBody(byte[] rented, int length, bool isTooLarge) => (this.rented, Bytes, IsTooLarge) = (rented, rented.AsMemory(0, length), isTooLarge);

    /// <summary>It has more than <see cref="MaxBytes"/> bytes.</summary>
    public bool IsTooLarge { get; }

    /// <summary>The body; of one that is too large the first bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Reads the whole body, or the beginning of one that is too large, whatever its headers claim.</summary>
    /// <exception cref="OperationCanceledException">The time for it ran out.</exception>
    /// <exception cref="BadHttpRequestException">The client broke off, or was too slow.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var enough = request.ContentLength > MaxBytes ? ReviewHead.Bytes : MaxBytes;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.Buffer.Length > enough) return Take(reader, read.Buffer.Slice(0, ReviewHead.Bytes), isTooLarge: true);
            if (read.IsCompleted) return Take(reader, read.Buffer, isTooLarge: false);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static RequestBody Take(PipeReader reader, ReadOnlySequence<byte> buffer, bool isTooLarge)
    {
        var length = (int)buffer.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        buffer.CopyTo(bytes);
        reader.AdvanceTo(buffer.End);
        return new(bytes, length, isTooLarge);
    }
}
