using System.Text;
using GitOpsPolicy.Webhook.Recording;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Recording;

/// <summary>The folder that reviews are recorded in: how large it gets, and what a crash leaves.</summary>
public sealed class ReviewRingTests : IDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("gitops-policy-ring-");

    private string Folder => Path.Combine(parent.FullName, "ring");

    public void Dispose() => parent.Delete(recursive: true);

    [Fact]
    public void Only_its_user_may_read_it()
    {
        if (OperatingSystem.IsWindows()) return;
        using var ring = ReviewRing.Open(Folder, RingLimits.Usual);
        Assert.True(ring.Add("one\n"u8));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(ReviewRing.FilesOf(Folder))));
    }

    [Theory]
    [InlineData(8_000, 1_000_000)]
    [InlineData(1_000_000, 80)]
    [InlineData(8_000, 80)]
    public void It_never_exceeds_its_limits_and_the_newest_stay(long bytes, int reviews)
    {
        using var ring = ReviewRing.Open(Folder, new(bytes, reviews));
        for (var i = 0; i < 500; i++)
        {
            Assert.True(ring.Add(Line(i)));
            var all = Lines();
            Assert.InRange(all.Sum(static line => line.Length + 1), 0, bytes);
            Assert.InRange(all.Length, 1, reviews);
            Assert.Equal(Text(i), all[^1]);
            Assert.Equal(all.Sum(static line => line.Length + 1), ring.Bytes);
        }

        Assert.InRange(Lines().Length, 50, 80);
    }

    [Fact]
    public void A_line_that_is_larger_than_a_file_is_left_out_and_harms_nothing()
    {
        using var ring = ReviewRing.Open(Folder, new(8_000, 80));
        Assert.True(ring.Add(Line(1)));
        Assert.False(ring.Add(new byte[1_001]));
        Assert.True(ring.Add(Line(2)));
        Assert.Equal([Text(1), Text(2)], Lines());
    }

    [Fact]
    public void After_a_restart_it_goes_on_in_another_file()
    {
        using (var ring = ReviewRing.Open(Folder, RingLimits.Usual)) Assert.True(ring.Add(Line(1)));
        File.AppendAllText(ReviewRing.FilesOf(Folder)[0], "half a li");
        using (var ring = ReviewRing.Open(Folder, RingLimits.Usual)) Assert.True(ring.Add(Line(2)));
        Assert.Equal([Text(1), "half a li", Text(2)], Lines());
        Assert.Equal(2, ReviewRing.FilesOf(Folder).Count);
    }

    [Fact]
    public void Restarts_without_a_review_leave_no_files()
    {
        for (var i = 0; i < 5; i++) ReviewRing.Open(Folder, RingLimits.Usual).Dispose();
        Assert.InRange(ReviewRing.FilesOf(Folder).Count, 0, 1);
    }

    [Fact]
    public void Files_of_others_stay()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "reviews-notes.log"), "mine");
        using (var ring = ReviewRing.Open(Folder, new(8_000, 80)))
            for (var i = 0; i < 500; i++) ring.Add(Line(i));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "reviews-notes.log")));
    }

    [Fact]
    public void When_writing_fails_the_next_line_goes_to_another_file()
    {
        using var ring = ReviewRing.Open(Folder, new(8_000, 80));
        Assert.True(ring.Add(Line(1)));
        Directory.Move(Folder, Folder + "-away");
        for (var i = 0; i < 20; i++) Assert.True(Fails(ring, i) || i < 9);
        Directory.Move(Folder + "-away", Folder);
        Assert.True(ring.Add(Line(99)));
        Assert.Equal(Text(99), Lines()[^1]);
    }

    private static bool Fails(ReviewRing ring, int number)
    {
        try
        {
            return !ring.Add(Line(number));
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string[] Lines() => [.. ReviewRing.FilesOf(Folder).SelectMany(File.ReadAllLines)];

    private static byte[] Line(int number) => Encoding.ASCII.GetBytes(Text(number) + "\n");

    private static string Text(int number) => $"{number:D4} {new string('x', 90)}";
}
