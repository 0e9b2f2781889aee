using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>What of a resource runs an image.</summary>
internal enum ImageRole
{
    /// <summary>An ordinary container.</summary>
    Container,

    /// <summary>A container that runs to its end before the others start.</summary>
    InitContainer,

    /// <summary>A container added to a running pod for debugging.</summary>
    EphemeralContainer,

    /// <summary>A volume whose contents are an image.</summary>
    Volume,

    /// <summary>A value of a Helm chart.</summary>
    Values,

    /// <summary>
    /// A field of a custom resource or a Terraform attribute that an operator or service turns into containers.
    /// </summary>
    Field,
}

/// <summary>An image named by a resource, with the value that names it.</summary>
/// <param name="Node">The value: a string; unknown where the plan does not know it yet.</param>
/// <param name="Raw">The reference as written, or put together where a resource spreads it over several fields.</param>
/// <param name="Role">What runs it.</param>
/// <param name="Container">Name of the container; null where it has none.</param>
/// <param name="Inner">Pointer within the JSON text that <paramref name="Node"/> holds; empty when the node is the reference
/// itself.</param>
internal sealed record FoundImage(Node Node, string Raw, ImageRole Role, string? Container, string Inner = "")
{
    private readonly (ImageReference? Reference, string? Problem, bool IsCut) parsed = Node.IsUnknown ? default : Parse(Raw);
    private readonly bool isOpen;

    /// <summary>The value that names the tag, where that is another than <see cref="Node"/>; null else.</summary>
    public Node? Tag { get; init; }

    /// <summary>The value that names the digest, where that is another than <see cref="Node"/>; null else.</summary>
    public Node? Digest { get; init; }

    /// <summary>
    /// No tag stands here, and one is named elsewhere: by the chart, in the manifests, or by what fills in a placeholder.
    /// </summary>
    public bool IsOpen
    {
        get => isOpen || parsed.IsCut;
        init => isOpen = value;
    }

    /// <summary>A tag written as a number that is another one when it is read: <c>1.10</c> is 1.1. Null else.</summary>
    public string? NumberTag { get; init; }

    /// <summary>The reference read; null when it is malformed or unknown.</summary>
    public ImageReference? Reference => parsed.Reference;

    /// <summary>What is wrong with the reference; null when nothing is.</summary>
    public string? Problem =>
        parsed.Problem
            ?? (NumberTag is { } number
                ? $"has the number {number} for its tag, which is read as {number.TrimEnd('0').TrimEnd('.')}; it needs quotes"
                : null);

    /// <summary>Where it is, as a JSON pointer.</summary>
    public string Path => Node.Pointer + Inner;

    /// <summary>The same image in the words of the document that holds its document as a text.</summary>
    public FoundImage Within(Node text) => new(text, Raw, Role, Container, Path) { IsOpen = IsOpen, NumberTag = NumberTag };

    // What a tool fills in later leaves a tag or digest open; the repository before it stands.
    private static (ImageReference? Reference, string? Problem, bool IsCut) Parse(string text)
    {
        var known = ImageTemplate.KnownPart(text);
        return ImageReference.TryParse(known ?? text, out var reference, out var problem)
            ? (reference, null, known is not null)
            : (null, problem, false);
    }
}
