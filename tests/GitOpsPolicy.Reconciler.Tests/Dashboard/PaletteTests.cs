using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>
/// The colours of the style sheet, held against each other by WCAG 2.2: 1.4.3 for text, 1.4.11 for edges that say something.
/// </summary>
public sealed partial class PaletteTests
{
    private static readonly string Sheet = File.ReadAllText(Path.Combine(
        Repository.Root, "src", "GitOpsPolicy.Reconciler", "Dashboard", "Assets", "dashboard.css"));

    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (var ink in (string[])["ink", "soft", "link"])
                foreach (var ground in (string[])["ground", "sheet"]) pairs.Add(ink, ground, 4.5);
            foreach (var tone in (string[])["bad", "warn", "info", "good", "calm"])
            {
                pairs.Add(tone, tone + "-ground", 4.5);
                pairs.Add(tone, "sheet", 4.5);
            }

            pairs.Add("soft", "calm-ground", 4.5);
            pairs.Add("sheet", "link", 4.5);
            pairs.Add("edge", "sheet", 3);
            foreach (var ground in (string[])["ground", "sheet"]) pairs.Add("focus", ground, 3);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Everybody_can_tell_it_from_its_ground(string ink, string ground, double least)
    {
        foreach (var scheme in Schemes())
        {
            var (a, b) = (Light(scheme[ink]), Light(scheme[ground]));
            Assert.InRange((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05), least, 21);
        }
    }

    [Fact]
    public void Dark_knows_every_colour_that_light_has()
    {
        var schemes = Schemes();
        Assert.Equal(schemes[0].Keys.Order(StringComparer.Ordinal), schemes[1].Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Colour().Matches(Rest()).Select(static colour => colour.Value));
    }

    // Two blocks with colours: light, and dark. Paper has a third, all in black.
    private static List<Dictionary<string, string>> Schemes() =>
        [.. Root().Matches(Sheet)
            .Take(2)
            .Select(static block => Variable().Matches(block.Groups["body"].Value)
                .ToDictionary(
                    static one => one.Groups["name"].Value, static one => one.Groups["colour"].Value, StringComparer.Ordinal))];

    private static string Rest() => Root().Replace(Sheet[..Sheet.IndexOf("@media print", StringComparison.Ordinal)], "");

    private static double Light(string colour)
    {
        double[] weights = [0.2126, 0.7152, 0.0722];
        return Enumerable.Range(0, 3).Sum(i =>
        {
            var channel = int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return weights[i] * (channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4));
        });
    }

    [GeneratedRegex(@":root \{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"--(?<name>[a-z-]+): (?<colour>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex("#[0-9a-f]{3,8}(?=[;, )])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Colour();
}
