using GitOpsPolicy.Policies.Reloading;
using GitOpsPolicy.Webhook.RuleSets;

namespace GitOpsPolicy.Webhook.Tests.RuleSets;

/// <summary>A folder with rules that is looked at as <c>serve</c> does, and what came of it.</summary>
internal sealed class RuleFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gitops-policy-rules-").FullName;
    private readonly StringWriter log = new();

    public RuleFolder(string? config = null, params string[] policies) => Reload = new(
        new(RuleFeed.MainName, folder, tree => new() { Tree = tree, ConfigPath = config, Policies = [.. policies] }),
        InForce,
        new(TimeProvider.System, log)
        {
            Check = new ActivationCheck(TimeProvider.System, environment: null, "gitops-policy-system"),
            Refused = Refused.Add,
        });

    public RuleReload Reload { get; }

    /// <summary>What an event was written of.</summary>
    public List<string> Refused { get; } = [];

    public RulesInForce InForce { get; } = new();

    /// <summary>Digest of the rules in force; null for none.</summary>
    public string? Digest => InForce.TryGet(out var active) ? active.Rules.Digest : null;

    /// <summary>Names of the rules in force.</summary>
    public IEnumerable<string> Names => InForce.TryGet(out var active) ? active.Rules.Rules.Select(rule => rule.Name) : [];

    /// <summary>What was told since the last time.</summary>
    public string Told()
    {
        var told = log.ToString();
        log.GetStringBuilder().Clear();
        return told;
    }

    /// <summary>A rule that denies where an expression holds.</summary>
    public static string Rule(string name, string when = "false", string kinds = "ConfigMap") =>
        $$"""
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: { name: {{name}} }
        spec:
          title: A rule
          severity: low
          remediation: Do otherwise.
          match: { kubernetes: { kinds: ["{{kinds}}"] } }
          deny:
            - when: {{when}}
              message: "no"

        """;

    public RuleFolder Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    public RuleFolder Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
        return this;
    }

    /// <summary>Has a link lead elsewhere.</summary>
    public void Relink(string path, string target)
    {
        File.Delete(At(path));
        File.CreateSymbolicLink(At(path), target);
    }

    public void Delete(string path) => File.Delete(At(path));

    /// <summary>Looks a number of times; what has changed and then stays comes into force at the second.</summary>
    public RuleFolder Look(int times = 2)
    {
        for (var i = 0; i < times; i++) Reload.Look(CancellationToken.None);
        return this;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string path) => Path.Combine(folder, path);
}
