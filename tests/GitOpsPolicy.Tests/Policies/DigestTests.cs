using Xunit;

namespace GitOpsPolicy.Tests.Policies;

public sealed class DigestTests
{
    private const string Rule = "parameters: { limit: { type: integer, default: 1 } }\nrequire: { kind: { exists: true } }";
    private const string Config = "environments: { prod: { paths: [prod/**] } }";

    private static Repository Base() => new Repository().WithRule("a", Rule).WithRule("b", Rule).WithConfig(Config);

    public static TheoryData<string> SameCases { get; } = [
        "files renamed", "order in one file", "line ends", "comments and key order"
    ];

    [Theory]
    [MemberData(nameof(SameCases))]
    public void What_means_the_same_has_the_same_digest(string difference)
    {
        var (a, b) = (Repository.RuleText("a", Rule), Repository.RuleText("b", Rule));
        var other = difference switch
        {
            "files renamed" => new Repository().With("policies/z/1.yaml", a).With("policies/2.yaml", b).WithConfig(Config),
            "order in one file" => new Repository().With("policies/all.yaml", $"{b}\n---\n{a}").WithConfig(Config),
            "line ends" =>
                new Repository().With("policies/a.yaml", a.ReplaceLineEndings("\r\n"))
                    .With("policies/b.yaml", b)
                    .WithConfig(Config.ReplaceLineEndings("\r\n")),
            "comments and key order" => new Repository().With("policies/a.yaml", "# first\n" + a)
                .With("policies/b.yaml", "kind: Rule\n" + b.Replace("kind: Rule\n", "")).WithConfig(Config),
            _ => throw new ArgumentOutOfRangeException(nameof(difference)),
        };
        Assert.Equal(Base().Load().Digest, other.Load().Digest);
    }

    [Fact]
    public void What_could_change_a_decision_changes_the_digest()
    {
        Repository Rules() => new Repository().WithRule("a", Rule).WithRule("b", Rule);
        string[] digests =
        [
            Base().Load().Digest,
            new Repository().WithRule("a", Rule).WithConfig(Config).Load().Digest,
            new Repository().WithRule("a", Rule).WithRule("b", Rule + "\nseverity: low").WithConfig(Config).Load().Digest,
            Rules().WithConfig(Config + "\nparameters: { a: { limit: 2 } }").Load().Digest,
            Rules().WithConfig("environments: { prod: { paths: [prod/**], parameters: { a: { limit: 2 } } } }").Load().Digest,
            Rules().WithConfig("environments: { prod: { paths: [production/**] } }").Load().Digest,
            Rules().WithConfig(Config + "\nenforcement: { ci: warn }").Load().Digest,
            Rules().WithConfig(Config + "\nenforcement: { rules: { a: warn } }").Load().Digest,
            Rules().WithConfig(Config + "\nwaiverDays: 30").Load().Digest,
            Base().WithDocument("waivers/w.yaml", "Waiver", "w", "rule: a\nresource: Pod a").Load().Digest,
            Base().WithDocument(
                "acknowledgements/a.yaml", "Acknowledgement", "a",
                "deletions: [x]\ndigest: d\nowner: o\napprover: p\nreason: r").Load().Digest,
            Base().WithDocument(
                "policies/drift.yaml", "DriftTable", "d",
                "classes: [{ name: mine, drift: alert, prune: never, why: ours, kinds: [core/Secret] }]").Load().Digest,
        ];
        Assert.Equal(digests.Length, digests.Distinct(StringComparer.Ordinal).Count());
        Assert.All(digests, digest => Assert.Matches("^sha256:[0-9a-f]{64}$", digest));
    }
}
