using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Every secret in clear that an object holds: tokens by their structure anywhere, values by their name where a name says so. References, ciphertext
/// and placeholders are none.
/// </summary>
internal sealed class SecretFinder
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly List<FoundSecret> found = [];
    private readonly bool byName;

    private SecretFinder(bool byName) => this.byName = byName;

    /// <summary>The secrets of a Kubernetes object, of the attributes of a Terraform resource, or of any other value.</summary>
    /// <param name="root">The value; null holds none.</param>
    /// <param name="name">The name it stands under; null for none.</param>
    public static List<FoundSecret> Find(Node? root, string? name = null)
    {
        if (name is null && root is { HoldsNoSecret: true }) return [];

        // A definition's schema is full of names of secrets and holds none.
        var finder = new SecretFinder(byName: root.TextAt("kind") is not "CustomResourceDefinition");
        if (root is not null) finder.Walk(root, name);
        return finder.found;
    }

    private void Walk(Node node, string? key)
    {
        switch (node)
        {
            case ScalarNode scalar:
                Judge(scalar, key);
                break;
            case SequenceNode sequence:
                WalkItems(sequence, key);
                break;
            case MappingNode mapping:
                WalkEntries(mapping);
                break;
            default:
                break;
        }
    }

    private void WalkItems(SequenceNode sequence, string? key)
    {
        var isCommand = key is "args" or "command";
        for (var i = 0; i < sequence.Count; i++)
        {
            if (isCommand && sequence[i].AsText() is { } argument) JudgeArgument(sequence, i, argument);
            else Walk(sequence[i], key);
        }
    }

    private void WalkEntries(MappingNode mapping)
    {
        // Environment variables and Helm parameters: the name is the value beside `value`.
        var name = mapping["value"] is ScalarNode ? mapping.TextAt("name") ?? mapping.TextAt("key") : null;
        var isSops = mapping["sops"] is MappingNode;
        foreach (ref readonly var entry in mapping.Entries)
        {
            if (IsElsewhere(mapping, entry.Key) || (isSops && entry.Key == "sops")) continue;
            Walk(entry.Value, name is not null && entry.Key == "value" ? name : entry.Key);
        }
    }

    // What the server or a controller writes, what only points to secrets, and the data of a Secret, which is judged as a Secret.
    private static bool IsElsewhere(MappingNode mapping, string key) => key switch
    {
        "status" or "managedFields" or "ownerReferences" => true,
        "secretKeyRef" or "configMapKeyRef" or "fieldRef" or "valueFrom" or "secretRef" or "encryptedData" or "caBundle" or "openAPIV3Schema" => true,
        LastApplied => false,
        "data" or "stringData" => false,
        _ => false,
    };

    private void Judge(ScalarNode scalar, string? key)
    {
        if (scalar.AsText() is not { Length: >= 4 } text) return;
        if (TokenScanner.Find(text) is { } hit) Add(scalar, hit, key);
        else if (byName) JudgeByName(scalar, text, key);
    }

    private void JudgeByName(ScalarNode scalar, string text, string? key)
    {
        var inSecret = IsSecretData(scalar.Parent);
        var direct = key is null || inSecret ? null : ValueShape.Judge(text, SecretNames.Classify(key));
        if (direct is { } confidence)
            found.Add(new FoundSecret(scalar, "name", "a secret by its name", confidence, key, false));
        else if (!inSecret && EmbeddedNames.Find(text) is { } inner)
            found.Add(new FoundSecret(scalar, "name", "a secret by its name", inner.Confidence, inner.Name, false));
    }

    // `--password=x`, `--password x`; everything else in a command line is scanned for tokens like any text.
    private void JudgeArgument(SequenceNode sequence, int index, string argument)
    {
        var scalar = (ScalarNode)sequence[index];
        if (TokenScanner.Find(argument) is { } hit)
        {
            Add(scalar, hit, null);
            return;
        }

        if (!byName) return;
        var (name, value) = CommandLine.Option(argument, index > 0 ? sequence[index - 1].AsText() : null);
        if (name is not null && value is not null && ValueShape.Judge(value, SecretNames.Classify(name)) is { } confidence)
            found.Add(new FoundSecret(scalar, "name", "a secret by its name", confidence, name, false));
        else if (argument.Contains('\n') && EmbeddedNames.Find(argument) is { } inner)
            found.Add(new FoundSecret(scalar, "name", "a secret by its name", inner.Confidence, inner.Name, false));
    }

    private void Add(ScalarNode scalar, TokenHit hit, string? key) =>
        found.Add(new FoundSecret(scalar, hit.Detector, hit.Title, hit.Confidence, key, hit.IsEncoded));

    /// <summary>The mapping is the <c>data</c> or <c>stringData</c> of a Secret.</summary>
    internal static bool IsSecretData(Node? node) =>
        node?.Parent is MappingNode parent && parent.TextAt("kind") == "Secret"
        && (ReferenceEquals(parent["data"], node) || ReferenceEquals(parent["stringData"], node));
}
