namespace GitOpsPolicy.Script.Runtime;

/// <summary>What a thrown value says to the person who wrote the rule. Guarded text in it is masked.</summary>
internal static class ErrorText
{
    public static string Of(ScriptRun run, in Value thrown)
    {
        if (thrown.Reference is ScriptObject o)
        {
            var name = Read(o, "name");
            var message = Read(o, "message");
            if (name is not null && message is not null) return message.Length == 0 ? name : $"{name}: {message}";
            return message ?? "the rule threw an object";
        }

        return $"the rule threw {(Masked(thrown) is { } text ? $"`{text}`" : ScriptRun.Describe(thrown))}";
    }

    private static string? Read(ScriptObject from, string key)
    {
        for (var at = from; at is not null; at = at.Prototype)
            if (at.TryGetOwn(key, out var property)) return property.IsAccessor ? null : Masked(property.Value);
        return null;
    }

    // Getters are not run and secrets not fingerprinted here: this text may go to any log.
    private static string? Masked(in Value value) => value.Reference switch
    {
        string text => text,
        null => NumberText.Format(value.Number),
        GuardedText guarded => MaskedText.Of(guarded, static _ => "(sensitive)"),
        _ => null,
    };
}

/// <summary>Guarded text with a placeholder in the place of each part that may not be shown.</summary>
internal static class MaskedText
{
    /// <param name="guarded">The text.</param>
    /// <param name="placeholder">What stands for a secret part, given that part in clear.</param>
    public static string Of(GuardedText guarded, Func<string, string> placeholder)
    {
        var shown = new System.Text.StringBuilder();
        var at = 0;
        foreach (var range in guarded.Secrets)
        {
            shown.Append(guarded.Text, at, range.Start.Value - at);
            shown.Append(placeholder(guarded.Text[range]));
            at = range.End.Value;
        }

        return shown.Append(guarded.Text, at, guarded.Text.Length - at).ToString();
    }
}
