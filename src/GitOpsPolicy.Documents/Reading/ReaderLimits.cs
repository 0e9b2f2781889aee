namespace GitOpsPolicy.Documents;

/// <summary>How much a reader takes before it refuses a text. Each is checked before the excess is kept in memory.</summary>
/// <param name="MaxDepth">Sequences and mappings inside one another. The deepest public resource definitions have fewer than
/// 40.</param>
/// <param name="MaxNodes">Values in one document, aliases counted once.</param>
/// <param name="MaxExpandedNodes">Values that the aliases and merge keys of one document stand for.</param>
/// <param name="MaxBytes">Size of the whole text in bytes.</param>
/// <param name="MaxDocuments">Documents in one text.</param>
public sealed record ReaderLimits(
    int MaxDepth = 100,
    int MaxNodes = 200_000,
    int MaxExpandedNodes = 400_000,
    long MaxBytes = 64L << 20,
    int MaxDocuments = 50_000)
{
    /// <summary>For manifests, rules and configuration.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>For Terraform plans, which a program wrote and which may be large.</summary>
    public static ReaderLimits Plan { get; } = new(MaxDepth: 400, MaxNodes: 20_000_000, MaxBytes: 2L << 30);
}
