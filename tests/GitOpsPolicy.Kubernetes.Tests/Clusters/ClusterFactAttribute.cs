using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>A test that needs a cluster; skipped, and said so, where there is none.</summary>
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (ClusterProviders.Available is null) Skip = ClusterProviders.SkipReason;
    }
}

/// <summary>A table of tests that need a cluster; skipped, and said so, where there is none.</summary>
public sealed class ClusterTheoryAttribute : TheoryAttribute
{
    public ClusterTheoryAttribute()
    {
        if (ClusterProviders.Available is null) Skip = ClusterProviders.SkipReason;
    }
}
