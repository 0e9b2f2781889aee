using System.Security.Cryptography;
using System.Text.Json;
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
/// The work folder of one pass: the commit's files, the program's data and the plan, for the engine's user alone. It is removed when
/// the pass ends, or at the next start. The plan as JSON is never written to it: it goes from the program straight to the reader.
/// </summary>
internal sealed class TerraformWork : IDisposable
{
    // Programs that fill one cache at a time spoil it (Terraform, CLI configuration, provider plugin cache).
    private static readonly SemaphoreSlim Filling = new(1, 1);

    private readonly PrivateFolder folder;
    private readonly TerraformInput input;
    private readonly TerraformSettings settings;
    private readonly TerraformProgram program;

    private TerraformWork(PrivateFolder folder, TerraformInput input, TerraformProgram program) =>
        (this.folder, this.input, this.program, settings) = (folder, input, program, input.Unit.Terraform!);

    private IEnumerable<string> Secrets => input.Secrets.Values;

    /// <summary>Puts the files there and initialises; a reason where that cannot be done.</summary>
    public static async Task<(TerraformWork? Work, string? Reason)> OpenAsync(TerraformHost host, TerraformInput input, CancellationToken cancellation)
    {
        var wanted = input.Unit.Terraform!;
        if (input.FolderName.Split('/').Contains("..")) return (null, "`spec.source.path` leads out of the repository");
        if (wanted.Program is not ("terraform" or "tofu")) return (null, "`spec.terraform.program` is neither `terraform` nor `tofu`");
        if (host.Executable is not { } executable && !Tool.TryFind(wanted.Program, out executable)) return (null, $"`{wanted.Program}` is not on the PATH");
        if (TerraformEnvironment.Refusal(input.Secrets.Keys) is { } refusal) return (null, refusal);
        if (wanted.VariableFiles.FirstOrDefault(file => input.Tree.Find(file) != PathKind.File) is { } missing) return (null, $"there is no file `{missing}` in the repository for `spec.terraform.variableFiles`");
        if (TerraformConfiguration.Open(input.Tree, input.FolderName) is null) return (null, $"there is no configuration of Terraform in `{input.FolderName}`");
        var place = PrivateFolder.Create(Path.GetFullPath(Path.Combine(host.CacheFolder, "private")));
        var work = new TerraformWork(place, input, ProgramFor(host, input, executable, place.Path));
        var reason = work.Fill(host) ?? await work.InitialiseAsync(cancellation);
        if (reason is null) return (work, null);
        work.Dispose();
        return (null, reason);
    }

    /// <summary>Makes a plan and reads it; the plan itself is null where nothing would be done or has drifted.</summary>
    /// <param name="name">What the plan is called.</param>
    /// <param name="more">More arguments, such as <c>-refresh-only</c>.</param>
    /// <param name="cancellation">Has it stop.</param>
    public async Task<(MadePlan? Plan, string? Reason)> PlanAsync(string name, IEnumerable<string> more, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Path, name);
        var variables = settings.VariableFiles.Select(variable => "-var-file=" + Path.Combine(folder.Path, "tree", variable));
        var run = await program.RunAsync(["plan", "-input=false", "-no-color", "-detailed-exitcode", LockTimeout, "-out=" + file, .. variables, .. more], cancellation);
        // 2 says that there is something to do; a plan of exit code 1 may lie there all the same and is worth nothing.
        if (run is not { Stopped: null, ExitCode: 0 or 2 }) return (null, TerraformErrors.Describe("plan", run, Secrets));
        var bytes = HashOf(file);
        ChangeSet? changes = null;
        var shown = await program.RunAsync(["show", "-json", "-no-color", file], output => changes = TerraformPlanInput.Read(Path.Combine(input.FolderName, name), output, cancellation), cancellation);
        if (!shown.Succeeded || changes is null) return (null, TerraformErrors.Describe("show", shown, Secrets));
        return changes.Problems is [var problem, ..] ? (null, $"the plan cannot be read: {problem.Message}") : (new(file, bytes, changes), null);
    }

    /// <summary>Applies that very plan; a reason where it failed.</summary>
    public async Task<(TerraformRun? Run, string? Reason)> ApplyAsync(MadePlan plan, CancellationToken cancellation)
    {
        if (HashOf(plan.File) != plan.Bytes) return (null, "the plan's file is not the one that was judged any more; nothing was applied");
        var run = await program.RunAsync(["apply", "-input=false", "-no-color", LockTimeout, plan.File], cancellation);
        return (run, run.Succeeded ? null : TerraformErrors.Describe("apply", run, [.. Secrets, .. plan.Changes.SensitiveTexts]));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private string LockTimeout => $"-lock-timeout={(long)settings.LockTimeout.TotalSeconds}s";

    private static TerraformProgram ProgramFor(TerraformHost host, TerraformInput input, string executable, string folder) => new(
        new(executable, TerraformEnvironment.Of(host, input, folder)), Path.Combine(folder, "tree", input.FolderName), input.Unit.Terraform!.Timeout, host.Grace);

    private string? Fill(TerraformHost host)
    {
        // An address of a socket has room for 107 characters (unix(7)), of which a provider's takes some 20.
        const int MaxTemporary = 86;
        if (TerraformEnvironment.Temporary(folder.Path).Length > MaxTemporary) return "the path of the cache folder is too long for the sockets of providers; choose a shorter one";
        var tree = Path.Combine(folder.Path, "tree");
        foreach (var wanted in (ReadOnlySpan<string>)[tree, TerraformEnvironment.Temporary(folder.Path), TerraformEnvironment.PluginCache(host)]) Directory.CreateDirectory(wanted);
        return input.Tree.WriteTo(tree);
    }

    private async Task<string?> InitialiseAsync(CancellationToken cancellation)
    {
        IEnumerable<string> frozen = input.Tree.Find(Path.Combine(input.FolderName, ".terraform.lock.hcl")) == PathKind.File ? ["-lockfile=readonly"] : [];
        await Filling.WaitAsync(cancellation);
        try
        {
            var run = await program.RunAsync(["init", "-input=false", "-no-color", .. frozen], cancellation);
            return run.Succeeded ? RefuseLostState() : TerraformErrors.Describe("init", run, Secrets);
        }
        finally
        {
            Filling.Release();
        }
    }

    // What `init` writes down of the backend; nothing for the default one, which keeps the state beside the configuration.
    private string? RefuseLostState()
    {
        const string Lost = "the state would lie in the work folder, which goes when the pass ends: configure a backend";
        var settled = Path.Combine(folder.Path, "data", "terraform.tfstate");
        if (!File.Exists(settled)) return Lost;
        using var text = JsonDocument.Parse(File.ReadAllBytes(settled));
        if (!text.RootElement.TryGetProperty("backend", out var backend) || backend.ValueKind != JsonValueKind.Object) return Lost;
        if (backend.GetProperty("type").GetString() != "local") return null;
        var path = backend.GetProperty("config").TryGetProperty("path", out var written) ? written.GetString() : null;
        return path is not null && Path.IsPathFullyQualified(path) ? null : Lost;
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
