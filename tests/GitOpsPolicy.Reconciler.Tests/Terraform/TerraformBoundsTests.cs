using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs.Rendering;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Terraform;

/// <summary>What a repository and a Secret may say, and what not.</summary>
public sealed class TerraformBoundsTests : IDisposable
{
    private const string Canary = "Kan4rie99Zq";

    private readonly TerraformFixture fixture = new() { Approval = PlanApproval.Never };

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("infra/main.tf", "terraform {\n  cloud {\n    organization = \"o\"\n  }\n}\n", "cloud")]
    [InlineData("infra/main.tf", "terraform {\n  backend \"remote\" {}\n}\n", "remote")]
    [InlineData("infra/main.tf.json", """{"terraform": {"cloud": {"organization": "o"}}}""", "cloud")]
    [InlineData("infra/main.tf.json", """{"terraform": [{"backend": {"remote": {}}}]}""", "remote")]
    public async Task Plans_that_would_be_made_elsewhere_are_refused_before_anything_runs(string file, string text, string what)
    {
        fixture.Program = "/bin/false";
        fixture.Repository.Write(file, text);
        var status = await fixture.RunAsync();

        Assert.Equal(
            $"`{what}` has plans made and applied elsewhere, where neither the rules nor an approval would stand before them: configure a backend that keeps the state and nothing else", status.Message);
    }

    [NeedsTool("terraform")]
    public async Task A_workspace_of_a_local_backend_has_its_state_outside_of_the_work_folder_or_is_refused()
    {
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { Workspace = "blue" } };
        fixture.Write(TerraformFixture.Data("a", "x"));
        Assert.Equal(
            "the state would lie in the work folder, which goes when the pass ends: configure a backend, or for the workspace `blue` of a local one set `workspace_dir` to an absolute path",
            (await fixture.RunAsync()).Message);

        var states = Path.Combine(Path.GetDirectoryName(fixture.StateFile)!, "workspaces");
        fixture.Repository.Write(
            "infra/main.tf",
            $"terraform {{\n  backend \"local\" {{\n    workspace_dir = \"{states}\"\n  }}\n}}\n"
                + TerraformFixture.Data("a", "x"));
        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);
        Assert.True(File.Exists(Path.Combine(states, "blue", "terraform.tfstate")));
    }

    [NeedsTool("terraform")]
    public async Task Providers_that_neither_the_host_nor_a_lock_file_names_are_not_run()
    {
        fixture.HasMirror = false;
        fixture.Write("terraform {\n  required_providers {\n    shady = {\n      source = \"registry.invalid/shady/shady\"\n    }\n  }\n}\n");
        Assert.StartsWith("`init` failed: ", (await fixture.RunAsync()).Message, StringComparison.Ordinal);

        // What is built into the program needs neither.
        fixture.Write(TerraformFixture.Data("a", "x"));
        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);
    }

    [NeedsTool("terraform")]
    public async Task Settings_that_lie_in_the_repository_count_for_nothing()
    {
        const string Mirror = "provider_installation {\n  filesystem_mirror {\n    path = \"/nonexistent\"\n  }\n}\n";
        foreach (var file in (string[])[".terraformrc", "terraform.rc", "infra/.terraformrc"])
            fixture.Repository.Write(file, Mirror);
        fixture.Repository.Write("infra/.terraform/environment", "elsewhere");
        fixture.Repository.Write(
            "infra/.terraform/terraform.tfstate", """{"version": 3, "backend": {"type": "s3", "config": {}}}""");
        fixture.Write(TerraformFixture.Data("a", "x"));

        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);
        Assert.Contains("terraform_data", fixture.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terraform.tfstate")]
    [InlineData("terraform.tfstate.d/blue/terraform.tfstate")]
    public async Task A_state_in_the_repository_is_refused(string file)
    {
        fixture.Program = "/bin/false";
        fixture.Repository.Write($"infra/{file}", "{}");
        fixture.Write(TerraformFixture.Data("a", "x"));

        Assert.Equal(
            $"`{file.Split('/')[0]}` lies beside the configuration: a state holds secrets and belongs into a backend, not into Git; take it out of the repository", (await fixture.RunAsync()).Message);
    }

    [NeedsTool("terraform")]
    public async Task Links_that_lead_out_of_the_repository_lead_nowhere()
    {
        fixture.Repository.Write("secret.txt", "inside");
        fixture.Repository.Link("infra/outside", "/etc/hostname");
        fixture.Repository.Link("infra/above", "../../../../../../etc/hostname");
        fixture.Repository.Link("infra/inside", "../secret.txt");
        fixture.Write(TerraformFixture.Data(
            "a",
            "${jsonencode([fileexists(\\\"${path.module}/outside\\\"), fileexists(\\\"${path.module}/above\\\"), fileexists(\\\"${path.module}/inside\\\")])}".Replace(
                "\\\"", "\"", StringComparison.Ordinal)));

        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);
        Assert.Contains("[false,false,true]", fixture.State, StringComparison.Ordinal);
    }

    [NeedsTool("terraform")]
    public async Task A_module_from_elsewhere_is_fetched_by_nothing_but_https_and_ssh()
    {
        foreach (var source in (string[])[$"git::file://{fixture.Repository.Path}", $"git::{fixture.Repository.Path}"])
        {
            fixture.Write($"module \"m\" {{\n  source = \"{source}\"\n}}\n");
            Assert.StartsWith("`init` failed: ", (await fixture.RunAsync()).Message, StringComparison.Ordinal);
        }
    }

    [NeedsTool("terraform")]
    public async Task A_value_of_the_Secret_is_shown_nowhere_though_nobody_declared_it_sensitive()
    {
        fixture.Secrets["TF_VAR_token"] = Canary;
        fixture.Secrets["TF_VAR_key"] = "forbidden";
        fixture.Write(
            "variable \"token\" {}\nvariable \"key\" {}\n",
            "resource \"terraform_data\" \"a\" {\n  input = var.key\n  triggers_replace = var.token\n}\n",
            $"resource \"terraform_data\" \"b\" {{\n  for_each = toset([var.token])\n  input = each.value\n}}\n",
            "output \"o\" {\n  value = var.token\n}\n");
        var blocked = await fixture.RunAsync();
        Assert.Equal(UnitPhase.Blocked, blocked.Phase);
        Hides(blocked);

        fixture.Secrets["TF_VAR_key"] = "fine";
        fixture.Approval = PlanApproval.Always;
        var waiting = await fixture.RunAsync();
        Assert.Equal(UnitPhase.Held, waiting.Phase);
        Hides(waiting);

        fixture.Approve(waiting.Approvals[0].Digest);
        Hides(await fixture.RunAsync(waiting));
        Assert.Contains(Canary, fixture.State, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(fixture.CacheFolder, "*", SearchOption.AllDirectories),
            static file => File.ReadAllText(file).Contains(Canary, StringComparison.Ordinal));
    }

    [NeedsTool("terraform")]
    public async Task What_the_rules_cannot_decide_since_it_is_not_known_yet_is_not_applied()
    {
        fixture.Write(TerraformFixture.Data("a", "x"), "resource \"terraform_data\" \"b\" {\n  input = terraform_data.a.id\n}\n");
        var status = await fixture.RunAsync();

        Assert.Equal((UnitPhase.Blocked, ""), (status.Phase, fixture.State));
        Assert.Equal(
            "the rules forbid the plan: `no-forbidden-input` cannot decide: terraform_data.b /input is not known",
            status.Message);
    }

    [NeedsTool("python3")]
    public async Task A_plan_that_never_ends_is_given_up()
    {
        fixture.Program = Path.Combine(AppContext.BaseDirectory, "Terraform", "fake-terraform");
        fixture.Secrets["ENDLESS"] = "1";
        fixture.Write(TerraformFixture.Data("a", "x"));
        var status = await fixture.RunAsync();

        Assert.Equal(UnitPhase.Failed, status.Phase);
        Assert.StartsWith("the plan cannot be read: ", status.Message, StringComparison.Ordinal);
    }

    [NeedsTool("terraform")]
    public async Task OpenTofu_is_found_by_its_name_and_its_plans_are_read()
    {
        // The real one is not to be had everywhere: what is shown is that the name leads to the program, and its own version in a
        // plan is no hindrance.
        using var bin = new GitOpsPolicy.Tests.Inputs.TemporaryFolder();
        bin.Write(
            "tofu",
            "#!/bin/sh\ncase $1 in show) terraform \"$@\" | sed 's/\"terraform_version\":\"[^\"]*\"/\"terraform_version\":\"1.10.0\"/';; *) exec terraform \"$@\";; esac\n");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(bin.At("tofu"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { Program = "tofu" } };
        fixture.Write(TerraformFixture.Data("a", "x"));
        fixture.Program = bin.At("tofu");

        Assert.Equal(UnitPhase.Synced, (await fixture.RunAsync()).Phase);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        fixture.Unit = fixture.Unit with { Terraform = fixture.Unit.Terraform! with { Program = "tofu" } };
        fixture.Write(TerraformFixture.Data("a", "x"));
        if (GitOpsPolicy.Inputs.Files.Tool.TryFind("tofu", out _)) return;

        Assert.Equal("`tofu` is not on the PATH", (await fixture.RunAsync()).Message);
    }

    private static void Hides(UnitStatus status) => Assert.DoesNotContain(
        Canary, System.Text.Encoding.UTF8.GetString(UnitStatusJson.Write(status)), StringComparison.OrdinalIgnoreCase);
}
