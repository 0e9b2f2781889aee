using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Every secret in clear that an object holds: tokens by their structure anywhere, values by their name where a name says so.
/// References, ciphertext and placeholders are none.
/// </summary>
internal sealed class SecretFinder
{
    private readonly List<FoundSecret> found = [];
    private readonly bool byName;

    private SecretFinder(bool byName) => this.byName = byName;

    /// <summary>The secrets of a Kubernetes object, of the attributes of a Terraform resource, or of any other value.</summary>
    /// <param name="root">The value; null holds none.</param>
    /// <param name="name">The name that its <c>value</c> stands under, as an output and a variable have one; null for
    /// none.</param>
    public static List<FoundSecret> Find(Node? root, string? name = null)
    {
        if (root is null) return [];
        if (root.Detections is List<FoundSecret> known) return known;

        // A definition's schema is full of names of secrets and holds none.
        var finder = new SecretFinder(byName: root.TextAt("kind") is not "CustomResourceDefinition");
        if (name is not null && root.At("value") is { } value) finder.Walk(value, name);
        else finder.Walk(root, null);
        return finder.found;
    }

    /// <summary>The name that the value of an output or a variable stands under; null for everything else.</summary>
    public static string? NameOf(ResourceId? id) => id is TerraformId { Type: "output" or "variable" } named ? named.Name : null;

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
        "secretKeyRef" or "configMapKeyRef" or "fieldRef" or "valueFrom" or "secretRef" or "encryptedData" or "caBundle"
            or "openAPIV3Schema" =>
            true,
        _ => false,
    };

    private void Judge(ScalarNode scalar, string? key)
    {
        if (scalar.AsText() is not { Length: >= 4 } text) return;
        if (TokenScanner.Find(text, key) is { } hit) Add(scalar, hit, key);
        else if (byName && !IsSecretData(scalar.Parent))
            Add(scalar, (key is null ? null : NamedValues.Judge(key, text)) ?? EmbeddedNames.Find(text));
    }

    // `--password=x`, `--password x`; everything else in a command line is scanned like any text.
    private void JudgeArgument(SequenceNode sequence, int index, string argument)
    {
        var scalar = (ScalarNode)sequence[index];
        if (TokenScanner.Find(argument) is { } hit) Add(scalar, hit, null);
        else if (byName) Add(scalar, CommandLine.Find(argument, index > 0 ? sequence[index - 1].AsText() : null));
    }

    private void Add(ScalarNode scalar, NamedSecret? named)
    {
        if (named is { } secret)
            found.Add(new FoundSecret(scalar, secret.Detector, secret.Title, secret.Confidence, secret.Name, false));
    }

    private void Add(ScalarNode scalar, TokenHit hit, string? key) =>
        found.Add(new FoundSecret(scalar, hit.Detector, hit.Title, hit.Confidence, key, hit.IsEncoded));

    /// <summary>The mapping is the <c>data</c> or <c>stringData</c> of a Secret.</summary>
    internal static bool IsSecretData(Node? node) =>
        node?.Parent is MappingNode parent && parent.TextAt("kind") == "Secret"
        && (ReferenceEquals(parent["data"], node) || ReferenceEquals(parent["stringData"], node));
}
