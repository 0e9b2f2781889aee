using System.Buffers;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// A buffer that ends writing as soon as there is more than it may hold: what does not fit is not written to its end only to be
/// thrown away.
/// </summary>
/// <param name="limit">Bytes that it holds.</param>
internal sealed class StatusBuffer(int limit) : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <inheritdoc/>
    public void Advance(int count) => buffer.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) =>
        buffer.WrittenCount < limit ? buffer.GetMemory(sizeHint) : throw new FullException();

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>It is full.</summary>
    public sealed class FullException : Exception;
}
