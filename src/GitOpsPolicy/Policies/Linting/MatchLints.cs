using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>What a rule says it judges, held against what there is to judge.</summary>
internal static class MatchLints
{
    /// <summary>
    /// What changes of each origin and platform can be: what the inputs make of manifests, differences, plans and the rest.
    /// </summary>
    private static readonly ImmutableArray<(ChangeOrigin Origin, Type Platform, ImmutableArray<Operation> Operations)> Possible =
    [
        (ChangeOrigin.Manifest, typeof(KubernetesId), [Operation.Create]),
        (ChangeOrigin.Diff, typeof(KubernetesId),
            [Operation.Create, Operation.Update, Operation.Delete, Operation.Replace, Operation.None]),
        (ChangeOrigin.Manifest, typeof(FileId), [Operation.Create]),
        (ChangeOrigin.Diff, typeof(FileId), [Operation.Create, Operation.Update, Operation.Delete, Operation.None]),
        (ChangeOrigin.Plan, typeof(TerraformId),
            [
                Operation.Create, Operation.Update, Operation.Delete, Operation.Replace, Operation.Forget, Operation.Import,
                Operation.Read, Operation.None
            ]),
        (ChangeOrigin.Review, typeof(KubernetesId), [Operation.Create, Operation.Update, Operation.Delete, Operation.Connect]),
        (ChangeOrigin.Live, typeof(KubernetesId),
            [Operation.Create, Operation.Update, Operation.Delete, Operation.Replace, Operation.None]),
        (ChangeOrigin.Drift, typeof(KubernetesId),
            [Operation.Create, Operation.Update, Operation.Delete, Operation.Replace, Operation.None]),
        (ChangeOrigin.Drift, typeof(TerraformId),
            [Operation.Create, Operation.Update, Operation.Delete, Operation.Replace, Operation.None]),
    ];

    /// <summary>What is to be said about a rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject, PolicyConfig config)
    {
        var match = subject.Metadata.Match;
        if (!CanMatch(match))
            yield return subject.Find(
                "never-matches", subject.PlaceOf("match"), "no change is of these operations, origins and platforms at once");
        foreach (var kind in match.Kubernetes?.Kinds ?? [])
            if (KnownKinds.Doubt(kind.Pattern) is { } doubt)
                yield return subject.Find(
                    "unknown-kind", subject.PlaceOf("match", "kubernetes", "kinds"), $"`{kind}` in `match`: {doubt}");
        if (match.Kubernetes is { Namespaces.IsEmpty: false, Kinds.IsEmpty: false } kubernetes && HasNoNamespaces(kubernetes))
            yield return subject.Find(
                "cluster-scoped-namespace", subject.PlaceOf("match", "kubernetes", "namespaces"),
                $"{string.Join(", ", kubernetes.Kinds.Select(static kind => $"`{kind}`"))} {(kubernetes.Kinds.Length == 1 ? "has" : "have")} no namespace");
        if (config.Environments.IsEmpty) yield break;
        var known = config.Environments.Select(static environment => environment.Name).ToList();
        foreach (var environment in match.Environments.Where(glob => !known.Exists(name => glob.Fits(name))))
            yield return subject.Find(
                "unknown-environment", subject.PlaceOf("match", "environments"),
                $"the configuration has no environment `{environment}`{Suggestion.For(environment.Pattern, known)}");
    }

    private static bool CanMatch(RuleMatch match) => Possible.Any(possible =>
        (match.Origins.IsEmpty || match.Origins.Contains(possible.Origin))
        && Judges(match, possible.Platform)
        && possible.Operations.Any(operation => match.Operations.Contains(operation)));

    private static bool Judges(RuleMatch match, Type platform) =>
        (platform == typeof(KubernetesId) && match.Kubernetes is not null)
        || (platform == typeof(TerraformId) && match.Terraform is not null)
        || (platform == typeof(FileId) && match.Files is not null);

    private static bool HasNoNamespaces(KubernetesMatch match) =>
        match.Kinds.All(static kind => KnownKinds.IsClusterScoped(kind.Pattern))
            && !match.Namespaces.Any(static glob => glob.Fits(""));
}
