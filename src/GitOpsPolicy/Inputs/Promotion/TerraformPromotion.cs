using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Terraform.Configuration;
using GitOpsPolicy.Policies.Configuration;

namespace GitOpsPolicy.Inputs.Promotion;

/// <summary>
/// Versions of modules and providers that files of Terraform bring to environments which come after another. Nobody but promotion
/// rules asks for them, so that they are read where such environments are configured, and nowhere else.
/// </summary>
/// <param name="config">The configuration with the environments.</param>
/// <param name="before">The files of the base; null where there is none, and nothing is brought.</param>
internal sealed class TerraformPromotion(PolicyConfig config, FileTree? before)
{
    /// <summary>The changes: one for each file of such an environment that names other versions than it did.</summary>
    /// <param name="head">The files of the head.</param>
    public IEnumerable<Change> Read(FileTree head)
    {
        if (before is null) yield break;
        foreach (var environment in config.Environments.Where(static environment => environment.After is not null))
            foreach (var path in PathsOf(environment, head))
            {
                if (VersionsIn(head, path) is not { } now) continue;
                var was = VersionsIn(before, path);
                if (was is not null && NodeEquality.AreEqual(was, now)) continue;
                yield return new()
                {
                    Resource = new FileId(TerraformVersions.Kind, path),
                    Operation = was is null ? Operation.Create : Operation.Update,
                    Origin = ChangeOrigin.Diff,
                    Before = was,
                    After = now,
                    Location = now.Location,
                    File = path,
                };
            }
    }

    private IEnumerable<string> PathsOf(PolicyEnvironment environment, FileTree head) =>
        environment.Globs.Select(glob => config.FromWorkingFolder(glob.Folder)).Distinct(StringComparer.Ordinal)
            .SelectMany(folder => head.Enumerate(folder))
                .Where(static file => file.Refusal is null && TerraformVersions.MayBeAt(file.Path))
            .Select(static file => file.Path)
                .Distinct(StringComparer.Ordinal)
                .Where(path => config.EnvironmentOf(path) == environment.Name);

    private static MappingNode? VersionsIn(FileTree tree, string path) =>
        tree.TryRead(path, out var bytes, out _)
            ? TerraformVersions.Read(new TextFile(path, bytes) { Revision = tree.Revision })
            : null;
}
