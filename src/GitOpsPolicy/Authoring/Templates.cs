using System.Collections.Immutable;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Authoring;

/// <summary>What a rule is written in.</summary>
public enum RuleLanguage
{
    /// <summary>A YAML document with expressions.</summary>
    Yaml,

    /// <summary>A JavaScript module.</summary>
    JavaScript,
}

/// <summary>Files to begin with, all of them working as they are.</summary>
public static class Templates
{
    /// <summary>
    /// The files of a repository that begins with <c>gitops-policy</c>, an example rule with its tests among them.
    /// </summary>
    public static ImmutableArray<AuthoredFile> Repository { get; } =
    [
        Yaml("gitops-policy.yaml", "gitops-policy.yaml"),
        Yaml("policies/network/public-load-balancer.rule.yaml", "example.rule.yaml"),
        Yaml("policies/network/public-load-balancer.test.yaml", "example.test.yaml"),
        new("waivers/README.md", Read("waivers.md")),
        new("acknowledgements/README.md", Read("acknowledgements.md")),
    ];

    /// <summary>The text can be the name of a rule or family.</summary>
    public static bool IsName(string text) => RuleMetadataReader.IsName(text);

    /// <summary>A new rule and its tests.</summary>
    /// <param name="name">The rule's name.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="folder">The folder of the rules, from that of the configuration.</param>
    /// <param name="family">The folder below it and the rule's category; null for none.</param>
    public static ImmutableArray<AuthoredFile> Rule(string name, RuleLanguage language, string folder, string? family)
    {
        var place = family is null ? $"{folder}/{name}" : $"{folder}/{family}/{name}";
        var rule = language == RuleLanguage.Yaml
            ? Yaml($"{place}.rule.yaml", "new.rule.yaml")
            : new($"{place}.rule.js", Read("new.rule.js"));
        return [Fill(rule), Fill(Yaml($"{place}.test.yaml", "new.test.yaml"))];

        AuthoredFile Fill(AuthoredFile file) => file with
        {
            Text = file.Text.Replace("NAME", name, StringComparison.Ordinal)
                .Replace("TITLE", Sentence(name), StringComparison.Ordinal)
                .Replace("CATEGORY", family ?? "general", StringComparison.Ordinal),
        };
    }

    // `no-public-buckets` is called `No public buckets` until somebody finds better words.
    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static AuthoredFile Yaml(string path, string template) => new(path, EditorFiles.SchemaComment(path) + Read(template));

    private static string Read(string template) => AuthoringData.Read($"templates/{template}");
}
