using System.Globalization;
using System.Text.Json;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Terraform;

/// <summary>How runs end that do not come to their end by themselves, and what they leave.</summary>
public sealed class TerraformStopTests : IDisposable
{
    private readonly TerraformFixture fixture = new() { Approval = PlanApproval.Never };

    public void Dispose() => fixture.Dispose();

    [NeedsTool("terraform")]
    public async Task An_application_that_is_under_way_may_end_when_the_engine_is_told_to_stop()
    {
        fixture.LetEnd = TimeSpan.FromMinutes(1);
        var (begun, go) = (fixture.Repository.At("begun"), fixture.Repository.At("go"));
        fixture.Write(TerraformFixture.Data(
            "a", "x", TerraformFixture.Command($"touch {begun}; while [ ! -e {go} ]; do sleep 0.1; done")));
        using var stop = new CancellationTokenSource();
        var running = fixture.RunAsync(cancellation: stop.Token);
        await BeginsAsync(begun, running);
        await stop.CancelAsync();
        await File.WriteAllTextAsync(go, "");

        Assert.Equal(UnitPhase.Synced, (await running).Phase);
        Assert.DoesNotContain("tainted", fixture.State, StringComparison.Ordinal);
        Assert.Equal([true], fixture.Applied);
    }

    [NeedsTool("terraform")]
    public async Task A_plan_that_is_told_to_stop_is_no_failure_and_leaves_nothing()
    {
        var begun = fixture.Repository.At("begun");
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Program = Script(
            "late-terraform", $"case $1 in plan) touch {begun}; exec sleep 60;; *) exec terraform \"$@\";; esac");
        using var stop = new CancellationTokenSource();
        var running = fixture.RunAsync(cancellation: stop.Token);
        await BeginsAsync(begun, running);
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Empty(fixture.Saved);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(fixture.CacheFolder, "private")));
    }

    [NeedsTool("terraform")]
    public async Task Nothing_that_a_run_has_started_outlives_it()
    {
        if (!OperatingSystem.IsLinux()) return;
        var left = fixture.Repository.At("left");
        fixture.Write(TerraformFixture.Data("a", "x", TerraformFixture.Command($"sleep 600 >/dev/null 2>&1 & echo $! > {left}")));
        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);

        await GoneAsync(left);
    }

    [NeedsTool("terraform")]
    public async Task A_run_that_heeds_no_signal_is_killed_with_all_that_it_started()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (main, child) = (fixture.Repository.At("main"), fixture.Repository.At("child"));
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { Timeout = TimeSpan.FromSeconds(5) } };
        fixture.Grace = TimeSpan.FromMilliseconds(500);
        fixture.Program = Script(
            "deaf-terraform",
            $"case $1 in plan) trap '' TERM; echo $$ > {main}; sleep 600 & echo $! > {child}; wait; wait;; *) exec terraform \"$@\";; esac");
        var status = await fixture.RunAsync();

        Assert.Equal((UnitPhase.Failed, "`plan` failed: it took longer than 0.1 minutes"), (status.Phase, status.Message));
        await GoneAsync(main);
        await GoneAsync(child);
    }

    // Linux says once for each thread of a parent that it has died, and Terraform leaves at once at the second word.
    [NeedsTool("terraform")]
    public async Task A_run_that_is_told_to_end_many_times_hears_it_once()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (begun, heard, go) = (fixture.Repository.At("begun"), fixture.Repository.At("heard"), fixture.Repository.At("go"));
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Program = Script(
            "told-terraform",
            $"case $1 in plan) trap 'echo heard >> {heard}' TERM; echo $PPID > {begun}.new; mv {begun}.new {begun}; "
            + $"while [ ! -e {go} ]; do sleep 0.05; done; trap - TERM;; esac; exec terraform \"$@\"");
        var running = fixture.RunAsync();
        await BeginsAsync(begun, running);
        var told = int.Parse(await File.ReadAllTextAsync(begun), CultureInfo.InvariantCulture);
        OwnSession.Ask(told);
        await BeginsAsync(heard, running);
        for (var i = 0; i < 20; i++) OwnSession.Ask(told);
        await File.WriteAllTextAsync(go, "");

        Assert.Equal(UnitPhase.Synced, (await running).Phase);
        Assert.Equal("heard\n", await File.ReadAllTextAsync(heard));
    }

    [NeedsTool("terraform")]
    public async Task A_lock_that_was_left_behind_is_told_with_what_releases_it_and_never_released_here()
    {
        using var server = new StateServer();
        fixture.Repository.Write(
            "infra/main.tf", server.Backend + TerraformFixture.Data("a", "x", TerraformFixture.Command("kill -KILL $PPID")));
        var killed = await fixture.RunAsync();
        Assert.Equal((UnitPhase.Failed, "`apply` failed: it ends with exit code 137"), (killed.Phase, killed.Message));
        var holder = server.Holder;
        Assert.NotNull(holder);

        for (var i = 0; i < 2; i++)
        {
            var status = await fixture.RunAsync(killed);
            Assert.Equal(UnitPhase.Failed, status.Phase);
            Assert.Equal(
                $"the state is locked, and its backend does not tell by whom; nothing was planned or applied. It goes when that run ends; where none is running any more, look at the state and release the lock by hand (`force-unlock {JsonDocument.Parse(holder).RootElement.GetProperty("ID").GetString()}`), which is never done here",
                status.Message);
            Assert.Equal(holder, server.Holder);
        }
    }

    [NeedsTool("terraform")]
    public async Task A_lock_that_goes_in_time_is_waited_for()
    {
        using var server = new StateServer();
        var begun = fixture.Repository.At("begun");
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { LockTimeout = TimeSpan.FromMinutes(1) } };
        fixture.Repository.Write(
            "infra/main.tf",
            server.Backend + TerraformFixture.Data(
                "a", "x", TerraformFixture.Command($"touch {begun}; while [ -e {begun} ]; do sleep 0.1; done")));
        var holder = fixture.RunAsync();
        await BeginsAsync(begun, holder);
        var second = fixture.RunAsync();
        File.Delete(begun);

        Assert.Equal((UnitPhase.Synced, UnitPhase.Synced), ((await holder).Phase, (await second).Phase));
        Assert.Null(server.Holder);
    }

    [NeedsTool("terraform")]
    public async Task The_plan_is_for_nobody_else_to_read()
    {
        if (OperatingSystem.IsWindows()) return;
        fixture.Write(TerraformFixture.Data("a", "x"));
        var modes = new List<UnixFileMode>();
        fixture.BeforeApply = () => modes.AddRange(
            Directory.GetFiles(Path.Combine(fixture.CacheFolder, "private"), "plan", SearchOption.AllDirectories)
                .Select(static file => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
        await fixture.RunAsync();

        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], modes);
    }

    private static async Task BeginsAsync(string file, Task running)
    {
        while (!File.Exists(file) && !running.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.True(File.Exists(file), "it ended before it began");
    }

    // Between the signal and the end of a process lies what the system has to do for it.
    private static async Task GoneAsync(string file)
    {
        var process = (await File.ReadAllTextAsync(file)).Trim();
        for (var i = 0; i < 500 && Lives(process); i++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.False(Lives(process), $"process {process} is still there");
    }

    // One that is dead and that nobody has asked about yet is still listed.
    private static bool Lives(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string Script(string name, string text)
    {
        fixture.Repository.Write(name, $"#!/bin/sh\n{text}\n");
        var path = fixture.Repository.At(name);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
