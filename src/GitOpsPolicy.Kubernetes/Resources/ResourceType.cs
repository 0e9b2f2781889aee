using System.Collections.Immutable;

namespace GitOpsPolicy.Kubernetes.Resources;

/// <summary>A kind of object that the API server serves in one version, and the path under which it does.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">Version.</param>
/// <param name="Plural">Name in paths, such as <c>deployments</c>.</param>
/// <param name="Kind">Kind, such as <c>Deployment</c>.</param>
/// <param name="IsNamespaced">Its objects live in namespaces.</param>
public sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool IsNamespaced)
{
    /// <summary>The plural's other form, such as <c>deployment</c>; empty where the server does not say.</summary>
    public string Singular { get; init; } = "";

    /// <summary>Abbreviations, such as <c>deploy</c>.</summary>
    public ImmutableArray<string> ShortNames { get; init; } = [];

    /// <summary>
    /// What can be done with its objects: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>patch</c>, <c>delete</c>, …
    /// </summary>
    public ImmutableArray<string> Verbs { get; init; } = [];

    /// <summary>Its subresources, such as <c>scale</c> and <c>status</c>.</summary>
    public ImmutableArray<string> Subresources { get; init; } = [];

    /// <summary><c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As kubectl writes it: <c>deployments.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The path of its objects in a namespace, or of all of them.</summary>
    /// <param name="inNamespace">The namespace; null for all.</param>
    internal string Path(string? inNamespace)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        return inNamespace is null || !IsNamespaced
            ? $"{root}/{Plural}"
            : $"{root}/namespaces/{Uri.EscapeDataString(inNamespace)}/{Plural}";
    }
}

/// <summary>Which object: enough to make its path.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Namespace">Its namespace; null for a cluster-scoped object.</param>
/// <param name="Name">Its name.</param>
public sealed record ObjectAddress(ResourceType Type, string? Namespace, string Name)
{
    /// <summary>A part of the object that is read and written apart, such as <c>status</c>; null for the object.</summary>
    public string? Subresource { get; init; }

    /// <summary><c>Deployment prod/web</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Type.Kind} {Name}" : $"{Type.Kind} {Namespace}/{Name}";

    /// <summary>Its path.</summary>
    /// <exception cref="ArgumentException">A namespaced object without namespace, or a name that is none.</exception>
    internal string Path()
    {
        if (Type.IsNamespaced && string.IsNullOrEmpty(Namespace))
            throw new ArgumentException($"{Type.Kind} {Name} needs a namespace.");
        // "." and ".." would climb in the path, "" would name all objects.
        if (Name is "" or "." or "..") throw new ArgumentException($"`{Name}` is no name of an object.");
        return $"{Type.Path(Namespace)}/{Uri.EscapeDataString(Name)}{(Subresource is null ? "" : "/" + Subresource)}";
    }
}
