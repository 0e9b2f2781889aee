using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// The fields of an object as a set of hashes, its name and namespace left out, for telling how alike two objects are.
/// </summary>
internal sealed class ContentPrint
{
    private readonly HashSet<int> fields = [];

    private ContentPrint()
    {
    }

    /// <summary>Equal for equal contents.</summary>
    public int Digest { get; private set; }

    /// <summary>
    /// The print of what an object holds beside its metadata; of its labels and annotations where it holds nothing else, as a
    /// Namespace or a ServiceAccount.
    /// </summary>
    public static ContentPrint Of(Node root)
    {
        var print = new ContentPrint();
        if (root is not MappingNode mapping) return print;
        foreach (ref readonly var entry in mapping.Entries)
            if (entry.Key is not ("apiVersion" or "kind" or "metadata" or "status")) print.Add(entry.Value, Hash(0, entry.Key));
        if (print.fields.Count > 0 || mapping["metadata"] is not MappingNode metadata) return print;
        foreach (ref readonly var entry in metadata.Entries)
            if (entry.Key is "labels" or "annotations") print.Add(entry.Value, Hash(0, entry.Key));
        return print;
    }

    /// <summary>
    /// The share of fields that both have among those that either has: 1 for equal contents, 0 where both are empty.
    /// </summary>
    public double Likeness(ContentPrint other)
    {
        var common = 0;
        foreach (var field in fields)
            if (other.fields.Contains(field)) common++;
        var either = fields.Count + other.fields.Count - common;
        return either == 0 ? 0 : (double)common / either;
    }

    private void Add(Node node, int at)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries) Add(entry.Value, Hash(at, entry.Key));
                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Count; i++) Add(sequence[i], HashCode.Combine(at, i));
                break;
            case ScalarNode scalar:
                var field = Hash(at, scalar.Text);
                if (fields.Add(field)) Digest ^= field;
                break;
            default:
                break;
        }
    }

    private static int Hash(int at, string text) => HashCode.Combine(at, text);
}
