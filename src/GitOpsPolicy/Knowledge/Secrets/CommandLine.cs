namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>Options of a command line.</summary>
internal static class CommandLine
{
    /// <summary>Name and value that an argument carries: its own, or those of the option before it; nulls for none.</summary>
    public static (string? Name, string? Value) Option(string argument, string? before)
    {
        var equals = argument.IndexOf('=');
        if (equals > 0 && !argument.AsSpan(0, equals).ContainsAny(" \t\n"))
            return (argument[..equals].TrimStart('-'), argument[(equals + 1)..].Trim('"', '\''));
        var isOption = before is ['-', '-', ..] && !before.Contains('=') && argument is not ['-', ..];
        return isOption ? (before!.TrimStart('-'), argument) : (null, null);
    }

    /// <summary>The secret that an argument is or holds; null for none.</summary>
    public static NamedSecret? Find(string argument, string? before)
    {
        var (name, value) = Option(argument, before);
        return name is not null && value is not null && NamedValues.Judge(name, value) is { } own
            ? own
            : EmbeddedNames.Find(argument);
    }
}
