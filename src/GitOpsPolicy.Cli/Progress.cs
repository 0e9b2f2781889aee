namespace GitOpsPolicy.Cli;

/// <summary>One changing line about long work, on a person's screen only. Work that is done at once never shows.</summary>
internal sealed class Progress(Terminal terminal)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);

    private readonly long started = terminal.Clock.GetTimestamp();
    private int shown;

    /// <summary>Says what is being done now.</summary>
    public void Say(string what)
    {
        if (!terminal.ErrorIsScreen || terminal.Clock.GetElapsedTime(started) < Quiet) return;
        var line = what.Length > 70 ? what[..70] + "…" : what;
        terminal.Error.Write($"\r{line.PadRight(shown)}");
        shown = line.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (shown > 0) terminal.Error.Write($"\r{new string(' ', shown)}\r");
        shown = 0;
    }
}
