using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Script;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>What commands judge with that comes from around them: the time, and the key of secrets' fingerprints.</summary>
internal static class Judging
{
    /// <summary>The options for an environment; null for none.</summary>
    public static EvaluationOptions OptionsFor(Terminal terminal, string? environment)
    {
        var now = terminal.Clock.GetUtcNow();
        var options = new EvaluationOptions
        {
            Today = DateOnly.FromDateTime(now.UtcDateTime),
            Environment = environment,
            Drift = new() { Now = now },
        };
        return terminal.Variable("GITOPS_POLICY_FINGERPRINT_KEY") is { Length: > 0 } key
            ? options with { SensitiveKey = new SensitiveKey(Encoding.UTF8.GetBytes(key)) }
            : options;
    }
}
