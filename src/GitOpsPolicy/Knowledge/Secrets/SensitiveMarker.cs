using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Marks the values of a document that must not be shown, whatever a rule does with them: the data of Secrets, and everything that
/// <see cref="SecretFinder"/> finds. Readers of inputs call it before they hand a document out.
/// </summary>
internal static class SensitiveMarker
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Marks what is sensitive below a document's root, and adds the texts to <paramref name="texts"/> where one is given.</summary>
    /// <param name="root">The root; items of a <c>List</c> are looked into.</param>
    /// <param name="texts">Collects the sensitive texts in clear, so that copies of them can be masked by value.</param>
    public static void Mark(Node root, ISet<string>? texts = null)
    {
        if (root.TextAt("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && root.At("items") is SequenceNode items)
        {
            foreach (var item in items.Items) Mark(item, texts);
            return;
        }

        if (root.TextAt("kind") == "Secret") MarkSecret(root, texts);
        foreach (var secret in SecretFinder.Find(root)) MarkValue(secret.Node, texts);
    }

    private static void MarkSecret(Node root, ISet<string>? texts)
    {
        foreach (ref readonly var entry in root.At("data").EntriesOf()) MarkValue(entry.Value, texts);
        foreach (ref readonly var entry in root.At("stringData").EntriesOf()) MarkValue(entry.Value, texts);
        if (root.At("metadata", "annotations", LastApplied) is { } lastApplied) MarkValue(lastApplied, texts);
    }

    private static void MarkValue(Node node, ISet<string>? texts)
    {
        // Ciphertext and references are what a reviewer needs to see, and are no secret.
        if (node.AsText() is { } text && (Sops.IsEncrypted(text) || Placeholders.IsPlaceholder(text))) return;
        node.Mark(NodeFlags.Sensitive);
        if (texts is not null && node.AsText() is { Length: >= 6 } secret) texts.Add(secret);
    }
}
