using System.Net;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>A repository that somebody works in, and mirrors of it.</summary>
internal sealed class MirrorFixture : IDisposable
{
    private readonly TemporaryFolder cache = new();
    private GitMirror? mirror;

    public TemporaryFolder Origin { get; } = new();

    public string CacheFolder => cache.Path;

    public GitSource Source => new() { Url = Origin.Path };

    public GitMirror Mirror => mirror ??= Open();

    /// <summary>The mirror's only repository.</summary>
    public string Folder => Assert.Single(Directory.GetDirectories(cache.At("mirrors"), "*.git"));

    public GitMirror Open(
        Func<GitSettings, GitSettings>? with = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var settings = new GitSettings { CacheFolder = cache.Path, AllowsLocal = true, AllowsLoopback = true };
        settings = with?.Invoke(settings) ?? settings;
        return resolve is null ? new(settings, TimeProvider.System) : new(settings, TimeProvider.System, resolve);
    }

    /// <summary>Asks for the source, which has to be given, and opens the commit.</summary>
    public async Task<Opened> FetchAsync(string? applied = null, GitSource? source = null, GitCredentials? credentials = null) =>
        Open(Mirror, source ?? Source, await Mirror.FetchAsync(source ?? Source, credentials, applied, CancellationToken.None));

    /// <summary>Opens a commit that has to have been given.</summary>
    public static Opened Open(GitMirror mirror, GitSource source, FetchResult result)
    {
        var fetched = Assert.IsType<FetchResult.Fetched>(result is FetchResult.Failed failed
            ? throw new InvalidOperationException($"{failed.Fault}: {failed.Message}")
            : result);
        var opened = mirror.Open(source, fetched.Commit);
        Assert.True(opened.TryGet(out var tree), opened.Problems.FirstOrDefault()?.ToString());
        return new(fetched, tree);
    }

    /// <summary>Asks for the source, which has to be refused.</summary>
    public async Task<FetchResult.Failed> FailAsync(
        GitSource? source = null, GitCredentials? credentials = null, string? applied = null) =>
        Assert.IsType<FetchResult.Failed>(await Mirror.FetchAsync(
            source ?? Source, credentials, applied, CancellationToken.None));

    public static string Read(FileTree tree, string path)
    {
        Assert.True(tree.TryRead(path, out var bytes, out var problem), problem?.ToString());
        return System.Text.Encoding.UTF8.GetString(bytes.Span);
    }

    /// <summary>
    /// Fetches a commit with two manifests, and has the mirror rot under it so that no file looks changed. What was read of late
    /// is still open, and right: older commits are read until the newest is let go.
    /// </summary>
    /// <param name="fetch">Fetches it; null for the source as it is.</param>
    public async Task<string> RotAsync(Func<Task>? fetch = null)
    {
        static string Map(string name) =>
            $$$"""{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "{{{name}}}"}}""";
        var older = Enumerable.Range(0, 8).Select(i => Origin.Write("a.yaml", Map($"a{i}")).Commit()).ToList();
        var newest = Origin.Write("a.yaml", Map("a")).Write("b.yaml", Map("b")).Commit();
        if (fetch is null) (await FetchAsync()).Tree.Dispose();
        else await fetch();
        foreach (var commit in older)
            if (Mirror.Open(Source, commit).TryGet(out var tree)) tree.Dispose();
        var index = Assert.Single(Directory.GetFiles(Path.Combine(Folder, "objects", "pack"), "*.idx"));
        var before = File.GetLastWriteTimeUtc(index);
        var bytes = File.ReadAllBytes(index);
        var count = (int)bytes[8 + (255 * 4) + 3];
        // The offsets of a small index are its last table but for the two hashes: turned round, every id leads to another object.
        var offsets = bytes.AsSpan(bytes.Length - 40 - (4 * count), 4 * count);
        var turned = Enumerable.Range(0, count).Reverse()
            .SelectMany(i => bytes[(bytes.Length - 40 - (4 * count) + (4 * i))..][..4])
            .ToArray();
        turned.CopyTo(offsets);
        File.SetAttributes(index, FileAttributes.Normal);
        File.WriteAllBytes(index, bytes);
        File.SetLastWriteTimeUtc(index, before);
        return newest;
    }

    public void Dispose()
    {
        mirror?.Dispose();
        cache.Dispose();
        if (Directory.Exists(Origin.Path)) Origin.Dispose();
    }
}

/// <summary>A commit that was given, and its files.</summary>
internal sealed record Opened(FetchResult.Fetched Fetched, GitRevision Tree)
{
    public string Commit => Fetched.Commit;

    public Relation Relation => Fetched.Relation;

    public bool IsTagMoved => Fetched.IsTagMoved;

    public string? SignedBy => Fetched.SignedBy;
}
