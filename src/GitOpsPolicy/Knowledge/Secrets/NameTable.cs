using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// The words of <c>secret-names.yaml</c>: which names give a value away, and which values stand for a secret without being one.
/// </summary>
internal static class NameTable
{
    private static readonly MappingNode Data = KnowledgeData.Read("secret-names.yaml");

    /// <summary>One of these is in every name that counts.</summary>
    public static readonly SearchValues<string> Hints = Search("hints");

    /// <summary>Ends of names that hold the secret itself.</summary>
    public static readonly NameEnds<bool> Strong = Ends("strong");

    /// <summary>Ends of names that may also hold a reference or a setting.</summary>
    public static readonly NameEnds<bool> Weak = Ends("weak");

    /// <summary>Weak names that count only as a word of their own.</summary>
    public static readonly ImmutableArray<string> WeakWords = Texts(Data["weakWords"]);

    /// <summary>Ends of names that are never secret, though they end like it.</summary>
    public static readonly NameEnds<bool> Harmless = Ends("harmless");

    /// <summary>Words of samples and of what a person has to replace.</summary>
    public static readonly SearchValues<string> Samples = Search("samples");

    /// <summary>Passwords that everybody knows.</summary>
    public static readonly FrozenSet<string> WellKnown = Texts(Data["wellKnown"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Marks between which a tool puts a value.</summary>
    public static readonly ImmutableArray<(string Open, string Close)> References = [.. Rows("references").Select(
        row => (row.ItemsOf()[0].AsText()!, row.ItemsOf()[1].AsText()!))];

    /// <summary>Starts of texts that a tool reads as the place of a secret.</summary>
    public static readonly ImmutableArray<string> ReferenceStarts = Texts(Data["referenceStarts"]);

    private static SearchValues<string> Search(string key) =>
        SearchValues.Create([.. Texts(Data[key])], StringComparison.OrdinalIgnoreCase);

    private static NameEnds<bool> Ends(string key) => new(Texts(Data[key]).Select(end => (end, true)));

    private static Node[] Rows(string key) => Data[key].ItemsOf().ToArray();

    private static ImmutableArray<string> Texts(Node? list)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list.ItemsOf())
            texts.Add(item.AsText()
                ?? throw new InvalidOperationException(
                    $"`{((ScalarNode)item).Text}` in secret-names.yaml is no text: quote it."));
        return texts.ToImmutable();
    }
}
