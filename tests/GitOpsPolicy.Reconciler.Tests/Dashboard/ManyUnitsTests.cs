using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>A thousand units: pages, filters and what stands first.</summary>
public sealed partial class ManyUnitsTests
{
    [Fact]
    public async Task Those_that_need_somebody_stand_on_the_first_page()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Thousand());
        var page = await dashboard.TextAsync("/");
        Assert.Equal(
            [
                "platform/monitoring", "shop/checkout", "shop/storefront", "data/orders-db", "infrastructure/network",
                "platform/identity"
            ], Units(page).Take(6));
        Assert.Contains("6 units need you", page, StringComparison.Ordinal);
        Assert.Contains("page 1 of 40", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 100_000);
    }

    [Fact]
    public async Task Every_unit_is_on_one_page_and_only_one()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Thousand());
        List<string> seen = [];
        for (var page = 1; page <= 40; page++) seen.AddRange(Units(await dashboard.TextAsync($"/?page={page}")));
        Assert.Equal(1_000, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1_000, seen.Count);
    }

    [Theory]
    [InlineData("?phase=held", 2)]
    [InlineData("?phase=HELD", 2)]
    [InlineData("?phase=attention", 6)]
    [InlineData("?namespace=team-07", 24)]
    [InlineData("?namespace=team-07&q=0047", 1)]
    [InlineData("?q=MIGRATES", 1)]
    [InlineData("?q=no+such+thing", 0)]
    [InlineData("?phase=nonsense&page=-3&page=x", 25)]
    [InlineData("?page=999999999999", 25)]
    [InlineData("?page=41", 25)]
    [InlineData("?q=%00%ff%3Cscript%3E", 0)]
    public async Task The_address_says_which_units_are_shown(string query, int count)
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Thousand());
        Assert.Equal(count, Units(await dashboard.TextAsync("/" + query)).Count);
    }

    [Fact]
    public async Task A_filter_stays_from_page_to_page()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Thousand());
        var page = await dashboard.TextAsync("/?phase=synced&q=service&refresh=off");
        Assert.Contains("href=\"/?phase=synced&amp;q=service&amp;page=2&amp;refresh=off#units\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"phase\" value=\"synced\"", page, StringComparison.Ordinal);
    }

    private static List<string> Units(string page) =>
        page.Contains("<table", StringComparison.Ordinal) && page.Contains("id=\"units\"", StringComparison.Ordinal)
            ? [.. Row().Matches(page.Split("id=\"units\"")[1].Split("</section>")[0])
                .Select(static row => row.Groups["unit"].Value)]
            : [];

    [GeneratedRegex(
        "<th scope=\"row\" role=\"rowheader\"><a href=\"/units/(?<unit>[^\"?]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
