namespace GitOpsPolicy.Changes;

/// <summary>
/// What identifies a resource across revisions and surfaces. Two ids are equal when they name the same stored object.
/// </summary>
public abstract record ResourceId
{
    private protected ResourceId()
    {
    }

    /// <summary>The id in one line as findings show it: <c>Deployment prod/web</c> or <c>aws_db_instance.main</c>.</summary>
    public abstract override string ToString();

    /// <summary>The id in the unambiguous form that files, digests and fingerprints use; stable across releases.</summary>
    public abstract string Canonical { get; }
}

/// <summary>A Kubernetes object. The version is not part of what identifies it: one object is served under several.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version as the source spelt it.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespace">Namespace; empty for a cluster-scoped object, or where the source leaves it to the
/// destination.</param>
/// <param name="Name">Name; for an object that the server will name, its <c>generateName</c> followed by <c>*</c>.</param>
public sealed record KubernetesId(string Group, string Version, string Kind, string Namespace, string Name) : ResourceId
{
    /// <summary><c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <inheritdoc/>
    public override string Canonical => $"k8s:{Group}/{Kind}/{Namespace}/{Name}";

    /// <inheritdoc/>
    public bool Equals(KubernetesId? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && Namespace == other.Namespace && Group == other.Group;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Group, Kind, Namespace, Name);

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>A Terraform or OpenTofu resource instance.</summary>
/// <param name="Address">Whole address with module path and index: <c>module.db["a"].aws_db_instance.main[0]</c>.</param>
/// <param name="Type">Resource type: <c>aws_db_instance</c>.</param>
/// <param name="Name">Resource name: <c>main</c>.</param>
/// <param name="Provider">Provider source address: <c>registry.terraform.io/hashicorp/aws</c>.</param>
/// <param name="Module">Module address; empty for the root module.</param>
/// <param name="Index">The <c>count</c> or <c>for_each</c> key as the plan spells it; null when there is none.</param>
/// <param name="Deposed">Key of a deposed object, which is one that a create-before-destroy replacement left behind; else
/// null.</param>
/// <param name="IsData">A data source, which is read and never stored.</param>
public sealed record TerraformId(
    string Address, string Type, string Name, string Provider, string Module = "", string? Index = null, string? Deposed = null,
    bool IsData = false)
    : ResourceId
{
    /// <inheritdoc/>
    public override string Canonical => Deposed is null ? $"tf:{Address}" : $"tf:{Address}#deposed:{Deposed}";

    /// <inheritdoc/>
    public bool Equals(TerraformId? other) => other is not null && Address == other.Address && Deposed == other.Deposed;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Deposed);

    /// <inheritdoc/>
    public override string ToString() => Deposed is null ? Address : $"{Address} (deposed {Deposed})";
}

/// <summary>
/// A file that no cluster and no provider keeps, but that decides what reaches them: a workflow, a tool's settings.
/// </summary>
/// <param name="Kind">What it is a file of: <c>GitHubWorkflow</c>.</param>
/// <param name="Path">Its path at the head, as the user's paths lead to it. The path alone identifies it.</param>
public sealed record FileId(string Kind, string Path) : ResourceId
{
    /// <inheritdoc/>
    public override string Canonical => $"file:{Path}";

    /// <inheritdoc/>
    public bool Equals(FileId? other) => other is not null && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Path}";
}
