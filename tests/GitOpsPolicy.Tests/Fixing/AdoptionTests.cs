using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>
/// What Git takes over of what was changed by hand, and what it does not; the cases are in <c>adoptions.yaml</c>.
/// </summary>
public sealed class AdoptionTests
{
    private static readonly Node Cases = Read();

    public static TheoryData<string> Names() => new(Cases.ItemsOf().ToArray().Select(static one => one.TextAt("name")!));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_says_what_was_changed_by_hand_and_nothing_else_or_it_is_told_why_not(string name)
    {
        var one = Cases.ItemsOf().ToArray().Single(one => one.TextAt("name") == name);
        var git = one.TextAt("git")!;
        var adopted = Adopting.Of(git, one.TextAt("live")!, one.TextAt("previous"));
        Assert.Equal(one.TextAt("becomes") ?? git, adopted.After);
        var left = adopted.Found.Places.Where(static place => place.Refusal is not null)
            .ToDictionary(static place => place.Path, static place => place.Refusal!.Why);
        var expected = one.At("left").EntriesOf().ToArray();
        Assert.Equal(
            expected.Select(static entry => entry.Key).Order(StringComparer.Ordinal), left.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, entry => Assert.Contains(entry.Value.AsText()!, left[entry.Key], StringComparison.Ordinal));
    }

    private static Node Read([CallerFilePath] string here = "")
    {
        var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "adoptions.yaml"));
        return YamlReader.Read(new TextFile("adoptions.yaml", bytes), bytes, ReaderLimits.Default).TryGet(out var read)
            ? read.Documents[0].Root
            : throw new FormatException("adoptions.yaml");
    }
}
