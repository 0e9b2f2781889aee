using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Images;

/// <summary>The images found so far, in order.</summary>
internal sealed class FoundImages
{
    /// <summary>A pod has fewer, and looking at each of so few is quicker than a set of them.</summary>
    private const int Few = 16;

    private HashSet<Node>? nodes;

    /// <summary>The images.</summary>
    public List<FoundImage> All { get; } = [];

    /// <summary>Adds an image.</summary>
    public void Add(FoundImage image)
    {
        All.Add(image);
        if (All.Count == Few) nodes = new(All.Select(earlier => earlier.Node), ReferenceEqualityComparer.Instance);
        else nodes?.Add(image.Node);
    }

    /// <summary>Whether an image was found in this value.</summary>
    public bool Holds(Node node) => nodes?.Contains(node) ?? All.Exists(earlier => ReferenceEquals(earlier.Node, node));
}
