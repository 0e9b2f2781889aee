using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation.Tracing;

/// <summary>
/// Says of each constraint of a rule's <c>match</c> whether a change fits it. The answer itself is <see cref="RuleMatch"/>'s.
/// </summary>
/// <param name="match">What the rule judges.</param>
/// <param name="masking">Covers what may not be shown of labels and annotations.</param>
internal sealed class MatchExplanation(RuleMatch match, Masking masking)
{
    /// <summary>Every constraint, in the order in which they are asked.</summary>
    public ImmutableArray<MatchTrace> Of(Change change)
    {
        var found = ImmutableArray.CreateBuilder<MatchTrace>();
        Add(
            found, "operations", Listed(match.Operations), Words<Operation>.Of(change.Operation),
            match.Operations.Contains(change.Operation));
        if (!match.Origins.IsEmpty)
            Add(
                found, "origins", Listed(match.Origins), Words<ChangeOrigin>.Of(change.Origin),
                match.Origins.Contains(change.Origin));
        if (!match.Surfaces.IsEmpty)
            Add(
                found, "surfaces", Listed(match.Surfaces), Words<Surface>.Of(change.Surface),
                match.Surfaces.Contains(change.Surface));
        if (!match.Environments.IsEmpty)
            Add(
                found, "environments", Globs(match.Environments), change.Environment ?? "none",
                change.Environment is { } e && match.Environments.Any(g => g.Fits(e)));
        if (change.Resource is KubernetesId kubernetes) Add(found, change, kubernetes);
        if (change.Resource is TerraformId terraform) Add(found, terraform);
        if (change.Resource is FileId file) Add(found, file);
        return found.ToImmutable();
    }

    private void Add(ImmutableArray<MatchTrace>.Builder found, Change change, KubernetesId id)
    {
        if (match.Kubernetes is not { } wanted)
        {
            Add(found, OtherPlatform, OthersOnly, "a Kubernetes object", holds: false);
            return;
        }

        if (!wanted.Kinds.IsEmpty)
            Add(
                found, "kubernetes.kinds", Globs(wanted.Kinds), id.Group.Length == 0 ? id.Kind : $"{id.Group}/{id.Kind}",
                wanted.FitsKind(id));
        if (!wanted.Namespaces.IsEmpty)
            Add(
                found, "kubernetes.namespaces", Globs(wanted.Namespaces), id.Namespace,
                wanted.Namespaces.Any(g => g.Fits(id.Namespace)));
        AddPairs(found, change, "labels", wanted.Labels);
        AddPairs(found, change, "annotations", wanted.Annotations);
    }

    private void AddPairs(
        ImmutableArray<MatchTrace>.Builder found, Change change, string name, ImmutableArray<(string Key, Glob Value)> wanted)
    {
        var given = (((change.After ?? change.Before) as MappingNode)?["metadata"] as MappingNode)?[name] as MappingNode;
        foreach (var (key, value) in wanted)
        {
            var actual = given?[key] as ScalarNode;
            Add(
                found, $"kubernetes.{name}", $"{key}: {value.Pattern}",
                actual is null ? "not set" : masking.Show(new ScriptRun(new ScriptBudget()), Value.Of(actual)),
                actual is not null && value.Fits(actual.Text));
        }
    }

    private void Add(ImmutableArray<MatchTrace>.Builder found, FileId id)
    {
        if (match.Files is not { } wanted) Add(found, OtherPlatform, OthersOnly, "a tool's file", holds: false);
        else if (!wanted.Kinds.IsEmpty) Add(found, "files.kinds", Globs(wanted.Kinds), id.Kind, wanted.Fits(id));
    }

    private string OtherPlatform =>
        match.Kubernetes is not null ? "kubernetes" : match.Terraform is not null ? "terraform" : "files";

    private string OthersOnly => string.Join(", ", Platforms()) + " only";

    private IEnumerable<string> Platforms()
    {
        if (match.Kubernetes is not null) yield return "Kubernetes objects";
        if (match.Terraform is not null) yield return "Terraform resources";
        if (match.Files is not null) yield return "tools' files";
    }

    private void Add(ImmutableArray<MatchTrace>.Builder found, TerraformId id)
    {
        if (match.Terraform is not { } wanted)
        {
            Add(found, OtherPlatform, OthersOnly, "a Terraform resource", holds: false);
            return;
        }

        if (!wanted.Types.IsEmpty)
            Add(found, "terraform.types", Globs(wanted.Types), id.Type, wanted.Types.Any(g => g.Fits(id.Type)));
        if (!wanted.Providers.IsEmpty)
            Add(
                found, "terraform.providers", Globs(wanted.Providers), id.Provider,
                wanted.Providers.Any(g => g.Fits(id.Provider)));
    }

    private void Add(ImmutableArray<MatchTrace>.Builder found, string constraint, string wanted, string actual, bool holds) =>
        found.Add(new(
            constraint, wanted, masking.Cover(actual), holds,
            match.Places.GetValueOrDefault(constraint[(constraint.LastIndexOf('.') + 1)..])));

    private static string Listed<T>(ImmutableArray<T> words)
        where T : struct, Enum => string.Join(", ", words.Select(w => Policies.Words<T>.Of(w)));

    private static string Globs(ImmutableArray<Glob> globs) => string.Join(", ", globs.Select(g => g.Pattern));
}
