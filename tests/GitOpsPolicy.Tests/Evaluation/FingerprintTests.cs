using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class FingerprintTests
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: { name: a, namespace: prod }
        spec:
          containers:
            - { name: web, image: web:1 }
            - { name: side, image: side:1 }
        """;

    private static Finding[] Judge(string manifest) =>
        [
            .. new Repository().WithRule("images", "forbid: { spec: { containers: { image: { exists: true } } } }").Judge(
                manifest).Findings
        ];

    private static string Of(string manifest, string container) =>
        Judge(
            manifest).Single(f =>
                f.Node!.Parent is Documents.MappingNode m && ((Documents.ScalarNode)m["name"]!).Text == container).Fingerprint;

    [Theory]
    [InlineData("image: side:1", "image: side:2")]
    [InlineData("    - { name: web, image: web:1 }\n", "    - { name: first, image: x }\n    - { name: web, image: web:1 }\n")]
    [InlineData("spec:\n", "# a comment\n\nspec:\n")]
    [InlineData("{ name: side, image: side:1 }", "{ image: side:1, name: side }")]
    public void It_outlives_other_values_lines_and_neighbours(string from, string to) =>
        Assert.Equal(Of(Pod, "side"), Of(Pod.Replace(from, to), "side"));

    [Fact]
    public void It_tells_resources_and_places_apart()
    {
        var prints = Judge(Pod).Concat(Judge(Pod.Replace("name: a,", "name: b,"))).Select(f => f.Fingerprint);
        Assert.Equal(4, prints.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void It_is_the_same_in_every_release_because_waivers_name_it() =>
        Assert.Equal("b7849d383a2dcb71", Of(Pod, "side"));

    [Fact]
    public void It_is_the_same_whichever_finding_is_asked_first()
    {
        var twins = Pod.Replace("name: side", "name: web");
        var backwards = Judge(twins).Reverse().Select(f => f.Fingerprint).Reverse();
        Assert.Equal(Judge(twins).Select(f => f.Fingerprint), backwards);
    }

    [Fact]
    public void Findings_of_equal_content_are_equal_whether_they_were_asked_or_not()
    {
        var changes = Repository.Manifests(Pod);
        var rules = new Repository().WithRule("images", "forbid: { spec: { containers: { image: { exists: true } } } }");
        var (asked, other) = (rules.Judge(changes), rules.Judge(changes));
        Assert.NotEmpty(asked.Findings[0].Fingerprint + asked.Id);
        Assert.Equal(asked.Findings[0], other.Findings[0]);
        Assert.Equal(asked.Id, other.Id);
    }

    [Fact]
    public void It_is_never_read_as_a_number()
    {
        for (var i = 0; i < 2000; i++) Assert.Matches("^[a-f][0-9a-f]{15}$", Fingerprint.Of("rule", null, "", i));
    }

    [Theory]
    [InlineData("/spec/containers/1/image", "/spec/containers/name=side/image")]
    [InlineData("/spec/containers/0", "/spec/containers/name=web")]
    [InlineData("", "")]
    public void Elements_of_lists_are_called_by_name(string pointer, string expected)
    {
        var root = Repository.Read(Pod);
        Assert.Equal(expected, Fingerprint.StablePointer(Documents.JsonPointer.Find(root, pointer)!, root));
    }

    [Theory]
    [InlineData("a: [x, y]", "/a/1", "/a/1")]
    [InlineData("a: [{ name: x }, { name: x }]", "/a/1", "/a/name=x#1")]
    [InlineData("a: [{ containerPort: 80 }]", "/a/0", "/a/containerPort=80")]
    [InlineData("a/b: { c~d: 1 }", "/a~1b/c~0d", "/a~1b/c~0d")]
    public void Elements_without_a_name_of_their_own_are_counted(string yaml, string pointer, string expected)
    {
        var root = Repository.Read(yaml);
        Assert.Equal(expected, Fingerprint.StablePointer(Documents.JsonPointer.Find(root, pointer)!, root));
    }
}
