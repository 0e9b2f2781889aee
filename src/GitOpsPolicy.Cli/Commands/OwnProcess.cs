namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// How this process is told from others in a cluster. In a Pod, <c>POD_NAME</c> and <c>POD_NAMESPACE</c> say which it is.
/// </summary>
internal static class OwnProcess
{
    /// <summary>The name that events bear: that of the Pod, else of the machine.</summary>
    public static string Name(Terminal terminal) => terminal.Variable("POD_NAME") ?? Environment.MachineName;

    /// <summary>
    /// The name, and something that no other process has: two of one Pod, one after the other, are two holders of a Lease.
    /// </summary>
    public static string Identity(Terminal terminal) => $"{Name(terminal)}_{Guid.NewGuid():N}";

    /// <summary>The namespace of the Pod; null outside of one.</summary>
    public static string? Namespace(Terminal terminal) => terminal.Variable("POD_NAMESPACE");

    /// <summary>The Pod; null outside of one that knows its name.</summary>
    public static (string Namespace, string Name)? Pod(Terminal terminal) =>
        terminal.Variable("POD_NAME") is { Length: > 0 } name && Namespace(terminal) is { Length: > 0 } place
            ? (place, name)
            : null;
}
