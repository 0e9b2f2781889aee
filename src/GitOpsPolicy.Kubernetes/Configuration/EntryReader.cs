using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>
/// Reads the fields of one entry of a kubeconfig. Fields nobody knows are left alone, as kubectl leaves them; a known one of the
/// wrong kind is reported and reads as absent.
/// </summary>
internal sealed class EntryReader(KubeConfigFile file, MappingNode entry, ImmutableArray<Problem>.Builder problems)
{
    /// <summary>The file that the entry stands in.</summary>
    public KubeConfigFile File { get; } = file;

    /// <summary>The field is there with a value.</summary>
    public bool Has(string name) => entry[name] is { Kind: not NodeKind.Null };

    /// <summary>Reports a mistake at a field, at its form in place, or at the entry where there is neither.</summary>
    public void Report(string name, string message, string? hint = null) =>
        problems.Add(new((entry[name] ?? entry[name + "-data"] ?? entry).Location, message, hint));

    /// <summary>A text; null when absent or empty.</summary>
    public string? Text(string name)
    {
        if (entry[name] is not { Kind: not NodeKind.Null } node) return null;
        if (node is ScalarNode { Kind: NodeKind.String } scalar) return scalar.Text.Length == 0 ? null : scalar.Text;
        Report(name, $"`{name}` must be text", "write it in quotes");
        return null;
    }

    /// <summary>True or false; false when absent.</summary>
    public bool Flag(string name)
    {
        if (entry[name] is not { Kind: not NodeKind.Null } node) return false;
        if (node is ScalarNode { Kind: NodeKind.Boolean } scalar) return scalar.IsTrue;
        Report(name, $"`{name}` must be true or false");
        return false;
    }

    /// <summary>The texts of a list; none when absent.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        if (entry[name] is not { Kind: not NodeKind.Null } node) return [];
        if (node is SequenceNode list && list.Items.ToArray().All(static item => item.Kind == NodeKind.String))
            return [.. list.Items.ToArray().Cast<ScalarNode>().Select(static item => item.Text)];
        Report(name, $"`{name}` must be a list of texts");
        return [];
    }

    /// <summary>The mappings of a list; none when absent.</summary>
    public IEnumerable<EntryReader> Entries(string name) =>
        entry[name] is SequenceNode list
            ? list.Items.ToArray().OfType<MappingNode>().Select(item => new EntryReader(File, item, problems))
            : [];

    /// <summary>The mapping under a name; null when absent.</summary>
    public EntryReader? Entry(string name)
    {
        if (entry[name] is not { Kind: not NodeKind.Null } node) return null;
        if (node is MappingNode mapping) return new(File, mapping, problems);
        Report(name, $"`{name}` must be a mapping");
        return null;
    }

    /// <summary>Keys and values of the mapping under a name, values that are texts or lists of texts; none when absent.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Pairs(string name)
    {
        if (entry[name] is not MappingNode mapping) return [];
        var reader = new EntryReader(File, mapping, problems);
        return [.. mapping.Entries.ToArray()
            .SelectMany(pair => reader.Texts(pair.Key).Select(text => KeyValuePair.Create(pair.Key, text)))];
    }

    /// <summary>
    /// PEM text that stands base64 in <c>NAME-data</c> or in the file that <c>NAME</c> names; the data wins, as in kubectl.
    /// Null when absent, or reported when it cannot be read.
    /// </summary>
    public PemText? Pem(string name)
    {
        if (Text(name + "-data") is { } data) return InPlace(name + "-data", data);
        if (Text(name) is not { } path) return null;
        var pem = PemText.InFile(File.Resolve(path));
        try
        {
            pem.Read();
            return pem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(
                name, $"`{name}` names a file that cannot be read: `{pem.Path}`",
                e is UnauthorizedAccessException ? "check its permissions" : null);
            return null;
        }
    }

    private PemText? InPlace(string name, string base64)
    {
        var bytes = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64, bytes, out var length))
            return PemText.InPlace(Encoding.ASCII.GetString(bytes, 0, length));
        Report(name, $"`{name}` is not base64");
        return null;
    }
}
