using System.Text;
using System.Text.Json;
using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Status;

public class UnitStatusJsonTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var written = UnitStatusJson.Write(Statuses.Full());
        var read = UnitStatusJson.Read(written);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(UnitStatusJson.Write(read!)));
        Assert.Equal("ada", read!.Paused!.By);
        Assert.Equal(UnitPhase.RolledBack, read.Phase);
        Assert.True(read.Drift[1].IsFight);
        Assert.Equal(4, read.History[0].Pruned);
    }

    [Fact]
    public void The_names_of_members_are_a_contract() => Assert.Equal(
        "{\"unit\":{\"namespace\":\"shop\",\"name\":\"web\"},\"phase\":\"synced\",\"message\":\"everything is as Git says\",\"observedGeneration\":0,"
        + "\"source\":\"https://git.example.com/shop.git\",\"ref\":\"refs/heads/main\",\"attempted\":\"" + Statuses.New + "\",\"applied\":\"" + Statuses.New
            + "\",\"lastGood\":\"" + Statuses.New + "\",\"refused\":[],\"refusedContents\":[],"
        + "\"ruleSetDigest\":\"sha256:0123456789abcdef\",\"environment\":\"production\",\"lastAttempt\":\"2026-11-21T19:59:00+00:00\",\"lastSuccess\":\"2026-11-21T19:59:00+00:00\","
        + "\"objects\":12,\"drift\":[],\"approvals\":[],\"blocked\":[],\"orphans\":[],\"unhealthy\":[],\"notes\":[],\"history\":[]}",
        Encoding.UTF8.GetString(UnitStatusJson.Write(Statuses.Synced("web"))));

    [Fact]
    public void A_status_of_another_version_is_read_as_far_as_it_is_known()
    {
        var read = UnitStatusJson.Read("""{"unit":{"namespace":"a","name":"b","shard":3},"phase":"levitating","mood":{"x":[1]},"drift":[null,{"resource":"r","novel":true}],"message":null}"""u8);
        Assert.Equal(new("a", "b"), read!.Unit);
        Assert.Equal(UnitPhase.Pending, read.Phase);
        Assert.Equal("", read.Message);
        Assert.Equal("r", Assert.Single(read.Drift).Resource);
        Assert.Equal("", read.Drift[0].Message);
        Assert.Empty(read.Blocked);
        Assert.Empty(read.History);
        Assert.NotEmpty(UnitStatusJson.Write(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"unit\":null}")]
    [InlineData("{\"unit\":{\"namespace\":\"a\"}}")]
    [InlineData("{\"unit\":{\"namespace\":\"a\",\"name\":\"b\"},\"phase\":3}")]
    [InlineData("{\"unit\":{\"namespace\":\"a\",\"name\":\"b\"},\"objects\":\"many\"}")]
    [InlineData("{\"unit\":{\"namespace\":\"a\",\"name\":\"b\"}")]
    public void What_is_no_status_is_not_read(string text) => Assert.Null(UnitStatusJson.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(10_000, 40)]
    [InlineData(2_000, 20_000)]
    [InlineData(60, 1_000_000)]
    public void A_status_without_end_is_cut_and_says_how_much_is_missing(int entries, int characters)
    {
        var text = new string('\u0001', characters);
        var status = Statuses.Full() with
        {
            Message = text,
            Drift = [.. Enumerable.Range(0, entries).Select(
                i => new DriftEntry($"{i}{text}", "modified", "alert", text, Statuses.Now, "sha256:aa")
                {
                    Manager = text,
                    Location = text,
                })],
            Blocked = [.. Enumerable.Range(
                0, entries).Select(_ => new BlockedChange(text, text, text, text) { Remediation = text })],
            Approvals = [.. Enumerable.Range(0, entries).Select(
                _ => new PendingApproval("prune", "sha256:cc", text, Statuses.Now)
                {
                    Resources = [.. Enumerable.Repeat(text, 50)],
                    BlastRadius = text,
                })],
            Orphans = [.. Enumerable.Range(0, entries).Select(_ => new Orphan(text, text, Statuses.Now))],
            Unhealthy = [.. Enumerable.Range(
                0, entries).Select(_ => new UnhealthyObject(text, "failed", text, Statuses.Now, Statuses.New))],
            History = [.. Enumerable.Range(0, 100).Select(_ => new HistoryEntry(Statuses.Now, Statuses.New, "failed", text))],
        };
        var written = UnitStatusJson.Write(status);
        Assert.InRange(written.Length, 1, UnitStatusJson.MaxBytes - 1);

        var read = UnitStatusJson.Read(written)!;
        Assert.StartsWith("0", read.Drift[0].Resource, StringComparison.Ordinal);
        Assert.Equal(entries, read.Drift.Length + read.Omitted!.Drift);
        Assert.Equal(entries, read.Blocked.Length + read.Omitted.Blocked);
        Assert.Equal(read.Omitted, UnitStatusJson.Read(UnitStatusJson.Write(read))!.Omitted);
    }

    [Fact]
    public void Nothing_is_cut_of_a_status_that_fits()
    {
        var status = Statuses.Full() with { Drift = [.. Enumerable.Range(
            0,
            400).Select(i => new DriftEntry(
                $"ConfigMap shop/{i}", "missing", "alert", "it is gone", Statuses.Now, $"sha256:{i}"))] };
        var read = UnitStatusJson.Read(UnitStatusJson.Write(status))!;
        Assert.Equal(400, read.Drift.Length);
        Assert.Null(read.Omitted);
    }

    [Fact]
    public void Text_of_others_has_no_way_out_of_a_page()
    {
        var written = Encoding.UTF8.GetString(UnitStatusJson.Write(Statuses.Synced(
            "web") with { Message = "</script><b>'\u2028\ud83d" }));
        Assert.DoesNotContain('<', written);
        Assert.DoesNotContain('\'', written);
        Assert.Equal("</script><b>'\u2028\ufffd", JsonDocument.Parse(written).RootElement.GetProperty("message").GetString());
    }
}
