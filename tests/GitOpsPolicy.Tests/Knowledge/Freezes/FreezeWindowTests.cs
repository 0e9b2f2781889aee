using System.Globalization;
using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Knowledge.Freezes;

/// <summary>When nothing is changed that can wait, case by case of <c>freeze-windows.cases</c>.</summary>
public sealed class FreezeWindowTests
{
    public static TheoryData<string, string> Cases => CaseFile.Read("freeze-windows.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_scope_is_frozen_while_its_windows_say_so(string question, string expected)
    {
        var (windows, rest) = (question[..question.LastIndexOf(" at ", StringComparison.Ordinal)],
            question[(question.LastIndexOf(" at ", StringComparison.Ordinal) + 4)..].Split(" in "));
        var scope = rest[1].Split('/').Select(static name => name == "-" ? null : name).ToArray();
        var open = Load(windows).ActiveAt(DateTimeOffset.Parse(rest[0], CultureInfo.InvariantCulture), scope[0], scope[1]);
        Assert.Equal(
            expected, open is null ? "free" : $"{open.Name} until {(open.Until is { } until ? Times.Write(until) : "never")}");
    }

    [Fact]
    public void What_freezes_is_told_in_words()
    {
        var windows = Load("""[{ kind: deny, schedule: "0 18 * * 5", duration: 62h, reason: nobody is there, environments: [a] }, { kind: allow, schedule: "0 9 * * 1-5", duration: 8h, environments: [b] }]""");
        var instant = new DateTimeOffset(2026, 6, 5, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal("freeze window `a` is open until 2026-06-08T08:00:00Z", windows.ActiveAt(instant, "a", null)!.ToString());
        Assert.Equal("nobody is there", windows.ActiveAt(instant, "a", null)!.Reason);
        Assert.Equal(
            "outside of window `b`, frozen until 2026-06-08T09:00:00Z", windows.ActiveAt(instant, "b", null)!.ToString());
    }

    [Fact]
    public void A_scope_is_free_when_it_was_said_to_be()
    {
        var windows = Load("""[{ kind: deny, schedule: "*/50 3,7,19 * * 1-6", duration: 95m, timeZone: America/New_York }, { kind: allow, schedule: "15 */5 * * *", duration: 4h, timeZone: Europe/London }]""");
        for (var at = new DateTimeOffset(2026, 2, 20, 0, 7, 0, TimeSpan.Zero); at < new DateTimeOffset(
            2026, 4, 10, 0, 0, 0, TimeSpan.Zero); at = at.AddMinutes(37))
        {
            if (windows.ActiveAt(at, null, null) is not { } open) continue;
            Assert.Null(windows.ActiveAt(open.Until!.Value, null, null));
            Assert.NotNull(windows.ActiveAt(open.Until.Value.AddSeconds(-1), null, null));
        }
    }

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "{ name: a, kind: deny }",
            "5:7: the window never opens (give it a `schedule` and a `duration`, or `from` and `until`)" },
        { "{ name: a, schedule: '@daily', duration: 1h }",
            "5:7: `kind` is missing (`deny`: nothing is changed while it is open; `allow`: only while it is)" },
        { "{ name: a, kind: deny, schedule: '0 18 * *', duration: 1h }",
            "5:40: `0 18 * *` is no schedule of five fields (such as `0 18 * * 5`: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly)" },
        { "{ name: a, kind: deny, schedule: 'TZ=UTC 0 18 * * 5', duration: 1h }",
            "5:40: `TZ=UTC 0 18 * * 5` is no schedule of five fields (the time zone goes to `timeZone`)" },
        { "{ name: a, kind: deny, schedule: '60 18 * * 5', duration: 1h }",
            "5:40: `60` is no minute (such as `0 18 * * 5`: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly)" },
        { "{ name: a, kind: deny, schedule: '0 18 * * fri-mon', duration: 1h }",
            "5:40: `fri-mon` ends before it starts (such as `0 18 * * 5`: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly)" },
        { "{ name: a, kind: deny, schedule: '*/0 18 * * 5', duration: 1h }",
            "5:40: `*/0` is no minute (such as `0 18 * * 5`: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly)" },
        { "{ name: a, kind: deny, schedule: '@daily', duration: 40d }",
            "5:60: `40d` is no duration from a minute to 31 days (such as `90m`, `62h` or `9d`; a longer window says `from` and `until`)" },
        { "{ name: a, kind: deny, schedule: '@daily' }", "5:7: `duration` is missing (how long it is open, such as `62h`)" },
        { "{ name: a, kind: deny, schedule: '@daily', duration: 1h, timeZone: Berlin }",
            "5:74: this machine knows no time zone `Berlin` (such as `Europe/Berlin` (IANA); names other than `UTC` need the package tzdata)" },
        { "{ name: a, kind: deny, from: 2026-01-02T00:00:00Z, until: 2026-01-01T00:00:00Z }",
            "5:65: the window closes before it opens" },
        { "{ name: a, kind: deny, from: 2026-01-02T00:00:00Z, until: 2026-01-03T00:00:00Z, duration: 1h }",
            "5:97: `duration` goes with `schedule` (`until` says when the window closes)" },
        { "{ name: a, kind: deny, from: 2026-01-02T00:00:00Z, until: 2026-01-03T00:00:00Z, timeZone: UTC }",
            "5:97: `timeZone` goes with `schedule` (`from` and `until` have their offset in them)" },
        { "{ name: a, kind: deny, schedule: '@daily', duration: 1h, until: 2026-01-03T00:00:00Z }",
            "5:71: `until` and `schedule` do not go together (write two windows)" },
        { "{ name: a, kind: deny, schedule: '@daily', duration: 1h }\n    - { name: a, kind: allow, schedule: '@daily', duration: 1h }", "1:1: two of `freezeWindows` have the same name (findings and conditions tell windows by their names)" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_window_that_means_nothing_does_not_load(string window, string problem) =>
        Assert.Equal(
            [$"gitops-policy.yaml:{problem}"],
            new Repository().With("policies/none.yaml", "").WithConfig($"drift:\n  freezeWindows:\n    - {window}").Problems());

    private static FreezeWindows Load(string windows)
    {
        var name = 'a';
        var named = string.Join("{ name: ", windows.Split('{').Select((part, i) => i == 0 ? part : $"{name++},{part}"));
        return new Repository().With("policies/none.yaml", "").WithConfig(
            $"drift: {{ freezeWindows: {named} }}").Load().Config.Drift.FreezeWindows;
    }
}
