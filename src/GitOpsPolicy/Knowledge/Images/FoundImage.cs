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

    /// <summary>A field of a custom resource or a Terraform attribute that an operator or service turns into containers.</summary>
    Field,
}

/// <summary>An image named by a resource, with the value that names it.</summary>
/// <param name="Node">The value: a string; unknown where the plan does not know it yet.</param>
/// <param name="Raw">The reference as written, or put together where a resource spreads it over several fields.</param>
/// <param name="Role">What runs it.</param>
/// <param name="Container">Name of the container; null where it has none.</param>
/// <param name="Inner">Pointer within the JSON text that <paramref name="Node"/> holds; empty when the node is the reference itself.</param>
internal sealed record FoundImage(Node Node, string Raw, ImageRole Role, string? Container, string Inner = "")
{
    private readonly (ImageReference? Reference, string? Problem) parsed = Node.IsUnknown ? default : Parse(Raw);

    /// <summary>The reference read; null when it is malformed or unknown.</summary>
    public ImageReference? Reference => parsed.Reference;

    /// <summary>What is wrong with the reference; null when nothing is.</summary>
    public string? Problem => parsed.Problem;

    /// <summary>Where it is, as a JSON pointer.</summary>
    public string Path => Node.Pointer + Inner;

    private static (ImageReference? Reference, string? Problem) Parse(string text) =>
        ImageReference.TryParse(text, out var reference, out var problem) ? (reference, null) : (null, problem);
}
