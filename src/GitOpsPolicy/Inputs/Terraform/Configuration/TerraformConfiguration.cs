using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>
/// What the files of a configuration say of <c>prevent_destroy</c>, which no plan tells: Terraform reads it where the block
/// stands, so it is gone together with the block. Modules of the same repository are followed; those from elsewhere are not.
/// </summary>
public sealed class TerraformConfiguration
{
    private const int MaxFolders = 500;

    private readonly FileTree tree;
    private readonly string root;
    private readonly Dictionary<string, ModuleFolder?> folders = new(StringComparer.Ordinal);
    private readonly SortedSet<string> notUnderstood = new(StringComparer.Ordinal);

    private TerraformConfiguration(FileTree tree, string root) => (this.tree, this.root) = (tree, root);

    /// <summary>What of it is not understood, so that a `prevent_destroy` there would go unseen; one sentence each.</summary>
    public IEnumerable<string> NotUnderstood => notUnderstood;

    /// <summary>
    /// Where the files say that the state is kept: types of backends such as <c>s3</c>, and <c>cloud</c> for a block of that
    /// name.
    /// </summary>
    public IEnumerable<string> Backends => FolderAt(root)?.Backends ?? [];

    /// <summary>Opens the configuration of a folder; null where the folder holds none.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="folder">The folder in which Terraform was run.</param>
    public static TerraformConfiguration? Open(FileTree tree, string folder)
    {
        var configuration = new TerraformConfiguration(tree, Plain(folder));
        return configuration.FolderAt(configuration.root) is null ? null : configuration;
    }

    /// <summary>Tells each change of a plan what the configuration said before and says now.</summary>
    /// <param name="plan">The changes of a plan.</param>
    /// <param name="before">The configuration before; null where that is not known.</param>
    /// <param name="after">The configuration that the plan was made of; null where that is not known.</param>
    public static ChangeSet Attach(ChangeSet plan, TerraformConfiguration? before, TerraformConfiguration? after)
    {
        ImmutableArray<Change> changes = [.. plan.Changes.Select(change => Attach(change, before, after))];
        var notes = (after?.NotUnderstood ?? []).Concat(before?.NotUnderstood ?? []).Distinct(StringComparer.Ordinal)
            .Select(what => $"`prevent_destroy` may be missed: {what}");
        return plan with { Changes = changes, Notes = [.. plan.Notes, .. notes] };
    }

    private static Change Attach(Change change, TerraformConfiguration? before, TerraformConfiguration? after)
    {
        if (change is not { Resource: TerraformId { IsData: false, Deposed: null } id, Origin: ChangeOrigin.Plan,
            Before: not null })
            return change;
        var (was, _) = before?.PreventDestroy((change.Previous as TerraformId) ?? id) ?? (null, false);
        var (stays, isKnown) = after?.PreventDestroy(id) ?? (null, false);
        var isGoing = change.Operation is Operation.Delete or Operation.Replace or Operation.Forget;
        return change with { PreventDestroyBefore = isKnown || isGoing ? was : null, PreventDestroyAfter = stays };
    }

    // The value that keeps it, and whether the files could be followed to the resource.
    private (Node? Value, bool IsKnown) PreventDestroy(TerraformId id)
    {
        var folder = root;
        foreach (var module in ModulesOf(id.Module))
        {
            if (FolderAt(folder)?.SourceOf(module) is not { } source) return (null, false);
            if (Resolve(folder, source) is not { } next)
            {
                notUnderstood.Add($"`module.{module}` comes from elsewhere (`{Shown.Text(source)}`), and its files are not read");
                return (null, false);
            }

            folder = next;
        }

        return FolderAt(folder) is { } found ? (found.PreventDestroy($"{id.Type}.{id.Name}"), true) : (null, false);
    }

    private ModuleFolder? FolderAt(string folder)
    {
        if (folders.TryGetValue(folder, out var known)) return known;
        if (folders.Count >= MaxFolders)
        {
            notUnderstood.Add($"there are more than {MaxFolders} folders of modules, and the rest is not read");
            return null;
        }

        var read = folders[folder] = ModuleFolder.Read(tree, folder);
        foreach (var what in read?.NotUnderstood ?? []) notUnderstood.Add(what);
        return read;
    }

    // module.a["x"].module.b[0] -> a, b. Keys may hold dots and brackets within quotes.
    private static IEnumerable<string> ModulesOf(string address)
    {
        var (start, inKey) = (0, false);
        for (var i = 0; i <= address.Length; i++)
        {
            if (inKey && i < address.Length && address[i] == '\\') i++;
            else if (i < address.Length && address[i] == '"') inKey = !inKey;
            if (inKey || (i < address.Length && address[i] != '.')) continue;
            var step = address[start..i];
            start = i + 1;
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            if (step is not ("module" or "")) yield return bracket < 0 ? step : step[..bracket];
        }
    }

    // Only what starts with ./ or ../ is a folder (language/modules/sources). A pull request does not decide which files outside
    // of its repository are read.
    private string? Resolve(string folder, string source)
    {
        if (!source.StartsWith("./", StringComparison.Ordinal) && !source.StartsWith("../", StringComparison.Ordinal))
            return null;
        var steps = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        var isRooted = folder.StartsWith('/');
        foreach (var step in source.Split('/'))
        {
            if (step is "" or ".") continue;
            if (step != "..") steps.Add(step);
            else if (steps.Count > 0 && steps[^1] != "..") steps.RemoveAt(steps.Count - 1);
            else steps.Add(step);
        }

        var resolved = (isRooted ? "/" : "") + string.Join('/', steps);
        return StaysInRepository(steps.TakeWhile(step => step == "..").Count()) && !isRooted ? resolved : null;
    }

    // A Git revision has nothing outside of its repository. On disk the folder that holds .git is as far up as one may go.
    private bool StaysInRepository(int up)
    {
        if (up == 0 || tree.Revision is not null) return true;
        var level = 0;
        for (var path = ""; level <= up; path += "../", level++)
            if (tree.Find(path + ".git") != PathKind.Missing) return level >= up;
        return false;
    }

    private static string Plain(string folder) =>
        folder is "." or "./" ? ""
            : folder.StartsWith("./", StringComparison.Ordinal) ? folder[2..].TrimEnd('/')
            : folder.TrimEnd('/');
}
