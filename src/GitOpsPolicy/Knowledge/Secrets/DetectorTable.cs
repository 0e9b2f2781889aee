using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>The detectors of <c>secret-detectors.yaml</c>: issuers' documented prefixes, lengths and alphabets.</summary>
internal static class DetectorTable
{
    private static readonly MappingNode Data = KnowledgeData.Read("secret-detectors.yaml");

    /// <summary>Tokens that their own structure gives away, by issuer.</summary>
    public static readonly ImmutableArray<Detector> Tokens = [.. Rows("tokens").Select(Token)];

    /// <summary>Values that are told by their name and their structure together.</summary>
    public static readonly ImmutableArray<NamedDetector> Named = [.. Rows("named").Select(NamedToken)];

    /// <summary><see cref="Named"/> by the ends of names.</summary>
    public static readonly NameEnds<NamedDetector> ByName = new(Named.SelectMany(detector => detector.Under.Select(
        end => (end, detector))));

    private static Detector Token(Node row) => new(
        row.TextAt("name")!, row.TextAt("is")!, Texts(row, "literals"), TokenPattern.Parse(row.TextAt("tail")!))
    {
        Head = row.TextAt("head") is { } head ? TokenPattern.Parse(head) : null,
        Near = Texts(row, "near"),
        HasChecksum = row.TextAt("checksum") is not null,
    };

    private static NamedDetector NamedToken(Node row) =>
        new(row.TextAt("name")!, row.TextAt("is")!, Texts(row, "under"), TokenPattern.Parse(row.TextAt("value")!));

    private static Node[] Rows(string table) => Data[table].ItemsOf().ToArray();

    private static ImmutableArray<string> Texts(Node row, string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in row.At(key).ItemsOf()) texts.Add(item.AsText()!);
        return texts.ToImmutable();
    }
}
