using System.Net;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Load;

/// <summary>SIGTERM, by which a kubelet ends a container, as the whole program takes it.</summary>
[Collection("load")]
public sealed class TerminationTests
{
    [Fact]
    public async Task A_server_that_has_collected_much_garbage_still_drains_when_it_is_terminated()
    {
        using var folder = new RuleFolder().WithRules(1, 1);
        await using var server = await ServedProcess.Start(Binary.GitOpsPolicy, folder.Path, new("--drain", "3")).ReadyAsync();
        using var caller = new Caller(server.Address, server.Authority);
        await new OpenLoop(caller, [Large()]).RunClosedAsync(2, 30);   // each is enough for a collection of everything

        using var client = new HttpClient();
        var ending = server.TerminateAsync();
        while (await server.StatusAsync(client) == HttpStatusCode.OK)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var whileDraining = await new OpenLoop(caller, PodReviews.Make(10, RuleFolder.Names(1))).RunClosedAsync(1, 5);
        Assert.Equal((5, 0, 0), (whileDraining.Judged, whileDraining.Wrong.Count, whileDraining.Failures.Count));
        Assert.Equal(0, await ending);
    }

    [Fact]
    public async Task A_server_that_is_terminated_as_soon_as_it_is_ready_ends_as_well()
    {
        using var folder = new RuleFolder().WithRules(1, 1);
        for (var i = 0; i < 3; i++)
        {
            await using var server = await ServedProcess.Start(
                Binary.GitOpsPolicy, folder.Path, new("--drain", "0")).ReadyAsync();
            Assert.Equal(0, await server.TerminateAsync());
        }
    }

    private static Review Large()
    {
        var pod = PodReviews.Sound(1);
        pod["metadata"]!["annotations"]!["example.com/notes"] = new string('n', 3 << 20);
        var json = pod.ToJsonString();
        return Review.OfCreate("Pod", json, PodOracle.Judge(json, RuleFolder.Names(1)), ("team-1", "web-1", "alice"));
    }
}
