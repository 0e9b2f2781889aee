using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Terraform;

public sealed class TerraformPassTests : IDisposable
{
    private readonly TerraformFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [NeedsTool("terraform")]
    public async Task A_plan_waits_until_somebody_approves_of_what_it_does()
    {
        fixture.Write(TerraformFixture.Data("a", "x"), TerraformFixture.Data("b", "y"));
        var waiting = await fixture.RunAsync();

        Assert.Equal(
            (UnitPhase.Held, "2 to create, 0 to change, 0 to destroy wait for an approval"), (waiting.Phase, waiting.Message));
        var pending = Assert.Single(waiting.Approvals);
        Assert.Equal(("plan", 2), (pending.Subject, pending.Count));
        Assert.Equal(["create terraform_data.a", "create terraform_data.b"], pending.Resources.AsEnumerable());
        Assert.Equal("", fixture.State);
        Assert.Empty(fixture.Saved);

        fixture.Approve(pending.Digest);
        var applied = await fixture.RunAsync(waiting);
        Assert.Equal(
            (UnitPhase.Synced, applied.Attempted, null, 0),
            (applied.Phase, applied.Applied, applied.Applying, applied.Approvals.Length));
        Assert.Equal((2, "synced"), (applied.History[0].Created, applied.History[0].Outcome));
        Assert.Contains("terraform_data", fixture.State, StringComparison.Ordinal);
        Assert.Equal(pending.Digest, Assert.Single(fixture.Saved).Applying);
    }

    [NeedsTool("terraform")]
    public async Task An_approval_is_for_nothing_but_what_was_approved()
    {
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Approve((await fixture.RunAsync()).Approvals[0].Digest);
        fixture.Write(TerraformFixture.Data("a", "x"), TerraformFixture.Data("b", "y"));
        var waiting = await fixture.RunAsync();

        Assert.Equal((UnitPhase.Held, ""), (waiting.Phase, fixture.State));
    }

    [NeedsTool("terraform")]
    public async Task An_approval_of_one_unit_is_none_of_another()
    {
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Approve((await fixture.RunAsync()).Approvals[0].Digest);
        fixture.Unit = fixture.Unit with { Key = new("infra", "other") };

        Assert.Equal(UnitPhase.Held, (await fixture.RunAsync()).Phase);
    }

    [NeedsTool("terraform")]
    public async Task Where_only_destruction_waits_the_rest_is_applied_at_once()
    {
        fixture.Approval = PlanApproval.Destructive;
        fixture.Write(TerraformFixture.Data("a", "x"), TerraformFixture.Data("b", "y"));
        var first = await fixture.RunAsync();
        Assert.Equal(UnitPhase.Synced, first.Phase);
        var state = fixture.State;

        fixture.Write(TerraformFixture.Data("a", "x"));
        var second = await fixture.RunAsync(first);
        Assert.Equal(
            (UnitPhase.Held, "0 to create, 0 to change, 1 to destroy wait for an approval"), (second.Phase, second.Message));
        Assert.Equal(("1 deletion, 0 stateful", first.Applied), (second.Approvals[0].BlastRadius, second.Applied));
        Assert.Equal(state, fixture.State);
    }

    [NeedsTool("terraform")]
    public async Task What_is_as_Git_says_is_in_sync_and_nothing_is_written()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"));
        var first = await fixture.RunAsync();
        var state = fixture.State;
        fixture.Repository.Write("unrelated.txt", "x");
        var second = await fixture.RunAsync(first);

        Assert.Equal((UnitPhase.Synced, "what Git says is what there is", 1), (second.Phase, second.Message, second.Objects));
        Assert.Equal(second.Attempted, second.Applied);
        Assert.NotEqual(first.Applied, second.Applied);
        Assert.Equal(state, fixture.State);
        Assert.Single(fixture.Saved);
    }

    [NeedsTool("terraform")]
    public async Task What_the_rules_forbid_is_not_applied_though_it_is_approved()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "forbidden"));
        var status = await fixture.RunAsync();

        Assert.Equal(
            (UnitPhase.Blocked, "the rules forbid the plan: terraform_data.a takes what is forbidden", ""),
            (status.Phase, status.Message, fixture.State));
        var blocked = Assert.Single(status.Blocked);
        Assert.Equal(
            ("no-forbidden-input", "terraform_data.a", "create", "Take something else."),
            (blocked.Rule, blocked.Resource, blocked.Operation, blocked.Remediation));
    }

    [NeedsTool("terraform")]
    public async Task A_unit_that_somebody_has_stopped_plans_and_applies_nothing()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"));
        var status = await fixture.RunAsync(paused: new("freeze-window", "", "year end", null));

        Assert.Equal(
            (UnitPhase.Suspended, "freeze-window: year end; 1 to create, 0 to change, 0 to destroy wait", ""),
            (status.Phase, status.Message, fixture.State));
    }

    [NeedsTool("terraform")]
    public async Task While_a_freeze_window_of_the_configuration_is_open_nothing_is_applied()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Configure("drift:\n  freezeWindows:\n    - name: always\n      kind: deny\n      schedule: \"* * * * *\"\n      duration: 1h\n      timeZone: UTC\n      reason: year end\n");
        fixture.Write(TerraformFixture.Data("a", "x"));
        var status = await fixture.RunAsync();

        Assert.Equal(
            (UnitPhase.Suspended, "freeze-window", "year end", ""),
            (status.Phase, status.Paused?.Because, status.Paused?.Reason, fixture.State));
    }

    [NeedsTool("terraform")]
    public async Task A_plan_whose_file_was_changed_after_it_was_judged_is_not_applied()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.BeforeApply = () =>
        {
            var plan = Assert.Single(Directory.GetFiles(
                Path.Combine(fixture.CacheFolder, "private"), "plan", SearchOption.AllDirectories));
            File.AppendAllText(plan, "x");
        };
        var status = await fixture.RunAsync();

        Assert.Equal(
            (UnitPhase.Failed, "the plan's file is not the one that was judged any more; nothing was applied", ""),
            (status.Phase, status.Message, fixture.State));
    }

    [NeedsTool("terraform")]
    public async Task Nothing_of_a_pass_stays_on_disk()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"));
        var left = Directory.CreateDirectory(Path.Combine(fixture.CacheFolder, "private", "of-a-killed-process")).FullName;
        await fixture.RunAsync();
        await fixture.RunAsync();

        Assert.False(Directory.Exists(left));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(fixture.CacheFolder, "private")));
    }

    [NeedsTool("terraform")]
    public async Task Only_the_engine_can_read_the_work_folder()
    {
        if (OperatingSystem.IsWindows()) return;
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"));
        var modes = new List<UnixFileMode>();
        fixture.BeforeApply = () => modes.AddRange(
            Directory.GetDirectories(Path.Combine(fixture.CacheFolder, "private")).Select(static folder =>
                OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder)));
        await fixture.RunAsync();

        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute], modes);
    }

    [NeedsTool("terraform")]
    public async Task The_program_sees_the_variables_of_its_Secret_and_nothing_of_the_engine()
    {
        Environment.SetEnvironmentVariable("GITOPS_POLICY_TEST_MARK", "engine");
        fixture.Approval = PlanApproval.Never;
        fixture.Secrets["CLOUD_TOKEN"] = "s3cr3t-token";
        var seen = fixture.Repository.At("seen");
        fixture.Write(TerraformFixture.Data("a", "x", TerraformFixture.Command($"env > {seen}")));
        await fixture.RunAsync();

        var variables = File.ReadAllLines(seen);
        Assert.Contains("CLOUD_TOKEN=s3cr3t-token", variables);
        Assert.Contains("TF_IN_AUTOMATION=1", variables);
        Assert.DoesNotContain(variables, static line => line.StartsWith("GITOPS_POLICY_TEST_MARK", StringComparison.Ordinal));
        File.Delete(seen);
    }

    [NeedsTool("python3")]
    public async Task Drift_is_told_by_the_class_that_the_table_gives_it()
    {
        fixture.Program = Path.Combine(AppContext.BaseDirectory, "Terraform", "fake-terraform");
        fixture.Write(TerraformFixture.Data("a", "x"));
        var status = await fixture.RunAsync();

        Assert.Equal(UnitPhase.Held, status.Phase);
        Assert.Equal(
            "3 resources drifted, and nobody has decided what becomes of it: aws_sqs_queue.gone, aws_sqs_queue.read, aws_sqs_queue.unread", status.Message);
        Assert.Equal(
            ["missing freeze", "modified freeze", "modified freeze"],
            status.Drift.Select(static entry => $"{entry.Kind} {entry.Class}"));
        Assert.Equal("`/visibility_timeout_seconds`", status.Drift[1].Message);
        Assert.Equal(status.Attempted, status.Applied);
        var again = await fixture.RunAsync(status);
        Assert.Equal(status.Drift.AsEnumerable(), again.Drift.AsEnumerable());
    }

    [Theory]
    [InlineData("TF_CLI_ARGS_apply")]
    [InlineData("TF_CLI_CONFIG_FILE")]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("TF_LOG_PATH")]
    [InlineData("TF_REATTACH_PROVIDERS")]
    [InlineData("not a name")]
    public async Task A_Secret_cannot_decide_how_the_program_runs(string name)
    {
        fixture.Secrets[name] = "x";
        fixture.Program = "/bin/false";
        fixture.Write(TerraformFixture.Data("a", "x"));

        Assert.Contains(
            $"`{name}` in the Secret of the environment", (await fixture.RunAsync()).Message, StringComparison.Ordinal);
    }

    [NeedsTool("terraform")]
    public async Task A_state_that_would_go_with_the_pass_is_refused()
    {
        foreach (var head in (string[])["", "terraform {\n  backend \"local\" {\n    path = \"here.tfstate\"\n  }\n}\n"])
        {
            fixture.Repository.Write("infra/main.tf", head + TerraformFixture.Data("a", "x"));
            Assert.Equal(
                "the state would lie in the work folder, which goes when the pass ends: configure a backend",
                (await fixture.RunAsync()).Message);
        }
    }

    [NeedsTool("terraform")]
    public async Task Errors_tell_headline_and_place_and_no_value()
    {
        fixture.Secrets["TF_VAR_password"] = "hunter2hunter2";
        fixture.Write("variable \"password\" {}\nresource \"terraform_data\" \"a\" {\n  input = tonumber(var.password)\n}\n");
        var status = await fixture.RunAsync();

        Assert.Equal((UnitPhase.Failed, "`plan` failed: Invalid function argument (main.tf:8)"), (status.Phase, status.Message));
        Assert.DoesNotContain("hunter2", $"{status} {string.Join(' ', status.History)}", StringComparison.Ordinal);
    }

    [NeedsTool("terraform")]
    public async Task A_failed_application_is_told_and_the_next_pass_plans_anew()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Write(TerraformFixture.Data("a", "x"), TerraformFixture.Data("b", "y", TerraformFixture.Command("exit 1")));
        var failed = await fixture.RunAsync();
        Assert.Equal(
            (UnitPhase.Failed, "`apply` failed: local-exec provisioner error (main.tf:11)"), (failed.Phase, failed.Message));
        Assert.Null(failed.Applied);

        fixture.Write(TerraformFixture.Data("a", "x"), TerraformFixture.Data("b", "y"));
        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync(failed)).Phase);
    }

    [NeedsTool("terraform")]
    public async Task An_application_that_is_told_to_stop_brings_its_state_home()
    {
        fixture.Approval = PlanApproval.Never;
        var begun = fixture.Repository.At("begun");
        fixture.Write(TerraformFixture.Data("a", "x", TerraformFixture.Command($"touch {begun}; sleep 60")));
        using var stop = new CancellationTokenSource();
        var running = fixture.RunAsync(cancellation: stop.Token);
        while (!File.Exists(begun) && !running.IsCompleted) await Task.Yield();
        await stop.CancelAsync();
        var stopped = await running;

        Assert.Equal(
            (UnitPhase.Failed,
                "`apply` failed: it was told to stop; what it made up to then is in the state, and the next pass plans anew"),
                (stopped.Phase, stopped.Message));
        Assert.Contains("\"tainted\"", fixture.State, StringComparison.Ordinal);
        File.Delete(begun);
        fixture.Write(TerraformFixture.Data("a", "x"));
        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync(stopped)).Phase);
    }

    [NeedsTool("terraform")]
    public async Task An_application_that_takes_too_long_is_stopped()
    {
        fixture.Approval = PlanApproval.Never;
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { Timeout = TimeSpan.FromSeconds(6) } };
        fixture.Write(TerraformFixture.Data("a", "x", TerraformFixture.Command("sleep 60")));

        Assert.Contains("failed: it took longer than 0.1 minutes", (await fixture.RunAsync()).Message, StringComparison.Ordinal);
    }

    [NeedsTool("terraform")]
    public async Task An_application_that_nobody_saw_end_is_told_and_a_new_plan_is_made()
    {
        fixture.Write(TerraformFixture.Data("a", "x"));
        var status = await fixture.RunAsync(new UnitStatus
        {
            Unit = fixture.Unit.Key,
            Phase = UnitPhase.Progressing,
            Applying = "sha256:0",
        });

        Assert.Equal((UnitPhase.Held, null), (status.Phase, status.Applying));
        Assert.Equal(
            "the application of plan sha256:0 began and is not known to have ended; a new plan is made",
            status.History[0].Message);
    }

    [NeedsTool("terraform")]
    public async Task A_lock_that_somebody_holds_is_told_with_who_holds_it()
    {
        fixture.Approval = PlanApproval.Never;
        var begun = fixture.Repository.At("begun");
        fixture.Write(TerraformFixture.Data(
            "a", "x", TerraformFixture.Command($"touch {begun}; while [ -e {begun} ]; do sleep 0.2; done")));
        var holder = fixture.RunAsync();
        while (!File.Exists(begun) && !holder.IsCompleted) await Task.Yield();
        var status = await fixture.RunAsync();
        File.Delete(begun);
        await holder;

        Assert.Equal(UnitPhase.Failed, status.Phase);
        Assert.Matches(
            "^the state is locked by `.+@.+` for `OperationTypeApply` since .+; nothing was planned or applied\\. It goes when that run ends; where none is running any more, look at the state and release the lock by hand \\(`force-unlock [0-9a-f-]{36}`\\), which is never done here$", status.Message);
    }

    [NeedsTool("terraform")]
    public async Task A_real_provider_is_planned_with_from_the_mirror_of_the_host()
    {
        if (!Directory.Exists(TerraformFixture.Providers)) return;
        fixture.Write(
            "provider \"aws\" {\n  region = \"eu-west-1\"\n  access_key = \"mock\"\n  secret_key = \"mock\"\n  skip_credentials_validation = true\n  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n}\n",
            "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"logs\"\n}\n");
        var status = await fixture.RunAsync();

        Assert.Equal(
            (UnitPhase.Held, "1 to create, 0 to change, 0 to destroy wait for an approval"), (status.Phase, status.Message));
        Assert.Equal(["create aws_s3_bucket.logs"], status.Approvals[0].Resources.AsEnumerable());
    }
}
