using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Units;

/// <summary>Which unit: the namespace and name of its <c>Reconciliation</c>.</summary>
/// <param name="Namespace">Where it lives, and where its inventory and state are kept.</param>
/// <param name="Name">Its name.</param>
public sealed record UnitKey(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>
/// A part of the desired state that is reconciled by itself: where Git keeps it, how it is rendered, where it goes, and what may
/// be done to it. A <c>Reconciliation</c> in a file or in the cluster.
/// </summary>
public sealed record Unit
{
    /// <summary>Which.</summary>
    public required UnitKey Key { get; init; }

    /// <summary>Where the desired state is kept.</summary>
    public required GitSource Source { get; init; }

    /// <summary>How files become objects.</summary>
    public RenderSettings Render { get; init; } = new();

    /// <summary>Where the objects go; ignored for a Terraform unit.</summary>
    public TargetSettings Target { get; init; } = new();

    /// <summary>The environment of the configuration that it belongs to; null to go by the paths of its files.</summary>
    public string? Environment { get; init; }

    /// <summary>What becomes of objects that leave Git.</summary>
    public PruneSettings Prune { get; init; } = new();

    /// <summary>What becomes of drift.</summary>
    public DriftSettings Drift { get; init; } = new();

    /// <summary>Units that have to be in sync and healthy first.</summary>
    public ImmutableArray<UnitKey> DependsOn { get; init; } = [];

    /// <summary>When the unit counts as healthy.</summary>
    public HealthSettings Health { get; init; } = new();

    /// <summary>What becomes of a revision that does not get healthy.</summary>
    public RollbackSettings Rollback { get; init; } = new();

    /// <summary>Nothing is written while this holds; null for a unit that is at work.</summary>
    public Suspension? Suspend { get; init; }

    /// <summary>
    /// Any text: when it is another than before, what did not get healthy is tried once more. Null for never.
    /// </summary>
    public string? Retry { get; init; }

    /// <summary>How Terraform is run; null for a unit of Kubernetes objects.</summary>
    public TerraformSettings? Terraform { get; init; }

    /// <summary>The generation of the object in the cluster; 0 for a file.</summary>
    public long Generation { get; init; }

    /// <summary>Where it was read.</summary>
    public SourceLocation Location { get; init; }
}

/// <summary>A path of a repository at what a branch, a tag or a commit names.</summary>
public sealed record GitSource
{
    /// <summary>
    /// The repository: an <c>https</c>, <c>http</c>, <c>ssh</c>, <c>git</c> or <c>file</c> address, or an absolute path.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>
    /// The address names a folder beside the file that the unit is read from: <c>./fleet</c>. A unit of a cluster is in no file,
    /// and such an address of one is refused when Git is asked.
    /// </summary>
    public bool IsBesideFile => Url is "." or ".."
        || Url.StartsWith("./", StringComparison.Ordinal)
        || Url.StartsWith("../", StringComparison.Ordinal);

    /// <summary>What is followed: <c>refs/heads/main</c>, <c>refs/tags/v1</c>, or a commit in full.</summary>
    public string Ref { get; init; } = "refs/heads/main";

    /// <summary>The folder in it; empty for all of it.</summary>
    public string Path { get; init; } = "";

    /// <summary>How often Git is asked.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one fetch may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The Secret with <c>username</c> and <c>password</c>, <c>bearerToken</c>, or <c>identity</c> and <c>known_hosts</c>; null
    /// for none.
    /// </summary>
    public string? SecretName { get; init; }

    /// <summary>
    /// The Secret whose values are the public keys, one of which has to have signed the commit; null to ask for no signature.
    /// </summary>
    public string? SigningKeysSecretName { get; init; }

    /// <summary>What a revision does that is no descendant of the one applied.</summary>
    public RewriteAnswer OnRewrite { get; init; } = RewriteAnswer.Hold;
}

/// <summary>What a branch does that went back or was written anew.</summary>
public enum RewriteAnswer
{
    /// <summary>Nothing is applied until somebody agrees to it.</summary>
    Hold,

    /// <summary>It is applied like any other.</summary>
    Follow,
}

/// <summary>What files are made into objects with.</summary>
public enum RenderTool
{
    /// <summary>Kustomize where there is a kustomization, Helm where there is a chart, else none.</summary>
    Auto,

    /// <summary>None: every manifest below the path.</summary>
    Plain,

    /// <summary>Kustomize.</summary>
    Kustomize,

    /// <summary>Helm.</summary>
    Helm,
}

/// <summary>How files become objects.</summary>
public sealed record RenderSettings
{
    /// <summary>With what.</summary>
    public RenderTool Tool { get; init; }

    /// <summary>The release's name, for Helm; null for the unit's.</summary>
    public string? ReleaseName { get; init; }

    /// <summary>Values files for Helm, from the top of the repository, later ones over earlier ones.</summary>
    public ImmutableArray<string> ValuesFiles { get; init; } = [];

    /// <summary>The Secret whose values are age keys (<c>*.agekey</c>) for SOPS; null to refuse files that need one.</summary>
    public string? DecryptionSecretName { get; init; }
}

/// <summary>Where objects go, and how far the unit reaches.</summary>
public sealed record TargetSettings
{
    /// <summary>
    /// The Secret with the kubeconfig of the cluster, under <c>value</c>; null for the cluster that the unit lives in.
    /// </summary>
    public string? KubeConfigSecretName { get; init; }

    /// <summary>
    /// The service account of the unit's namespace in whose name everything is read and written; null for the engine's own.
    /// </summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Where objects go that name no namespace; null to refuse them.</summary>
    public string? Namespace { get; init; }

    /// <summary>Namespaces that the unit may write to, globs; empty for all.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>The unit may write objects outside of namespaces.</summary>
    public bool AllowsClusterScoped { get; init; } = true;
}

/// <summary>What becomes of objects that leave Git.</summary>
public sealed record PruneSettings
{
    /// <summary>
    /// They are deleted, as far as rules and the drift table let them; else they stay, and are told as orphans.
    /// </summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>More deletions than this in one pass wait for a confirmation.</summary>
    public int MaxCount { get; init; } = 5;

    /// <summary>
    /// So does more than this share of the unit's objects, in percent, once it is more than <see cref="MaxCount"/>.
    /// </summary>
    public int MaxPercent { get; init; } = 20;
}

/// <summary>What becomes of drift.</summary>
public sealed record DriftSettings
{
    /// <summary>Drift of class <c>correct</c> is corrected; else it is told.</summary>
    public bool Corrects { get; init; } = true;

    /// <summary>How often everything is read anew, whatever the watch says.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Corrections of one object in an hour; one more is a fight.</summary>
    public int MaxCorrectionsPerHour { get; init; } = 5;

    /// <summary>Objects corrected in one pass, in percent of the unit, at least one.</summary>
    public int MaxPercentPerPass { get; init; } = 20;

    /// <summary>After this long drift that nobody decided about freezes.</summary>
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Field managers whose fields may be taken back, beside those of kubectl.</summary>
    public ImmutableArray<string> OverridableManagers { get; init; } = [];
}

/// <summary>When objects count as healthy.</summary>
public sealed record HealthSettings
{
    /// <summary>Each wave waits until it is.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>How long a wave may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What becomes of a revision that does not get healthy.</summary>
public sealed record RollbackSettings
{
    /// <summary>
    /// The last good revision is applied again, where nothing between the two is irreversible; else the unit freezes.
    /// </summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long after it was applied a revision can fail.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Somebody has stopped the unit.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when; null for until they say so.</param>
public sealed record Suspension(string By, string Reason, DateTimeOffset? Until)
{
    /// <summary>It holds.</summary>
    public bool HoldsAt(DateTimeOffset now) => Until is null || now < Until;
}

/// <summary>How Terraform is run.</summary>
public sealed record TerraformSettings
{
    /// <summary>The program: <c>terraform</c> or <c>tofu</c>.</summary>
    public string Program { get; init; } = "terraform";

    /// <summary>The workspace; null for the default one.</summary>
    public string? Workspace { get; init; }

    /// <summary>Variable files, from the top of the repository.</summary>
    public ImmutableArray<string> VariableFiles { get; init; } = [];

    /// <summary>The Secret whose values become environment variables of the program; null for none.</summary>
    public string? EnvironmentSecretName { get; init; }

    /// <summary>When a plan that the rules allow is applied.</summary>
    public PlanApproval Approval { get; init; } = PlanApproval.Always;

    /// <summary>How long one run of the program may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long it waits for the state's lock.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>When a plan that the rules allow is applied.</summary>
public enum PlanApproval
{
    /// <summary>Each plan waits for an approval of its digest.</summary>
    Always,

    /// <summary>Only plans that destroy, replace or forget something do.</summary>
    Destructive,

    /// <summary>None does.</summary>
    Never,
}
