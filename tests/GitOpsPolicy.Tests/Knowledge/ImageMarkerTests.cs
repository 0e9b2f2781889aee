using GitOpsPolicy.Knowledge.Images;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge;

/// <summary>Comments of Flux's image automation, and references that other tools complete.</summary>
public sealed class ImageMarkerTests
{
    [Theory]
    [InlineData("""{"$imagepolicy": "flux-system:app"}""", "flux-system:app", null, null)]
    [InlineData("""{"$imagepolicy":"flux-system:app:tag"}""", "flux-system:app", "tag", null)]
    [InlineData("""{"$imagepolicy": "flux-system:app:name"}""", "flux-system:app", "name", null)]
    [InlineData("""{"$imagepolicy": "flux-system:app:digest"}""", "flux-system:app", "digest", null)]
    [InlineData(
        """{"$imagepolicy": "flux-system:app:version"}""", "flux-system:app", null,
        "asks for `version`, which is none of tag, name and digest")]
    [InlineData("""{"$imagepolicy": "app"}""", "", null, "does not say `namespace:policy`")]
    [InlineData("""{"$imagepolicy": ":app"}""", "", null, "does not say `namespace:policy`")]
    [InlineData("""{"$imagepolicy": "a:b:tag:c"}""", "", null, "does not say `namespace:policy`")]
    [InlineData("""{"$imagepolicy": 1}""", "", null, "has no text under `$imagepolicy`")]
    [InlineData("""{"imagepolicy": "flux-system:app"}""", "", null, "has no text under `$imagepolicy`")]
    [InlineData("""["$imagepolicy"]""", "", null, "has no text under `$imagepolicy`")]
    [InlineData("""{$imagepolicy: flux-system:app}""", "", null, "is no JSON")]
    public void A_marker_names_a_policy_and_a_part_or_is_passed_over_by_Flux(
        string comment, string policy, string? part, string? problem)
    {
        var root = Made.Object($"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: app:1 # {comment}\n");
        var marker = Assert.Single(ImageMarker.Of(Assert.Single(ImageFinder.Find(root))));
        Assert.Equal((policy, part, problem), (marker.Policy, marker.Part, marker.Problem));
    }

    [Fact]
    public void Other_comments_are_no_markers() =>
        Assert.Empty(ImageMarker.Of(Assert.Single(ImageFinder.Find(Made.Object(
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: app:1 # renovate: x\n")))));

    [Fact]
    public void Each_part_of_an_image_has_the_marker_of_its_own_line()
    {
        var root = Made.Object("""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            spec:
              values:
                image:
                  repository: ghcr.io/acme/app # {"$imagepolicy": "flux-system:app:name"}
                  tag: v1 # {"$imagepolicy": "flux-system:app:tag"}
            """);
        Assert.Equal(
            ["name", "tag"], ImageMarker.Of(Assert.Single(ImageFinder.Find(root))).Select(static marker => marker.Part!));
    }

    [Theory]
    [InlineData("ghcr.io/acme/app:${TAG}", "ghcr.io/acme/app")]
    [InlineData("ghcr.io/acme/app:v${TAG}-alpine", "ghcr.io/acme/app")]
    [InlineData("ghcr.io:443/acme/app@${DIGEST}", "ghcr.io:443/acme/app")]
    [InlineData("ghcr.io/acme/app:{{ .Values.tag }}", "ghcr.io/acme/app")]
    [InlineData("ghcr.io/acme/app:__TAG__", "ghcr.io/acme/app")]
    [InlineData("${REGISTRY}/app:1", null)]
    [InlineData("ghcr.io/${TEAM}/app:1", null)]
    [InlineData("ghcr.io/acme/app${SUFFIX}", null)]
    [InlineData("$(params.image)", null)]
    [InlineData("<image>", null)]
    public void Of_a_reference_that_is_completed_elsewhere_the_repository_is_known_where_it_is_written_out(
        string text, string? known)
    {
        Assert.True(ImageTemplate.IsOne(text));
        Assert.Equal(known, ImageTemplate.KnownPart(text));
    }

    [Theory]
    [InlineData("zalan.do/a__b__c")]
    [InlineData("ghcr.io/acme/app:1")]
    public void A_reference_that_is_whole_is_completed_by_nobody(string text) => Assert.False(ImageTemplate.IsOne(text));

    [Theory]
    [InlineData("1.10", "has the number 1.10 for its tag, which is read as 1.1; it needs quotes")]
    [InlineData("2.0", "has the number 2.0 for its tag, which is read as 2; it needs quotes")]
    [InlineData("1.27", null)]
    [InlineData("\"1.10\"", null)]
    [InlineData("8", null)]
    public void A_number_for_a_tag_is_told_of_where_it_is_another_one(string tag, string? problem)
    {
        var root = Made.Object($"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {{ values: {{ image: {{ repository: r.io/a, tag: {tag} }} }} }}\n");
        Assert.Equal(problem, Assert.Single(ImageFinder.Find(root)).Problem);
    }

    [Theory]
    [InlineData(
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: { values: { image: { repository: r.io/a } } }\n", true)]
    [InlineData(
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: { values: { image: { repository: r.io/a, tag: v1 } } }\n", false)]
    [InlineData(
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { images: [{ name: a, newName: r.io/a }] }\n",
        true)]
    [InlineData("apiVersion: v1\nkind: Pod\nspec: { containers: [{ image: r.io/a }] }\n", false)]
    [InlineData("apiVersion: v1\nkind: Pod\nspec: { containers: [{ image: \"r.io/a:${TAG}\" }] }\n", true)]
    public void A_tag_that_is_named_elsewhere_is_not_latest(string text, bool isOpen) =>
        Assert.Equal(isOpen, Assert.Single(ImageFinder.Find(Made.Object(text))).IsOpen);
}
