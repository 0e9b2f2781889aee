namespace GitOpsPolicy.Cli;

/// <summary>
/// What a command may touch of the world around it. Machine output goes to <see cref="Out"/> alone; progress, logs and
/// errors go to <see cref="Error"/>.
/// </summary>
internal sealed class Terminal
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where everything that is not a result goes.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, opened when asked for.</summary>
    public required Func<Stream> In { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The clock: waivers expire by its date.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Results go to a person's screen.</summary>
    public bool OutIsScreen { get; init; }

    /// <summary>Messages go to a person's screen.</summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>Colour the results: only on a screen, and never under NO_COLOR (no-color.org) or a dumb terminal.</summary>
    public bool UseColor => OutIsScreen && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>The terminal this process was started in.</summary>
    public static Terminal OfThisProcess() => new()
    {
        Out = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16) { AutoFlush = false },
        Error = Console.Error,
        In = Console.OpenStandardInput,
        Variable = Environment.GetEnvironmentVariable,
        WorkingDirectory = Environment.CurrentDirectory,
        OutIsScreen = !Console.IsOutputRedirected,
        ErrorIsScreen = !Console.IsErrorRedirected,
    };
}
