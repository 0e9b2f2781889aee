using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Kubernetes.Watching;
using GitOpsPolicy.Reconciler.Live;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Live;

/// <summary>What passes may take from watches instead of asking.</summary>
public sealed class LiveCacheTests
{
    private static readonly ResourceType Type = new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true);
    private static readonly string Key = PassObject.KeyOf(new KubernetesId("", "v1", "ConfigMap", "shop", "settings"));

    private readonly LiveCache cache = new();

    [Fact]
    public void Nothing_is_known_before_the_first_list_is_complete()
    {
        Hear(new WatchEvent.Listing(), new WatchEvent.Listed(Object("1")));
        Assert.Null(Version());
        Hear(new WatchEvent.Synced("1"));
        Assert.Equal("1", Version());
    }

    [Fact]
    public void What_changes_is_known_as_it_is()
    {
        Sync();
        Hear(new WatchEvent.Modified(Object("2")));
        Assert.Equal("2", Version());
    }

    [Fact]
    public void What_is_gone_is_not_known()
    {
        Sync();
        Hear(new WatchEvent.Deleted(Object("1")));
        Assert.Null(Version());
    }

    [Fact]
    public void What_a_new_list_does_not_name_is_gone()
    {
        Sync();
        Hear(new WatchEvent.Listing(), new WatchEvent.Synced("9"));
        Assert.Null(Version());
    }

    [Fact]
    public void Nothing_is_known_while_the_watch_is_interrupted()
    {
        Sync();
        Hear(new WatchEvent.Interrupted(
            new() { Stage = FailureStage.Connecting, Request = "GET", Message = "away" }, TimeSpan.Zero));
        Assert.Null(Version());
        Hear(new WatchEvent.Bookmark("2"));
        Assert.Equal("1", Version());
    }

    [Fact]
    public void What_was_written_is_known_before_the_watch_tells()
    {
        Sync();
        cache.Put("", "ConfigMap", Key, Object("5"));
        Assert.Equal("5", Version());
    }

    private void Sync() => Hear(new WatchEvent.Listing(), new WatchEvent.Listed(Object("1")), new WatchEvent.Synced("1"));

    private void Hear(params WatchEvent[] told)
    {
        foreach (var one in told) cache.Hear(Type, one);
    }

    private string? Version() =>
        cache.TryFind("", "ConfigMap", Key, out var live) ? live!.Text("metadata", "resourceVersion") : null;

    private static MappingNode Object(string version)
    {
        var text = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","resourceVersion":"VERSION"}}""";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Replace("VERSION", version, StringComparison.Ordinal));
        Assert.True(JsonReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default).TryGet(out var document));
        return (MappingNode)document.Root;
    }
}
