using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>What came of reading a body.</summary>
internal enum BodyResult
{
    /// <summary>It is there.</summary>
    Whole,

    /// <summary>It has more bytes than any review.</summary>
    TooLarge,

    /// <summary>The bodies of other requests take all the memory there is for them.</summary>
    NoRoom,
}

/// <summary>The body of a request in one rented piece of memory, given back when it is disposed of.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>
    /// What an update of an object of the largest size comes to: the API server takes 3 MiB, and an update holds two.
    /// </summary>
    public const int MaxBytes = 8 << 20;

    private const int FirstPiece = 16 << 10;   // most reviews fit

    private readonly BodyBudget budget;
    private byte[] rented = [];
    private int length;

    private RequestBody(BodyBudget budget) => this.budget = budget;

    /// <summary>What came of reading it.</summary>
    public BodyResult Result { get; private set; }

    /// <summary>The body; of one that is too large the first bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        length = 0;
        Replace([]);
    }

    /// <summary>Reads the whole body, or the beginning of one that is too large, whatever its headers claim.</summary>
    /// <exception cref="OperationCanceledException">The time for it ran out.</exception>
    /// <exception cref="BadHttpRequestException">The client broke off, or was too slow.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, BodyBudget budget, CancellationToken cancellation)
    {
        var body = new RequestBody(budget);
        try
        {
            body.Result = await body.FillAsync(request, cancellation);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    // Piece by piece, so that the server's own buffers hold no second copy of a large body.
    private async ValueTask<BodyResult> FillAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (most, announced) = request.ContentLength > MaxBytes
            ? (ReviewHead.Bytes, ReviewHead.Bytes)
            : (MaxBytes, (int)(request.ContentLength ?? 0));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            var taken = (int)Math.Min(read.Buffer.Length, most - length);
            if (!TryMakeRoom(length + taken, announced))
            {
                Dispose();   // others make do with it
                // a read left open takes the connection down, and the answer with it
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return BodyResult.NoRoom;
            }

            read.Buffer.Slice(0, taken).CopyTo(rented.AsSpan(length));
            length += taken;
            var isTooLarge = taken < read.Buffer.Length;
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (isTooLarge || read.IsCompleted) return isTooLarge ? BodyResult.TooLarge : BodyResult.Whole;
        }
    }

    // Twice as much each time, but no more than is announced.
    private bool TryMakeRoom(int needed, int announced)
    {
        if (needed <= rented.Length) return true;
        var wanted = Math.Max(FirstPiece, rented.Length * 2);
        if (announced > 0) wanted = Math.Min(wanted, announced);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, needed));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Bytes.CopyTo(larger);
        Replace(larger);
        return true;
    }

    private void Replace(byte[] other)
    {
        var old = rented;
        rented = other;
        if (old.Length == 0) return;
        budget.Return(old.Length);
        ArrayPool<byte>.Shared.Return(old);
    }
}
