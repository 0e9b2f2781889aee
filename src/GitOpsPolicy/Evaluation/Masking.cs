using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>
/// Shows values of scripts with everything sensitive covered: what is marked, and what is known to be secret by its text.
/// </summary>
/// <param name="changes">The changes that values come from.</param>
/// <param name="key">What covers are made with.</param>
internal sealed class Masking(ChangeSet changes, SensitiveKey key)
{
    private readonly ImmutableArray<string> secrets = changes.SensitiveTexts.IsEmpty
        ? []
        : [.. changes.SensitiveTexts.Where(t => t.Length >= MessageText.ShortestSecret).OrderByDescending(t => t.Length)];

    /// <summary>A value in one line: secrets and unknowns masked.</summary>
    /// <param name="run">The run that pays.</param>
    /// <param name="value">The value.</param>
    public string Show(ScriptRun run, Value value)
    {
        var text = ValueReader.ToDisplayText(run, value, key);
        run.Charge((secrets.Length + 1L) * (1 + (text.Length / 64)) / 4);   // every secret is looked for
        return Cover(text);
    }

    /// <summary>A text in one line: secrets masked.</summary>
    public string Cover(string text)
    {
        foreach (var secret in secrets)
            if (text.Contains(secret)) text = text.Replace(secret, key.Mask(secret));
        return MessageText.OneLine(text);
    }
}
