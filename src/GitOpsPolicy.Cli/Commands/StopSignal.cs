using System.Runtime.InteropServices;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// Hears SIGTERM, by which a kubelet ends a container, from when it is made until it is disposed of. Whoever makes it first hears
/// every one: the web host takes the signal too, as soon as it listens, and does nothing with it.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource hurry = new();
    private readonly PosixSignalRegistration registration;   // one that nobody holds is collected, and the signal is lost with it
    private readonly CancellationTokenRegistration interruption;

    /// <summary>Listens from now on.</summary>
    /// <param name="interrupt">Cancelled by Ctrl-C, which means the same.</param>
    public StopSignal(CancellationToken interrupt)
    {
        registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            if (!asked.TrySetResult()) hurry.Cancel();
        });
        interruption = interrupt.Register(() => asked.TrySetResult());
    }

    /// <summary>Ends with the first signal.</summary>
    public Task Asked => asked.Task;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => hurry.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        interruption.Dispose();
        hurry.Dispose();
    }
}
