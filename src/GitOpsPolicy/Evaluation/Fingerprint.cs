using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Evaluation;

/// <summary>What findings are recognised by from one run to the next.</summary>
internal static class Fingerprint
{
    // What names an element of a list in Kubernetes (the merge keys of its API) and in Terraform blocks, most telling first.
    private static readonly string[] ElementKeys = [
        "name", "key", "id", "mountPath", "devicePath", "containerPort", "port", "host", "ip", "topologyKey", "type"
    ];

    /// <summary>
    /// 16 hex digits, the first a letter, over rule, resource and place; no value from a message and no line number is in it.
    /// </summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="resource">What the finding is about; null for the set.</param>
    /// <param name="place">Pointer from <see cref="StablePointer"/>.</param>
    /// <param name="ordinal">0 for the first finding of the same rule, resource and place, 1 for the next.</param>
    public static string Of(string rule, ResourceId? resource, string place, int ordinal)
    {
        var text = $"{rule}\n{resource?.Canonical ?? "set"}\n{place}\n{ordinal.ToString(CultureInfo.InvariantCulture)}";
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), whole);
        var hash = whole[..8];

        // The first digit is a letter: YAML would read 1234567890123456 and 12345678901234e5 as numbers.
        hash[0] = (byte)((hash[0] & 0x0f) | ((0xa + ((hash[0] >> 4) % 6)) << 4));
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>
    /// The way from an object to a value in it, with elements of lists called by their names where they have one:
    /// <c>/spec/containers/name=web/image</c>. It stays the same when elements are added before it.
    /// </summary>
    /// <param name="node">The value.</param>
    /// <param name="roots">The objects it may be in; outside of them its whole pointer counts.</param>
    public static string StablePointer(Node node, params ReadOnlySpan<Node?> roots)
    {
        Span<char> room = stackalloc char[256];
        var start = room.Length;
        for (var at = node; !IsAmong(at, roots) && at.Parent is { } parent; at = parent)
            if (!JsonPointer.TryPrepend(NameOf(parent, at), room, ref start)) return LongPointer(node, roots);
        return new string(room[start..]);
    }

    private static string LongPointer(Node node, ReadOnlySpan<Node?> roots)
    {
        var steps = new Stack<string>();
        for (var at = node; !IsAmong(at, roots) && at.Parent is { } parent; at = parent) steps.Push(NameOf(parent, at));
        return JsonPointer.Format(steps);
    }

    private static bool IsAmong(Node node, ReadOnlySpan<Node?> roots)
    {
        foreach (var root in roots)
            if (ReferenceEquals(node, root)) return true;
        return false;
    }

    private static string NameOf(Node parent, Node child) =>
        parent is SequenceNode list ? ElementName(list, child) : StepOf(parent, child);

    private static string ElementName(SequenceNode list, Node element)
    {
        if (element is not MappingNode mapping) return IndexOf(list, element);
        foreach (var key in ElementKeys)
        {
            if (!IsName(mapping[key])) continue;
            var name = ((ScalarNode)mapping[key]!).Text;
            var earlier = 0;
            foreach (var other in list.Items)
            {
                if (ReferenceEquals(other, element)) break;
                if ((other as MappingNode)?[key] is ScalarNode { } s && s.Text == name) earlier++;
            }

            return earlier == 0 ? $"{key}={name}" : $"{key}={name}#{earlier}";
        }

        return IndexOf(list, element);
    }

    private static bool IsName(Node? node) =>
        node is ScalarNode { Kind: NodeKind.String or NodeKind.Number, IsSensitive: false, IsUnknown: false };

    private static string IndexOf(SequenceNode list, Node element)
    {
        var items = list.Items;
        for (var i = 0; i < items.Length; i++)
            if (ReferenceEquals(items[i], element)) return i.ToString(CultureInfo.InvariantCulture);
        throw new ArgumentException("The node is not an element of the list.", nameof(element));
    }

    private static string StepOf(Node parent, Node child)
    {
        foreach (ref readonly var entry in ((MappingNode)parent).Entries)
            if (ReferenceEquals(entry.Value, child)) return entry.Key;
        throw new ArgumentException("The node is not in the mapping.", nameof(child));
    }
}
