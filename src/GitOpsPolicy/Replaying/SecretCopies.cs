using System.Collections.Immutable;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Replaying;

/// <summary>Copies of known secrets in other texts, and tokens that turn up where nobody looks for them.</summary>
/// <param name="known">Texts known to be secret in this review.</param>
/// <param name="standIns">What stands for them.</param>
internal sealed class SecretCopies(ImmutableHashSet<string> known, StandIns standIns)
{
    /// <summary>A shorter secret is a part of names by chance, and rules match names: <c>prod</c>, <c>admin</c>.</summary>
    private const int ShortestInName = 12;

    private readonly ImmutableArray<string> secrets = known.IsEmpty
        ? []
        : [.. known.Where(static text => text.Length >= MessageText.ShortestSecret)
            .OrderByDescending(static text => text.Length)];

    /// <summary>A text without them; the same instance when it holds none.</summary>
    public string OutOf(string text) => OutOf(text, MessageText.ShortestSecret);

    /// <summary>A name of something, which rules match, without them.</summary>
    public string OutOfName(string name) => OutOf(name, ShortestInName);

    private string OutOf(string text, int shortest)
    {
        if (TokenScanner.Find(text) is not null) return standIns.For(text);
        foreach (var secret in secrets)
        {
            if (secret.Length < shortest) break;
            if (text.Contains(secret, StringComparison.Ordinal))
                text = text == secret
                    ? standIns.For(secret)
                    : text.Replace(secret, standIns.Within(secret), StringComparison.Ordinal);
        }

        return text;
    }
}
