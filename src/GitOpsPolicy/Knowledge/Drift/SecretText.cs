using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary><c>stringData</c> of Secrets, which the server keeps as <c>data</c>.</summary>
internal static class SecretText
{
    /// <summary>
    /// The Secret with its <c>stringData</c> laid over its <c>data</c>, as the server does it. Places and marks are kept.
    /// </summary>
    public static Node Encode(Node secret)
    {
        var texts = (MappingNode)secret.At("stringData")!;
        var data = new List<MappingEntry>();
        foreach (ref readonly var entry in secret.At("data").EntriesOf())
            if (texts[entry.Key] is null) data.Add(entry with { Value = ValueNodes.Copy(entry.Value, keepPositions: true) });
        foreach (ref readonly var entry in texts.Entries) data.Add(entry with { Value = EncodeText(entry.Value) });
        var rest = secret.EntriesOf()
            .ToArray()
            .Where(static entry => entry.Key is not ("data" or "stringData"))
            .Select(static entry => entry with { Value = ValueNodes.Copy(entry.Value, keepPositions: true) });
        return new MappingNode(
            [.. rest, new("data", texts.Position, new MappingNode([.. data], texts.Position))], secret.Position, secret.Flags);
    }

    // What SOPS has encrypted is left as it is: nobody can tell what it stands for.
    private static ScalarNode EncodeText(Node value)
    {
        var text = value is ScalarNode { Kind: not NodeKind.Null } scalar ? scalar.Text : "";
        return ScalarNode.String(
            text.StartsWith("ENC[", StringComparison.Ordinal) ? text : Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            value.Position, value.Flags);
    }
}
