using System.Collections.Immutable;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Authoring.Pages;

/// <summary>What a rule judges, in words.</summary>
internal static class MatchText
{
    /// <summary>One line each: what it is about, and what fits.</summary>
    public static IEnumerable<(string What, string Fits)> Of(RuleMetadata rule)
    {
        var match = rule.Match;
        yield return ("judges", rule.JudgesSets ? "the change set as a whole" : $"each {Words(match.Operations)}");
        if (rule.JudgesSets) yield break;
        if (match.Kubernetes is { } kubernetes) yield return ("Kubernetes", Of(kubernetes));
        if (match.Terraform is { } terraform) yield return ("Terraform", Of(terraform));
        if (match.Files is { } files) yield return ("files", files.Kinds.IsEmpty ? "every kind" : Globs(files.Kinds));
        if (!match.Origins.IsEmpty) yield return ("seen in", Words(match.Origins));
        if (!match.Environments.IsEmpty) yield return ("environments", Globs(match.Environments));
        if (!match.Surfaces.IsEmpty) yield return ("surfaces", Words(match.Surfaces));
    }

    private static string Of(KubernetesMatch match)
    {
        var parts = new List<string> { IsAll(match.Kinds) ? "every kind" : Globs(match.Kinds) };
        if (!match.Namespaces.IsEmpty) parts.Add("in namespaces " + Globs(match.Namespaces));
        if (!match.Labels.IsEmpty) parts.Add("with labels " + Pairs(match.Labels));
        if (!match.Annotations.IsEmpty) parts.Add("with annotations " + Pairs(match.Annotations));
        if (!match.Subresources.IsEmpty)
            parts.Add("subresources "
                + string.Join(
                    ", ",
                    match.Subresources.Select(static glob =>
                        glob.Pattern.Length == 0 ? "the resource itself" : MarkdownText.Cell(glob.Pattern))));
        return string.Join("; ", parts);
    }

    private static string Of(TerraformMatch match)
    {
        var types = IsAll(match.Types) ? "every type" : Globs(match.Types);
        return match.Providers.IsEmpty ? types : $"{types}; of providers {Globs(match.Providers)}";
    }

    private static bool IsAll(ImmutableArray<Glob> globs) => globs.IsEmpty || globs.Any(static glob => glob.Pattern is "*");

    private static string Globs(ImmutableArray<Glob> globs) =>
        string.Join(", ", globs.Select(static glob => MarkdownText.Cell(glob.Pattern)));

    private static string Pairs(ImmutableArray<(string Key, Glob Value)> pairs) =>
        string.Join(", ", pairs.Select(static pair => MarkdownText.Cell($"{pair.Key}: {pair.Value}")));

    private static string Words<T>(ImmutableArray<T> members)
        where T : struct, Enum => string.Join(", ", members.Select(static member => Policies.Words<T>.Of(member)));
}
