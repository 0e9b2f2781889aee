namespace GitOpsPolicy.Reconciler.Adopting;

/// <summary>Words of a command line that somebody copies.</summary>
public static class ShellText
{
    private const string Plain = "-_./:=@%+,";

    /// <summary>A word as a POSIX shell takes it for one: as it is, or within single quotes.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
