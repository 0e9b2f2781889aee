using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Git;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Terraform;
using GitOpsPolicy.Reconciler.Units;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Terraform;

/// <summary>A repository with a configuration, rules, and a state of its own.</summary>
internal sealed class TerraformFixture : IDisposable
{
    /// <summary>Providers of this machine, for plans that need some.</summary>
    public const string Providers = "/opt/tf-plugins";

    private const string Rule = """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: Rule
        metadata: {name: no-forbidden-input}
        spec:
          title: Nothing takes what is forbidden
          severity: high
          category: test
          remediation: Take something else.
          match:
            operations: [create, update, replace]
            terraform: {types: [terraform_data]}
          deny:
            - when: change.after.input === "forbidden"
              message: "${change.resource} takes what is forbidden"
        """;

    private readonly TemporaryFolder home = new();
    private readonly TemporaryFolder rules = new();

    public TerraformFixture()
    {
        rules.Write("policies/a.rule.yaml", Rule);
        home.Write(
            "terraformrc",
            $"disable_checkpoint = true\nprovider_installation {{\n  filesystem_mirror {{\n    path = \"{Providers}\"\n  }}\n}}\n");
        Unit = new()
        {
            Key = new("infra", "network"),
            Source = new() { Url = Repository.Path, Path = "infra" },
            Terraform = new() { LockTimeout = TimeSpan.Zero, Timeout = TimeSpan.FromMinutes(2) },
        };
    }

    public TemporaryFolder Repository { get; } = new();

    public Unit Unit { get; set; }

    public List<UnitStatus> Saved { get; } = [];

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Done after a status is kept, before the plan is applied.</summary>
    public Action BeforeApply { get; set; } = static () => { };

    public string? Program { get; set; }

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an application may go on when it is not wanted any more.</summary>
    public TimeSpan LetEnd { get; set; }

    /// <summary>The host says where providers come from.</summary>
    public bool HasMirror { get; set; } = true;

    /// <summary>Whether each application came to its end.</summary>
    public List<bool> Applied { get; } = [];

    public string CacheFolder => home.At("cache");

    public string StateFile => home.At("state/terraform.tfstate");

    public PlanApproval Approval
    {
        set => Unit = Unit with { Terraform = Unit.Terraform! with { Approval = value } };
    }

    /// <summary>What every configuration here begins with.</summary>
    public string Backend => $"terraform {{\n  backend \"local\" {{\n    path = \"{StateFile}\"\n  }}\n}}\n";

    /// <summary>A resource that nothing outside knows of.</summary>
    public static string Data(string name, string input, string more = "") =>
        $"resource \"terraform_data\" \"{name}\" {{\n  input = \"{input}\"\n{more}}}\n";

    /// <summary>A command that is run while a resource is made.</summary>
    public static string Command(string text) => $"  provisioner \"local-exec\" {{\n    command = \"{text}\"\n  }}\n";

    public void Configure(string settings) =>
        rules.Write("gitops-policy.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\n" + settings);

    public TerraformFixture Write(params string[] parts)
    {
        Repository.Write("infra/main.tf", Backend + string.Concat(parts));
        return this;
    }

    public void Approve(string digest) => Repository.Write("acknowledgements/a.yaml",
        $"apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: a\nspec:\n  approves:\n    - subject: plan\n      digest: {digest}\n  owner: kim\n  approver: alex\n  reason: it is meant\n");

    /// <summary>One pass over what is committed now.</summary>
    public async Task<UnitStatus> RunAsync(
        UnitStatus? before = null, Pause? paused = null, CancellationToken cancellation = default)
    {
        Repository.Commit();
        Assert.True(GitRevision.Open(Repository.Path, "HEAD").TryGet(out var tree));
        using var workTree = new WorkTree(rules.Path);
        Assert.True(RuleSetLoader.Load(new RuleSetSource { Tree = workTree, Policies = ["policies"] }).TryGet(out var loaded));
        var pass = new TerraformPass(new TerraformHost
        {
            CacheFolder = CacheFolder,
            Rules = () => loaded,
            Time = TimeProvider.System,
            Grace = Grace,
            Executable = Program,
            LetEnd = LetEnd,
            CliConfigFile = HasMirror ? home.At("terraformrc") : null,
            Applied = Applied.Add,
            SaveAsync = (status, _) =>
            {
                Saved.Add(status);
                BeforeApply();
                return Task.CompletedTask;
            },
        });
        using (tree)
            return await pass.RunAsync(
                new TerraformInput
                {
                    Unit = Unit,
                    Rules = loaded,
                    Tree = tree,
                    Before = before,
                    Secrets = Secrets,
                    Paused = paused,
                },
                cancellation);
    }

    public string State => File.Exists(StateFile) ? File.ReadAllText(StateFile) : "";

    public void Dispose()
    {
        home.Dispose();
        rules.Dispose();
        Repository.Dispose();
    }
}
