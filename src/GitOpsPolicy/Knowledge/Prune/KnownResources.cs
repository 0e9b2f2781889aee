using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Knowledge.Prune;

/// <summary>
/// What a change set knows of the world before it: its resources by what they are, and the tools that seem to deploy them.
/// </summary>
/// <threadsafety>Safe from any thread; made once a change set.</threadsafety>
internal sealed class KnownResources
{
    private static readonly ConditionalWeakTable<ChangeSet, KnownResources> Made = [];

    private readonly Dictionary<(string Kind, string Namespace, string Name), Change> byName = [];

    private KnownResources(ChangeSet set)
    {
        foreach (var change in set.Changes)
            if (change is { Before: not null, Resource: KubernetesId id, Origin: not ChangeOrigin.Drift })
                byName.TryAdd((GuardTable.NameOf(id.Group, id.Kind), id.Namespace, id.Name), change);
        Deployers = DeployersIn(set);
        Locks = [.. set.Changes.Where(change =>
            change is { Before: not null, Origin: not ChangeOrigin.Drift } && Prune.Locks.IsLock(change.Resource))];
    }

    /// <summary>Resources that are there only to guard others.</summary>
    public ImmutableArray<Change> Locks { get; }

    /// <summary>
    /// The tools whose own resources are in the set: Argo CD by its applications, Flux by its kustomizations and releases. Empty
    /// where there are none, as then any tool may be the one.
    /// </summary>
    public ImmutableArray<string> Deployers { get; }

    /// <summary>What is known of a change set.</summary>
    public static KnownResources Of(ChangeSet set) => Made.GetValue(set, static of => new KnownResources(of));

    /// <summary>The change of a resource that was there before; null where there is none.</summary>
    /// <param name="kind">Group and kind: <c>core/PersistentVolume</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="space">Its namespace; empty for none.</param>
    public Change? Find(string kind, string name, string space = "") => byName.GetValueOrDefault((kind, space, name));

    private static ImmutableArray<string> DeployersIn(ChangeSet set)
    {
        var (argo, flux, helm) = (false, false, false);
        foreach (var change in set.Changes)
        {
            if (change.Resource is not KubernetesId id) continue;
            argo |= id is { Group: "argoproj.io", Kind: "Application" or "ApplicationSet" };
            flux |= id is { Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization" };
            helm |= id is { Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease" };
        }

        var tools = ImmutableArray.CreateBuilder<string>();
        if (argo) tools.Add("Argo CD");
        if (flux || helm) tools.AddRange("Flux", "Helm");
        return tools.ToImmutable();
    }
}
