using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Finds copies of secrets. The masks of a plan name paths, and a value that is copied leaves its path: into <c>output</c> of a
/// <c>terraform_data</c>, into a connection string, into an output. So a secret is masked wherever its text turns up.
/// </summary>
/// <remarks>
/// <para>Not every text under a mask can be hunted for: hiding every <c>true</c> and <c>default</c> would hide the plan. The
/// rule:</para>
/// <list type="bullet">
/// <item>fewer than 6 characters, an ordinary word, or a word of some address in the plan (addresses are public): only where the
/// mask says;</item>
/// <item>one lower-case word or one number of fewer than 16 characters, or the name of a cloud region: where a text equals
/// it;</item>
/// <item>anything else: where a text contains it, also JSON-escaped or in Base64. These are what <see cref="Distinctive"/>
/// gives.</item>
/// </list>
/// </remarks>
internal sealed partial class SecretTexts
{
    private const int ShortestHunted = 6;
    private const int LongEnoughForAnyWord = 16;

    /// <summary>
    /// A line of a longer secret is a secret by itself from this length on: a private key may be pasted without its frame.
    /// </summary>
    private const int ShortestLine = 16;

    /// <summary>Words that are set under masks often and mean nothing on their own.</summary>
    private static readonly HashSet<string> OrdinaryWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "default", "enabled", "disabled", "active", "inactive", "production", "staging", "development", "testing", "private",
        "public", "internal", "external", "postgres", "postgresql", "aurora", "mariadb", "oracle", "mongodb", "elastic", "master",
        "primary", "replica", "standard", "localhost", "username", "string", "number", "object", "custom", "manual", "automatic",
    };

    private readonly HashSet<string> found = new(StringComparer.Ordinal);
    private readonly HashSet<string> publicWords = new(StringComparer.Ordinal);
    private HashSet<string> exact = new(StringComparer.Ordinal);
    private SearchValues<string>? parts;

    /// <summary>
    /// What the source itself masks. What only a detector takes for a secret is hidden where it turns up again, and not reported
    /// as a copy.
    /// </summary>
    private readonly HashSet<string> masked = new(StringComparer.Ordinal);
    private SearchValues<string>? maskedParts;

    /// <summary>Texts that give their secret away wherever they stand; filled by <see cref="Seal"/>.</summary>
    public ImmutableHashSet<string> Distinctive { get; private set; } = [];

    /// <summary>Takes every text at or below a node that is under a mask.</summary>
    public void Collect(Node node)
    {
        switch (node)
        {
            case ScalarNode { Kind: NodeKind.String, IsSensitive: true, IsUnknown: false } scalar:
                Add(scalar.Text);
                if ((scalar.Flags & NodeFlags.Detected) == 0) masked.Add(scalar.Text);
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items) Collect(item);
                break;
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries) Collect(entry.Value);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Takes the words of an address as public: names cannot be secret, and findings must be able to show them.
    /// </summary>
    public void AllowWordsOf(string address)
    {
        foreach (var word in Words().EnumerateMatches(address)) publicWords.Add(address.Substring(word.Index, word.Length));
    }

    /// <summary>Ends the collection and works out what is hunted for. Call once, before <see cref="MarkCopies"/>.</summary>
    public void Seal()
    {
        var hunted = found.Where(IsHunted).ToArray();
        exact = new(hunted, StringComparer.Ordinal);
        Distinctive = hunted.Where(IsDistinctive)
            .SelectMany(Spellings)
            .Where(text => text.Length >= ShortestHunted)
            .ToImmutableHashSet();
        parts = Distinctive.IsEmpty ? null : SearchValues.Create([.. Distinctive], StringComparison.Ordinal);
        masked.IntersectWith(exact);
        var spellings = masked.Where(IsDistinctive).SelectMany(Spellings).Where(text => text.Length >= ShortestHunted).ToArray();
        maskedParts = spellings.Length == 0 ? null : SearchValues.Create(spellings, StringComparison.Ordinal);
    }

    /// <summary>Marks every text at or below a node that is, or gives away, a secret found elsewhere.</summary>
    /// <param name="node">The node.</param>
    /// <param name="copies">Takes those that the source masks elsewhere; null for nobody.</param>
    public void MarkCopies(Node node, List<ScalarNode>? copies = null)
    {
        if (exact.Count == 0 || (node.Flags & (NodeFlags.Sensitive | NodeFlags.Detected)) == NodeFlags.Sensitive) return;
        switch (node)
        {
            case ScalarNode { Kind: NodeKind.String } scalar when GivesAway(scalar.Text):
                scalar.Mark(NodeFlags.Sensitive | NodeFlags.Detected);
                if (masked.Contains(scalar.Text) || (maskedParts is not null && scalar.Text.AsSpan().ContainsAny(maskedParts)))
                    copies?.Add(scalar);
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items) MarkCopies(item, copies);
                break;
            case MappingNode mapping:
                foreach (ref readonly var entry in mapping.Entries)
                {
                    if (GivesAway(entry.Key)) mapping.Mark(NodeFlags.Sensitive);   // a key cannot be masked on its own
                    MarkCopies(entry.Value, copies);
                }

                break;
            default:
                break;
        }
    }

    private void Add(string text)
    {
        found.Add(text);
        if (!text.Contains('\n')) return;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.Length >= ShortestLine && !line.StartsWith("-----")) found.Add(line.ToString());
        }
    }

    private bool GivesAway(string text) =>
        text.Length >= ShortestHunted && (exact.Contains(text) || (parts is not null && text.AsSpan().ContainsAny(parts)));

    private bool IsHunted(string text) =>
        text.Trim().Length >= ShortestHunted && !OrdinaryWords.Contains(text) && !publicWords.Contains(text);

    private static bool IsDistinctive(string text) =>
        text.Length >= LongEnoughForAnyWord || !(PlainWord().IsMatch(text) || Region().IsMatch(text));

    private static IEnumerable<string> Spellings(string text)
    {
        var json = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

        // Go's encoder, which `jsonencode` is, escapes these three as well.
        var go = json.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");
        return [text, json, go, Convert.ToBase64String(Encoding.UTF8.GetBytes(text))];
    }

    [GeneratedRegex("[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"\A(?:[a-z]+|[0-9]+)\z", RegexOptions.NonBacktracking)]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"\A[a-z]{2,}(?:-[a-z]+)+-?[0-9][a-z]?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Region();
}
