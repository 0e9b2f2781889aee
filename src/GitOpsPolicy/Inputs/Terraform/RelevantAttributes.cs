using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// The attributes that the configuration reads from elsewhere, as a plan lists them. A plan shows every drift it meets, most of
/// it of no consequence; drift in one of these can change what the plan does.
/// </summary>
internal sealed class RelevantAttributes
{
    /// <summary>The reason of a drift in an attribute that the configuration reads.</summary>
    public const string Relevant = "drift_in_relevant_attributes";

    /// <summary>The reason of any other drift.</summary>
    public const string Elsewhere = "drift_elsewhere";

    private readonly ILookup<string, Node> pathsByResource;

    /// <summary>
    /// Takes <c>relevant_attributes</c> of a plan: <c>[{"resource": "aws_s3_bucket.b", "attribute": ["tags", "x"]}]</c>.
    /// </summary>
    public RelevantAttributes(IEnumerable<Node> entries) =>
        pathsByResource = entries.OfType<MappingNode>()
            .Where(entry => entry["resource"] is ScalarNode && entry["attribute"] is SequenceNode)
            .ToLookup(entry => ((ScalarNode)entry["resource"]!).Text, entry => entry["attribute"]!);

    /// <summary>Says of a drift whether the configuration reads what drifted.</summary>
    public string Classify(TerraformId resource, Node? applied, Node? live)
    {
        var ofInstance = pathsByResource[resource.Address].Select(path => Steps(path).ToArray());
        var ofResource = resource.Index is null
            ? []
            : pathsByResource[PlanAddress.OfAllInstances(resource)].Select(path => Steps(path).ToArray())
                .Where(steps => steps.Length == 0 || steps[0] == resource.Index)
                .Select(steps => steps.Length == 0 ? steps : steps[1..]);
        return ofInstance.Concat(ofResource).Any(steps => !NodeEquality.AreEqual(Find(applied, steps), Find(live, steps)))
            ? Relevant
            : Elsewhere;
    }

    private static IEnumerable<string> Steps(Node path)
    {
        foreach (var step in ((SequenceNode)path).Items.ToArray())
            if (step is ScalarNode scalar) yield return scalar.Text;
    }

    private static Node? Find(Node? root, string[] steps) =>
        root is null ? null : JsonPointer.Find(root, JsonPointer.Format(steps));
}
