using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Units;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>Whatever becomes of the files of a mirror: a tree is the one that was committed, or there is none.</summary>
public sealed class MirrorDamageTests : IDisposable
{
    private readonly MirrorFixture fixture = new();
    private readonly Random random = new(20260331);

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("flip", 100)]
    [InlineData("truncate", 60)]
    [InlineData("remove", 20)]
    [InlineData("zero", 20)]
    public async Task A_damaged_mirror_is_found_out_and_made_anew(string damage, int times)
    {
        for (var i = 0; i < 12; i++)
        {
            fixture.Origin
                .Write(
                    $"app/{i % 4}.yaml",
                    $"kind: ConfigMap\nvalue: {i}\n{string.Join('\n', Enumerable.Range(0, 40).Select(_ => random.Next()))}")
                .Commit();
            (await fixture.FetchAsync()).Tree.Dispose();
        }

        var expected = await ReadAllAsync();
        for (var i = 0; i < times; i++)
        {
            var file = Damage(damage);
            Assert.True(expected.SequenceEqual(await ReadAllAsync()), $"{damage} of {file}");
        }
    }

    [Fact]
    public async Task Rot_under_an_open_mirror_is_found_out_though_no_file_looks_changed()
    {
        var commit = await fixture.RotAsync();
        // another object is no commit, or not this one: which of the two is told hangs on the ids
        Assert.False(fixture.Mirror.Open(fixture.Source, commit).TryGet(out _));
        Assert.True(fixture.Mirror.Doubt(fixture.Source, commit));
        var again = await fixture.FetchAsync();
        using (again.Tree)
            Assert.StartsWith("{", MirrorFixture.Read(again.Tree, "b.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_whose_files_have_rotted_has_them_again_at_the_next_pass_whenever_it_would_ask_Git()
    {
        var unit = new Unit
        {
            Key = new("default", "shop"),
            Source = fixture.Source with { Interval = TimeSpan.FromHours(1) },
            Target = new() { Namespace = "default" },
        };
        var desired = GitRevisions.Of(fixture.Mirror);
        var commit = await fixture.RotAsync(async () => await desired.FetchAsync(unit, null, CancellationToken.None));

        Assert.Equal("history", (await desired.RenderAsync(unit, commit, CancellationToken.None)).Trouble?.Stage);
        Assert.Equal(commit, (await desired.FetchAsync(unit, null, CancellationToken.None)).Commit);
        Assert.Equal(2, (await desired.RenderAsync(unit, commit, CancellationToken.None)).Objects.Length);
    }

    [Fact]
    public async Task What_a_killed_fetch_leaves_is_cleared_away()
    {
        fixture.Origin.Write("a.yaml", "one").Commit();
        (await fixture.FetchAsync()).Tree.Dispose();
        var followed = Assert.Single(Directory.GetFiles(Path.Combine(fixture.Folder, "refs", "followed")));
        File.WriteAllText(followed + ".lock", "");
        File.WriteAllText(Path.Combine(fixture.Folder, "packed-refs.lock"), "");
        File.WriteAllText(Path.Combine(fixture.Folder, "objects", "pack", "tmp_pack_x"), "half");
        Directory.CreateDirectory(fixture.Folder + ".new-1");
        Directory.CreateDirectory(fixture.Folder + ".gone-1");
        fixture.Origin.Write("a.yaml", "two").Commit();
        var fetched = await fixture.FetchAsync();

        using (fetched.Tree) Assert.Equal("two", MirrorFixture.Read(fetched.Tree, "a.yaml"));
        Assert.Equal([fixture.Folder], Directory.GetDirectories(Path.GetDirectoryName(fixture.Folder)!));
        Assert.Empty(Directory.GetFiles(fixture.Folder, "*.lock", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(fixture.Folder, "tmp_*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_repository_that_is_damaged_itself_is_no_empty_one()
    {
        fixture.Origin.Write("a.yaml", "one").Commit();
        foreach (var loose in Directory.GetFiles(fixture.Origin.At(".git/objects"), "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(loose, FileAttributes.Normal);
            File.WriteAllBytes(loose, []);
        }

        var failed = await fixture.FailAsync();
        Assert.NotEqual("", failed.Message);
        Assert.Empty(Directory.GetDirectories(Path.Combine(fixture.CacheFolder, "mirrors")));
    }

    private async Task<SortedDictionary<string, string>> ReadAllAsync()
    {
        using var tree = (await fixture.FetchAsync()).Tree;
        return new(
            tree.Enumerate("").ToDictionary(static file => file.Path, file => MirrorFixture.Read(tree, file.Path)),
            StringComparer.Ordinal);
    }

    private string Damage(string how)
    {
        var files = Directory.GetFiles(fixture.Folder, "*", SearchOption.AllDirectories)
            .Where(static file => new FileInfo(file).Length > 0)
            .Order(StringComparer.Ordinal)
            .ToArray();
        var file = files[random.Next(files.Length)];
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(file);
        var at = random.Next(bytes.Length);
        switch (how)
        {
            case "remove":
                File.Delete(file);
                return file;
            case "truncate":
                bytes = bytes[..at];
                break;
            case "zero":
                bytes.AsSpan(at, Math.Min(64, bytes.Length - at)).Clear();
                break;
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
        }

        File.WriteAllBytes(file, bytes);
        return $"{file} at {at}";
    }
}
