using System.Collections.Immutable;

namespace GitOpsPolicy.Authoring;

/// <summary>Who applies what Git says.</summary>
[Flags]
public enum Controllers
{
    /// <summary>Argo CD.</summary>
    ArgoCd = 1,

    /// <summary>Flux.</summary>
    Flux = 2,

    /// <summary>The configuration of either; one of them is to be kept.</summary>
    Both = ArgoCd | Flux,
}

/// <summary>Where pull requests are judged.</summary>
[Flags]
public enum CiSystems
{
    /// <summary>GitHub Actions.</summary>
    GitHub = 1,

    /// <summary>GitLab CI.</summary>
    GitLab = 2,

    /// <summary>The files of either.</summary>
    Both = GitHub | GitLab,
}

/// <summary>
/// A repository as we recommend it: environments, the configuration of controllers, jobs of CI, alerts and runbooks. All of it
/// passes the shipped rules as it is.
/// </summary>
public static class RepositoryTree
{
    private static readonly ImmutableArray<TreeFile> Files =
    [
        new("README.md", "README.md"),
        new("gitops-policy.yaml", "gitops-policy.yaml") { IsOurs = true },
        new("drift-table.yaml", "drift-table.yaml") { IsOurs = true },
        new("CODEOWNERS", "CODEOWNERS"),
        new("apps/shop/base/kustomization.yaml", "app/kustomization.yaml"),
        new("apps/shop/base/deployment.yaml", "app/deployment.yaml"),
        new("apps/shop/base/service.yaml", "app/service.yaml"),
        new("apps/shop/base/poddisruptionbudget.yaml", "app/poddisruptionbudget.yaml"),
        new("apps/shop/base/networkpolicy.yaml", "app/networkpolicy.yaml"),
        .. Environment("staging"),
        .. Environment("production"),
        new("clusters/argocd/projects.yaml", "argocd/projects.yaml") { Controllers = Controllers.ArgoCd },
        new("clusters/flux/access.yaml", "flux/access.yaml") { Controllers = Controllers.Flux },
        new("monitoring/gitops-policy.yaml", "monitoring/policy.yaml"),
        new("monitoring/argocd.yaml", "monitoring/argocd.yaml") { Controllers = Controllers.ArgoCd },
        new("monitoring/flux.yaml", "monitoring/flux.yaml") { Controllers = Controllers.Flux },
        new("runbooks/break-glass.md", "runbooks/break-glass.md"),
        new("runbooks/out-of-sync.md", "runbooks/out-of-sync.md"),
        new(".github/workflows/policy.yaml", "ci/policy.github.yaml") { CiSystems = CiSystems.GitHub },
        new(".github/workflows/promotion.yaml", "ci/promotion.github.yaml") { CiSystems = CiSystems.GitHub },
        new(".github/workflows/drift.yaml", "ci/drift.github.yaml") { CiSystems = CiSystems.GitHub },
        new(".gitlab-ci.yml", "ci/gitlab.yaml") { CiSystems = CiSystems.GitLab },
    ];

    /// <summary>The files of a repository.</summary>
    /// <param name="controllers">Whose configuration is among them.</param>
    /// <param name="ciSystems">Whose jobs are among them.</param>
    public static ImmutableArray<AuthoredFile> For(Controllers controllers, CiSystems ciSystems)
    {
        ImmutableArray<AuthoredFile> tree = [.. Files.Where(file =>
            (file.Controllers & controllers) != 0 && (file.CiSystems & ciSystems) != 0).Select(
            Read)];
        var taken = tree.Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        return [.. tree, .. Templates.Repository.Where(file => !taken.Contains(file.Path))];
    }

    private static ImmutableArray<TreeFile> Environment(string name) =>
    [
        new($"environments/{name}/platform/kustomization.yaml", $"{name}/platform.yaml"),
        new($"environments/{name}/platform/namespace.yaml", $"{name}/namespace.yaml"),
        new($"environments/{name}/shop/kustomization.yaml", $"{name}/shop.yaml"),
        new($"clusters/argocd/{name}.yaml", $"argocd/{name}.yaml") { Controllers = Controllers.ArgoCd },
        new($"clusters/flux/{name}.yaml", $"flux/{name}.yaml") { Controllers = Controllers.Flux },
    ];

    private static AuthoredFile Read(TreeFile file) =>
        new(
            file.Path,
            (file.IsOurs ? EditorFiles.SchemaComment(file.Path) : "") + AuthoringData.Read($"repository/{file.Template}"));

    private sealed record TreeFile(string Path, string Template)
    {
        public Controllers Controllers { get; init; } = Controllers.Both;

        public CiSystems CiSystems { get; init; } = CiSystems.Both;

        // One of the kinds that the schema describes.
        public bool IsOurs { get; init; }
    }
}
