using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>Marks what a Secret keeps, and collects the texts, since copies of them turn up in other places.</summary>
internal sealed class SecretMarks
{
    /// <summary>Shorter texts turn up everywhere by chance; hiding them would only garble messages.</summary>
    private const int ShortestText = 4;

    /// <summary>A line of a longer secret is hidden by itself from this length on: excerpts show single lines.</summary>
    private const int ShortestLine = 12;

    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private readonly ImmutableHashSet<string>.Builder texts = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);

    /// <summary>The texts met so far.</summary>
    public ImmutableHashSet<string> Texts => texts.ToImmutable();

    /// <summary>Marks what is secret in an object: the values of a Secret, and what detectors recognise anywhere.</summary>
    public void Mark(in RawObject item)
    {
        if (item is { Kind: "Secret", ApiVersion: "v1" }) Mark(item.Node);
        if (item.Kind == "SealedSecret" && item.ApiVersion.StartsWith("bitnami.com/", StringComparison.Ordinal))
            MarkSealed(item.Node);
        MarkDetected(item.Node);
    }

    /// <summary>Marks what detectors recognise.</summary>
    public void MarkDetected(MappingNode node) => SensitiveMarker.Mark(node, Add);

    // What is not sealed after all may be in clear, so nothing of it is shown.
    private void MarkSealed(MappingNode secret)
    {
        MarkValues(secret.At("spec", "encryptedData"), encoded: false);
        MarkValues(secret.At("spec", "template", "data"), encoded: false);
        MarkValues(secret.At("spec", "template", "stringData"), encoded: false);
    }

    /// <summary>Marks an object of kind Secret.</summary>
    public void Mark(MappingNode secret)
    {
        MarkValues(secret["data"], encoded: true);
        MarkValues(secret["stringData"], encoded: false);
        if (secret.At("metadata", "annotations", LastApplied) is { } copy) copy.Mark(NodeFlags.Sensitive);
    }

    // The keys stay visible: they are what a reader recognises a value by.
    private void MarkValues(Node? values, bool encoded)
    {
        if (values is not MappingNode mapping)
        {
            values?.Mark(NodeFlags.Sensitive);
            return;
        }

        foreach (ref readonly var entry in mapping.Entries)
        {
            entry.Value.Mark(NodeFlags.Sensitive);
            if (entry.Value is not ScalarNode { Kind: NodeKind.String or NodeKind.Number } value) continue;
            Add(value.Text);
            if (encoded && TryDecode(value.Text, out var clear)) Add(clear);
        }
    }

    /// <summary>Takes a text that is secret, and each long line of it.</summary>
    public void Add(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length >= ShortestText) texts.Add(trimmed);
        if (!trimmed.Contains('\n')) return;
        foreach (var range in trimmed.AsSpan().Split('\n'))
        {
            var line = trimmed.AsSpan(range).Trim();
            if (line.Length >= ShortestLine) texts.Add(line.ToString());
        }
    }

    private static bool TryDecode(string encoded, out string clear)
    {
        clear = "";
        if (encoded.Length < ShortestText || !Base64.IsValid(encoded)) return false;
        var bytes = Convert.FromBase64String(encoded);
        if (Encoding.UTF8.GetCharCount(bytes) == 0 || bytes.AsSpan().ContainsAny(Binary)) return false;
        clear = Encoding.UTF8.GetString(bytes);
        return !clear.Contains('\uFFFD');
    }

    private static readonly SearchValues<byte> Binary = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8]);
}
