using System.Text.Json;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Browser;
using GitOpsPolicy.Reconciler.Tests.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Dashboard;

/// <summary>
/// The dashboard in a real browser: what people see, hear and press. Pictures are kept below <c>artifacts/dashboard</c>.
/// </summary>
public sealed class InChromiumTests(SharedBrowser browser) : IClassFixture<SharedBrowser>
{
    private const int Tab = 9;
    private const int Enter = 13;
    private const int Shift = 8;

    private static readonly string Pictures = Path.Combine(Repository.Root, "artifacts", "dashboard");
    private static readonly string Audit = File.ReadAllText(Path.Combine(
        Repository.Root, "tests", "GitOpsPolicy.Reconciler.Tests", "Browser", "Audit.js"));
    private static readonly string HostileUnit = "/units/"
        + Uri.EscapeDataString("ns\"'<b>")
        + "/"
        + Uri.EscapeDataString("na/me?#<script>&%2F");

    public static TheoryData<string, string, string> Pages
    {
        get
        {
            var pages = new TheoryData<string, string, string>();
            foreach (var (name, board, path) in new[]
                     {
                         ("overview", "night",
                             "/?refresh=off"), ("held", "night",
                                 "/units/data/orders-db?refresh=off"), ("rolled-back", "night",
                                     "/units/shop/checkout?refresh=off"), ("blocked", "night",
                                         "/units/shop/storefront?refresh=off"),
                         ("rule", "night",
                             "/rules/approved-images?refresh=off"), ("rules", "night",
                                 "/rules?refresh=off"), ("lost", "night",
                                     "/units/no/such?refresh=off"), ("calm", "calm",
                                         "/?refresh=off"), ("calm-unit", "calm", "/units/shop/unit-1?refresh=off"),
                         ("empty", "empty",
                             "/?refresh=off"), ("thousand", "thousand",
                                 "/?refresh=off"), ("filtered", "thousand",
                                     "/?phase=synced&namespace=team-07&refresh=off"), ("hostile", "hostile",
                                         "/?refresh=off"), ("hostile-unit", "hostile", HostileUnit + "?refresh=off"),
                     })
                pages.Add(name, board, path);
            return pages;
        }
    }

    [TheoryNeedsChromium]
    [MemberData(nameof(Pages))]
    public async Task Everybody_can_read_every_page(string name, string board, string path)
    {
        await using var dashboard = await TestDashboard.StartAsync(BoardOf(board));
        var tab = await (await browser.GetAsync()).OpenAsync();
        foreach (var (width, height, scheme) in new[] { (1280, 900,
            "light"), (1280, 900, "dark"), (320, 640, "light"), (320, 640, "dark") })
        {
            await tab.LookAsync(width, height, scheme, isPhone: width < 400);
            await tab.GoAsync(dashboard.At(path));
            var found = await tab.AskAsync(Audit);
            Assert.Equal(
                [], found.GetProperty("wrong").EnumerateArray().Select(wrong => $"{width} {scheme}: {wrong.GetString()}"));
            Assert.True(found.GetProperty("texts").GetInt32() > 5);
            await tab.ScreenshotAsync(Path.Combine(Pictures, $"{name}-{width}-{scheme}.png"));
        }

        // A page that is not there is told by the browser as well; nothing else may be.
        Assert.DoesNotContain(
            tab.Complaints, complaint => name != "lost" || !complaint.Contains("404", StringComparison.Ordinal));
    }

    [TheoryNeedsChromium]
    [InlineData("document.documentElement.lang = ''", "the page has no language")]
    [InlineData("document.querySelector('h1').remove()", "there is not one h1")]
    [InlineData("document.querySelector('h2').outerHTML = '<h4>x</h4>'", "a heading of level 4 after")]
    [InlineData("document.querySelector('section').id = 'main'", "the id main stands twice")]
    [InlineData("document.querySelector('label').remove()", "the field has no label")]
    [InlineData("document.querySelector('caption').remove()", "the table has no caption")]
    [InlineData("document.querySelector('tbody th').removeAttribute('scope')", "a row has no head")]
    [InlineData("document.querySelector('a.brand').textContent = ''", "it has no name")]
    [InlineData("document.querySelector('td').append(document.createElement('img'))", "it has no place here")]
    [InlineData("document.querySelector('.lead').style.color = '#999'", "its contrast is")]
    [InlineData("document.querySelector('h1').style.cssText = 'white-space:nowrap;width:2000px'", "the page is")]
    [InlineData(
        "document.querySelector('td').textContent = 'x'.repeat(900), document.body.style.overflowWrap = 'normal'", "the page is")]
    [InlineData("document.querySelector('footer').style.fontSize = '9px'", "its letters are 9")]
    public async Task The_audit_finds_what_is_wrong(string planted, string expected)
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(320, 640, isPhone: true);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        await tab.AskAsync(planted + ", 1");
        var found = await tab.AskAsync(Audit);
        Assert.Contains(
            found.GetProperty("wrong").EnumerateArray(),
            wrong => wrong.GetString()!.StartsWith(expected, StringComparison.Ordinal));
    }

    [NeedsChromium]
    public async Task Somebody_without_a_mouse_gets_everywhere_and_sees_where_they_are()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(1280, 900);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        await tab.PressAsync("Tab", Tab);
        Assert.Equal("Skip to the content", await FocusedAsync(tab));
        Assert.True(
            (await tab.AskAsync("document.activeElement.getBoundingClientRect().top >= 0")).GetBoolean(),
            "the skip link is not seen");

        var all = (await tab.AskAsync(
            "document.querySelectorAll('a[href],button,input:not([type=hidden]),select,summary').length")).GetInt32();
        var last = -1;
        List<string> blind = [];
        for (var step = 1; step < all; step++)
        {
            await tab.PressAsync("Tab", Tab);
            var at = await tab.AskAsync("""
                (() => { const all = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,summary')], own = document.activeElement, style = getComputedStyle(own), box = own.getBoundingClientRect();
                  return { index: all.indexOf(own), isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, isOnScreen: box.bottom > 0 && box.top < innerHeight, name: own.textContent }; })()
                """);
            var index = at.GetProperty("index").GetInt32();
            if (index <= last) break;
            if (!at.GetProperty("isMarked").GetBoolean() || !at.GetProperty("isOnScreen").GetBoolean()) blind.Add(at.ToString());
            last = index;
        }

        Assert.Empty(blind);
        Assert.Equal(all - 1, last);
    }

    [NeedsChromium]
    public async Task The_skip_link_leads_past_everything_above_the_content()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(1280, 900);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        await tab.PressAsync("Tab", Tab);
        await tab.PressAsync("Enter", Enter, "\r");
        await tab.PressAsync("Tab", Tab);
        Assert.StartsWith("2Paused", await FocusedAsync(tab), StringComparison.Ordinal);
        await tab.PressAsync("Tab", Tab, modifiers: Shift);
        Assert.NotEqual("2Paused", await FocusedAsync(tab));
    }

    [NeedsChromium]
    public async Task What_is_to_be_decided_and_filters_are_reached_by_keys_alone()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(1280, 900);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        await tab.AskAsync("document.querySelector('#approvals td a').focus(), 1");
        await tab.FollowAsync(() => tab.PressAsync("Enter", Enter, "\r"));
        Assert.Contains(
            "subject: prune", (await tab.AskAsync("document.querySelector('#approvals pre').innerText")).GetString(),
            StringComparison.Ordinal);
        Assert.True(
            (await tab.AskAsync("document.querySelector('#approvals').getBoundingClientRect().top < innerHeight")).GetBoolean());

        await tab.GoAsync(dashboard.At("/?refresh=off"));
        await tab.AskAsync("document.querySelector('#q').focus(), 1");
        await tab.SendAsync("Input.insertText", new { text = "orders" });
        await tab.FollowAsync(() => tab.PressAsync("Enter", Enter, "\r"));
        Assert.Equal("1", (await tab.AskAsync("'' + document.querySelectorAll('#units tbody tr').length")).GetString());
        Assert.Contains("q=orders", (await tab.AskAsync("location.search")).GetString(), StringComparison.Ordinal);
        Assert.Contains("refresh=off", (await tab.AskAsync("location.search")).GetString(), StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }

    [NeedsChromium]
    public async Task A_page_that_refreshes_shows_what_has_happened_since()
    {
        var board = Boards.Night();
        await using var dashboard = await TestDashboard.StartAsync(board, new() { Refresh = TimeSpan.FromSeconds(1) });
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(1280, 900);
        await tab.GoAsync(dashboard.At("/"));
        board.Put(Statuses.Synced("newcomer") with { Phase = UnitPhase.Failed, Message = "it has just broken" });
        await tab.FollowAsync(static () => Task.CompletedTask);
        await tab.FollowAsync(static () => Task.CompletedTask);
        Assert.Contains(
            "it has just broken", (await tab.AskAsync("document.body.innerText")).GetString(), StringComparison.Ordinal);
        await tab.GoAsync(new("about:blank"));
        Assert.Empty(tab.Complaints);
    }

    [NeedsChromium]
    public async Task Whoever_wants_no_motion_gets_none_and_paper_gets_no_buttons()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(1280, 900);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        Assert.Equal("auto", (await tab.AskAsync("getComputedStyle(document.documentElement).scrollBehavior")).GetString());
        Assert.Equal(
            0,
            (await tab.AskAsync("document.getAnimations().length + [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length")).GetInt32());
        await tab.SendAsync("Emulation.setEmulatedMedia", new { media = "print" });
        Assert.Equal("none", (await tab.AskAsync("getComputedStyle(document.querySelector('.filter')).display")).GetString());
        Assert.Equal("table", (await tab.AskAsync("getComputedStyle(document.querySelector('table')).display")).GetString());
    }

    [NeedsChromium]
    public async Task A_screen_reader_hears_tables_on_a_phone_too()
    {
        await using var dashboard = await TestDashboard.StartAsync(Boards.Night());
        var tab = await (await browser.GetAsync()).OpenAsync();
        await tab.LookAsync(320, 640, isPhone: true);
        await tab.GoAsync(dashboard.At("/?refresh=off"));
        var tree = (await tab.SendAsync("Accessibility.getFullAXTree")).GetProperty("nodes")
            .EnumerateArray()
            .Where(static node => !node.GetProperty("ignored").GetBoolean())
            .ToList();
        var roles = tree.CountBy(static node => node.GetProperty("role").GetProperty("value").GetString()!)
            .ToDictionary(StringComparer.Ordinal);
        Assert.Equal(10, roles["table"]);
        Assert.Equal(27, roles["rowheader"]);
        Assert.True(roles["columnheader"] >= 30);
        Assert.Contains(tree, static node => Is(node, "heading", "6 units need you"));
        Assert.Contains(tree, static node => Is(node, "searchbox", "Text"));
        Assert.Contains(tree, static node => Is(node, "navigation", "Pages"));
        Assert.Contains(tree, static node => Is(node, "main", ""));
    }

    private static bool Is(JsonElement node, string role, string name) =>
        node.GetProperty("role").GetProperty("value").GetString() == role
            && (node.TryGetProperty("name", out var own) ? own.GetProperty("value").GetString() : "") == name;

    private static async Task<string> FocusedAsync(BrowserTab tab) =>
        (await tab.AskAsync("document.activeElement.textContent")).GetString()!;

    private static StatusBoard BoardOf(string name) => name switch
    {
        "night" => Boards.Night(),
        "thousand" => Boards.Thousand(),
        "hostile" => Boards.Hostile(),
        "calm" => Calm(),
        _ => new(),
    };

    private static StatusBoard Calm()
    {
        var board = new StatusBoard();
        for (var i = 1; i <= 5; i++) board.Put(Statuses.Synced($"unit-{i}"));
        return board;
    }
}
