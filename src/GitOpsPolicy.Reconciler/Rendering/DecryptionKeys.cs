using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Rendering;

/// <summary>The age keys that a unit's files are decrypted with. It shows nothing of itself.</summary>
public sealed class DecryptionKeys
{
    private const string Start = "AGE-SECRET-KEY-";

    private DecryptionKeys(string identities) => Identities = identities;

    /// <summary>One key a line, as <c>SOPS_AGE_KEY</c> has them.</summary>
    internal string Identities { get; }

    /// <summary>Reads the values of a Secret under keys that end in <c>.agekey</c>.</summary>
    /// <param name="secret">The Secret's name, for messages.</param>
    /// <param name="data">Its values, decoded.</param>
    public static Loaded<DecryptionKeys> Read(string secret, IReadOnlyDictionary<string, string> data)
    {
        var lines =
            from entry in data
            where entry.Key.EndsWith(".agekey", StringComparison.Ordinal)
            orderby entry.Key
            from line in entry.Value.Split('\n', StringSplitOptions.TrimEntries)
            where line.StartsWith(Start, StringComparison.Ordinal)
            select line;
        var identities = string.Join('\n', lines);
        return identities.Length > 0
            ? new(new DecryptionKeys(identities))
            : new([new(
                new(secret, 0, 0), $"the Secret `{secret}` holds no age key",
                "keep keys under names that end in `.agekey`, one `AGE-SECRET-KEY-…` a line")]);
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(DecryptionKeys);
}
