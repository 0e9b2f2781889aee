using System.Security.Cryptography;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Terraform;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Reconciler.Sources;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>A plan that was made, and lies in the work folder for as long as the pass lasts.</summary>
/// <param name="File">The plan's file.</param>
/// <param name="Bytes">The hash of its bytes.</param>
/// <param name="Changes">What it does, and what has drifted.</param>
internal sealed record MadePlan(string File, string Bytes, ChangeSet Changes);

/// <summary>
/// The work folder of one pass: the commit's files, the program's data and the plan, for the engine's user alone. It is removed
/// when the pass ends, or at the next start. The plan as JSON is never written to it: it goes from the program straight to the
/// reader.
/// </summary>
internal sealed class TerraformWork : IDisposable
{
    // Programs that fill one cache at a time spoil it (Terraform, CLI configuration, provider plugin cache).
    private static readonly SemaphoreSlim Filling = new(1, 1);

    private const string Unlocked = "; the commit has no `.terraform.lock.hcl` that says which providers may run: commit it, or have the host name a mirror by `TF_CLI_CONFIG_FILE`";

    private readonly PrivateFolder folder;
    private readonly TerraformInput input;
    private readonly TerraformSettings settings;
    private readonly TerraformProgram program;

    private TerraformWork(PrivateFolder folder, TerraformInput input, TerraformProgram program) =>
        (this.folder, this.input, this.program, settings) = (folder, input, program, input.Unit.Terraform!);

    private IEnumerable<string> Secrets => input.Secrets.Values;

    /// <summary>Puts the files there and initialises; a reason where that cannot be done.</summary>
    public static async Task<(TerraformWork? Work, string? Reason)> OpenAsync(
        TerraformHost host, TerraformInput input, CancellationToken cancellation)
    {
        var wanted = input.Unit.Terraform!;
        if (input.FolderName.Split('/').Contains("..")) return (null, "`spec.source.path` leads out of the repository");
        if (wanted.Program is not ("terraform" or "tofu"))
            return (null, "`spec.terraform.program` is neither `terraform` nor `tofu`");
        if (host.Executable is not { } executable && !Tool.TryFind(wanted.Program, out executable))
            return (null, $"`{wanted.Program}` is not on the PATH");
        if (TerraformEnvironment.Refusal(input.Secrets.Keys) is { } refusal) return (null, refusal);
        if (wanted.VariableFiles.FirstOrDefault(file => input.Tree.Find(file) != PathKind.File) is { } missing)
            return (null, $"there is no file `{missing}` in the repository for `spec.terraform.variableFiles`");
        if (TerraformConfiguration.Open(input.Tree, input.FolderName) is not { } configuration)
            return (null, $"there is no configuration of Terraform in `{input.FolderName}`");
        if (configuration.Backends.FirstOrDefault(StateRules.PlansElsewhere) is { } elsewhere)
            return (null, StateRules.Elsewhere(elsewhere));
        if (StateRules.Strays.FirstOrDefault(stray =>
            input.Tree.Find(Path.Combine(input.FolderName, stray)) != PathKind.Missing) is { } stray)
            return (null, StateRules.Stray(stray));
        var place = PrivateFolder.Create(Path.GetFullPath(Path.Combine(host.CacheFolder, "private")));
        var work = new TerraformWork(place, input, ProgramFor(host, input, executable, place.Path));
        var reason = work.Fill(host) ?? await work.InitialiseAsync(host, cancellation);
        if (reason is null) return (work, null);
        work.Dispose();
        return (null, reason);
    }

    /// <summary>Makes a plan and reads it; the plan itself is null where nothing would be done or has drifted.</summary>
    /// <param name="name">What the plan is called.</param>
    /// <param name="more">More arguments, such as <c>-refresh-only</c>.</param>
    /// <param name="cancellation">Has it stop.</param>
    public async Task<(MadePlan? Plan, string? Reason)> PlanAsync(
        string name, IEnumerable<string> more, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Path, name);
        var variables = settings.VariableFiles.Select(variable => "-var-file=" + Path.Combine(folder.Path, "tree", variable));
        var run = await program.RunAsync(
            ["plan", "-input=false", "-no-color", "-detailed-exitcode", LockTimeout, "-out=" + file, .. variables, .. more],
            cancellation);
        // 2 says that there is something to do; a plan of exit code 1 may lie there all the same and is worth nothing.
        if (run is not { Stopped: null, ExitCode: 0 or 2 }) return (null, TerraformErrors.Describe("plan", run, Secrets));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = HashOf(file);
        ChangeSet? changes = null;
        var shown = await program.RunAsync(
            ["show", "-json", "-no-color", file],
            output => changes = TerraformPlanInput.Read(Path.Combine(input.FolderName, name), output, cancellation),
            cancellation);
        if (changes?.Problems is [var problem, ..]) return (null, $"the plan cannot be read: {problem.Message}");
        if (!shown.Succeeded || changes is null) return (null, TerraformErrors.Describe("show", shown, Secrets));
        // A variable that nobody declared sensitive is in the plan in clear, and so is what was made of it.
        return (new(file, bytes, changes with { SensitiveTexts = changes.SensitiveTexts.Union(input.SecretTexts) }), null);
    }

    /// <summary>Applies that very plan; a reason where it failed.</summary>
    public async Task<(TerraformRun? Run, string? Reason)> ApplyAsync(MadePlan plan, CancellationToken cancellation)
    {
        if (HashOf(plan.File) != plan.Bytes)
            return (null, "the plan's file is not the one that was judged any more; nothing was applied");
        var run = await program.RunToEndAsync(["apply", "-input=false", "-no-color", LockTimeout, plan.File], cancellation);
        return (run, run.Succeeded ? null : TerraformErrors.Describe("apply", run, [.. Secrets, .. plan.Changes.SensitiveTexts]));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private string LockTimeout => $"-lock-timeout={(long)settings.LockTimeout.TotalSeconds}s";

    private static TerraformProgram ProgramFor(TerraformHost host, TerraformInput input, string executable, string folder)
    {
        var place = (Path.Combine(folder, "tree", input.FolderName), Path.Combine(folder, "errors"));
        return new(
            executable, TerraformEnvironment.Of(host, input, folder), place,
            new(input.Unit.Terraform!.Timeout, host.LetEnd, host.Grace));
    }

    private string? Fill(TerraformHost host)
    {
        // An address of a socket has room for 107 characters (unix(7)), of which a provider's takes some 20.
        const int MaxTemporary = 86;
        if (TerraformEnvironment.Temporary(folder.Path).Length > MaxTemporary)
            return "the path of the cache folder is too long for the sockets of providers; choose a shorter one";
        var tree = Path.Combine(folder.Path, "tree");
        foreach (var wanted in (ReadOnlySpan<string>)[
            tree,
            TerraformEnvironment.Temporary(folder.Path),
            TerraformEnvironment.PluginCache(host)
        ])
            Directory.CreateDirectory(wanted);
        return input.Tree.WriteTo(tree);
    }

    private async Task<string?> InitialiseAsync(TerraformHost host, CancellationToken cancellation)
    {
        // Programs that nobody has named are not run: the repository names them by their checksums, or the host says where they
        // come from.
        var isLocked = input.Tree.Find(Path.Combine(input.FolderName, ".terraform.lock.hcl")) == PathKind.File;
        IEnumerable<string> frozen = isLocked || host.CliConfigFile is null ? ["-lockfile=readonly"] : [];
        await Filling.WaitAsync(cancellation);
        try
        {
            var run = await program.RunAsync(["init", "-input=false", "-no-color", .. frozen], cancellation);
            if (!run.Succeeded)
                return TerraformErrors.Describe(
                    "init", run, Secrets) + (isLocked || !TerraformErrors.IsAboutLockFile(run) ? "" : Unlocked);
            var settled = Path.Combine(folder.Path, "data", "terraform.tfstate");
            return StateRules.Refusal(File.Exists(settled) ? File.ReadAllBytes(settled) : null, settings.Workspace);
        }
        finally
        {
            Filling.Release();
        }
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
