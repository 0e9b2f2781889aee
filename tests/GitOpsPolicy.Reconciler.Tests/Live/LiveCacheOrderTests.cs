using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Tests;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reconciler.Live;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Live;

/// <summary>What a watch tells and what the engine writes come in any order; what is kept is the newer of the two.</summary>
public sealed class LiveCacheOrderTests
{
    private static readonly ResourceType Maps = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);

    [Theory]
    [InlineData("told 5; wrote 6", "6")]
    [InlineData("told 5; wrote 6; told 6", "6")]
    [InlineData("told 5; wrote 6; told 7", "7")]
    [InlineData("told 5; told 7; wrote 6", "7")] // somebody was faster than our own answer
    [InlineData("told 5; told 6; told 7; wrote 6", "7")]
    [InlineData("told 5; gone 7; wrote 6", "none")] // and deleted it
    [InlineData("told 5; wrote 8; gone 7; told 8", "8")]
    [InlineData("told 5; wrote 9; told 7", "9")] // what came before our write is told late
    [InlineData("told 5; bookmark 20; wrote 6", "5")]
    [InlineData("told 5; interrupted", "unknown")]
    [InlineData("told 5; interrupted; bookmark 6", "5")]
    [InlineData("told 5; interrupted; listed 9", "9")]
    [InlineData("told 5; wrote 6; listed 9", "9")]
    [InlineData("told 5; interrupted; relisted-empty 9", "none")]
    public void The_newer_state_is_kept(string happened, string expected)
    {
        var cache = new LiveCache();
        foreach (var told in Listed(null, 1)) cache.Hear(Maps, told);
        foreach (var one in happened.Split("; "))
        {
            var (word, version) = one.Split(' ') is [var first, var second] ? (first, int.Parse(second)) : (one, 0);
            if (word == "wrote") cache.Put("", "ConfigMap", Key, At(version));
            else foreach (var told in Told(word, version)) cache.Hear(Maps, told);
        }

        var isKnown = cache.TryFind("", "ConfigMap", Key, out var live);
        if (expected is "none" or "unknown") Assert.False(isKnown);
        else Assert.Equal(expected, live!.At("/metadata/resourceVersion"));
    }

    private const string Key = "/ConfigMap/default/a";

    private static IEnumerable<WatchEvent> Told(string word, int version) => word switch
    {
        "told" => [new WatchEvent.Modified(At(version))],
        "gone" => [new WatchEvent.Deleted(At(version))],
        "bookmark" => [new WatchEvent.Bookmark($"{version}")],
        "interrupted" => [new WatchEvent.Interrupted(
            new() { Stage = Kubernetes.Http.FailureStage.Waiting, Request = "WATCH", Message = "gone" }, TimeSpan.Zero)],
        "listed" => Listed(At(version), version),
        "relisted-empty" => Listed(null, version),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private static IEnumerable<WatchEvent> Listed(MappingNode? item, int version)
    {
        yield return new WatchEvent.Listing();
        if (item is not null) yield return new WatchEvent.Listed(item);
        yield return new WatchEvent.Synced($"{version}");
    }

    private static MappingNode At(int version) => Sample.Object(
        $$"""{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default, resourceVersion: "{{version}}"} }""");
}
