namespace GitOpsPolicy.Cli;

/// <summary>
/// A mistake on the command line that only showed after parsing. The message says what, and what to write instead.
/// </summary>
internal sealed class UsageException(string message) : Exception(message);
