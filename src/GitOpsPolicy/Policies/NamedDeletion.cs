using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Policies;

/// <summary>
/// A deletion as an acknowledgement names it: <c>k8s:/PersistentVolumeClaim/prod/data</c>, <c>replace
/// tf:aws_db_instance.main</c>.
/// </summary>
/// <param name="Operation">What is done; null where the list does not say, and only the digest does.</param>
/// <param name="Resource">The resource in canonical form, or as findings show it.</param>
internal readonly record struct NamedDeletion(Operation? Operation, string Resource)
{
    /// <summary>It says without doubt which resource it is about.</summary>
    public bool IsCanonical =>
        Resource.StartsWith("k8s:", StringComparison.Ordinal) || Resource.StartsWith("tf:", StringComparison.Ordinal);

    /// <summary>What is done to the resource; where nothing is said, it is deleted.</summary>
    public Operation Meant => Operation ?? Changes.Operation.Delete;

    /// <summary>As it stands in the list: a delete goes without saying.</summary>
    public string Text =>
        Operation is { } done and not Changes.Operation.Delete ? $"{Words<Operation>.Of(done)} {Resource}" : Resource;

    /// <summary>The name of a change's deletion.</summary>
    public static NamedDeletion Of(Change change) => new(change.Operation, change.Resource.Canonical);

    /// <summary>Takes an entry of the list apart.</summary>
    public static NamedDeletion Parse(string text)
    {
        if (text.IndexOf(' ') is > 0 and var space && Words<Operation>.TryParse(text[..space], out var operation))
        {
            var named = new NamedDeletion(operation, text[(space + 1)..]);
            if (named.IsCanonical) return named;
        }

        return new(null, text);
    }

    /// <summary>A change is this deletion.</summary>
    public bool Names(Change change) =>
        DeletionSet.IsDeletion(change) && (Operation is null || Operation == change.Operation) && NamesResource(change.Resource);

    /// <summary>It is about this resource.</summary>
    public bool NamesResource(ResourceId resource) => Resource == resource.Canonical || Resource == resource.ToString();
}
