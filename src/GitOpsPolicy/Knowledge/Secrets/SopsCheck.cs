using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>One pass over a document, leaf by leaf.</summary>
/// <param name="root">The document.</param>
internal sealed class SopsCheck(Node? root)
{
    private readonly List<Node> plain = [];
    private readonly List<(Node, string)> problems = [];
    private readonly bool isSecret = root.TextAt("kind") == "Secret";
    private int encrypted;

    /// <summary>What was found.</summary>
    public SopsState State(bool isPresent) => new(isPresent, plain, problems);

    /// <summary>Checks a document that has metadata.</summary>
    public void Run(MappingNode mapping, MappingNode metadata)
    {
        SopsMetadata.Check(metadata, problems);
        var selector = SopsSelector.Of(metadata, problems);
        foreach (ref readonly var entry in mapping.Entries)
        {
            if (entry.Key == "sops") continue;
            Walk(
                entry.Value, selector.Selects(entry.Key, selector.StartsEncrypted) || IsSecretData(mapping, entry.Key), selector);
        }

        if (encrypted == 0 && plain.Count == 0 && problems.Count == 0)
            problems.Add((metadata, "says that it is encrypted, and no value is"));
    }

    /// <summary>
    /// Ciphertext in a document without metadata: nothing can decrypt it, so it ends up in the cluster as it is.
    /// </summary>
    public void FindLost(Node node)
    {
        foreach (var item in node.ItemsOf()) FindLost(item);
        foreach (ref readonly var entry in node.EntriesOf()) FindLost(entry.Value);
        if (node.AsText() is { } text && Sops.LooksEncrypted(text))
            problems.Add((node, "is encrypted, but the file has lost its metadata, so nothing can decrypt it"));
    }

    private void Walk(Node node, bool mustBeEncrypted, SopsSelector selector)
    {
        foreach (var item in node.ItemsOf()) Walk(item, mustBeEncrypted, selector);
        foreach (ref readonly var entry in node.EntriesOf())
        {
            // A key that ends in the clear suffix stays in clear even below an encrypted one, which a Secret's data never may.
            Walk(
                entry.Value,
                selector.Selects(entry.Key, mustBeEncrypted)
                    || (ReferenceEquals(node.Parent, root) && SecretFinder.IsSecretData(node)), selector);
        }

        if (node is ScalarNode { Kind: not NodeKind.Null } leaf && leaf is not { Kind: NodeKind.String, Text: "" })
            Judge(leaf, mustBeEncrypted);
    }

    private void Judge(ScalarNode leaf, bool mustBeEncrypted)
    {
        if (leaf.AsText() is { } text && Sops.LooksEncrypted(text))
        {
            encrypted++;
            if (!Sops.IsEncrypted(text))
                problems.Add((leaf, "looks encrypted but is not: its parts are not base64 of the right length"));
        }
        else if (mustBeEncrypted)
        {
            plain.Add(leaf);
        }
    }

    private bool IsSecretData(MappingNode mapping, string key) =>
        isSecret && ReferenceEquals(mapping, root) && key is "data" or "stringData";
}
