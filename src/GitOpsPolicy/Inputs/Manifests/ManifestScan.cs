using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Rendering;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>
/// Gathers files and then names their objects. Naming comes last, because only when every file is read is it known which
/// custom resources live outside namespaces.
/// </summary>
internal sealed class ManifestScan
{
    private const int MaxDuplicateNotes = 10;

    private readonly List<ManifestFile> files = [];
    private readonly List<Problem> problems = [];
    private readonly List<string> notes = [];

    /// <summary>Adds a file that was read.</summary>
    public void Add(ManifestFile file) => files.Add(file);

    /// <summary>Adds a problem that is no file's.</summary>
    public void Add(Problem problem) => problems.Add(problem);

    /// <summary>Adds something worth telling.</summary>
    public void Note(string note) => notes.Add(note);

    /// <summary>Takes note of the custom resource definitions among the objects.</summary>
    public void Teach(ScopeTable scopes)
    {
        foreach (var file in files)
            foreach (var item in file.Objects)
                if (item.Kind == "CustomResourceDefinition") scopes.Learn(item.Node);
    }

    /// <summary>Names the objects.</summary>
    public ManifestSet Build(ScopeTable scopes)
    {
        var objects = ImmutableArray.CreateBuilder<Manifest>();
        foreach (var item in files.SelectMany(file => file.Objects))
        {
            objects.Add(new(Identify(item, scopes), item.Node, item.File));
        }

        TellDuplicates(objects);
        TellSkipped();
        return new()
        {
            Objects = objects.ToImmutable(),
            Tools = [.. files.Select(file => file.Tool).OfType<ToolFile>()],
            Others = [.. files.SelectMany(file => file.Others)],
            Problems = [.. problems, .. files.SelectMany(file => file.Problems)],
            Doubtful = [.. files.SelectMany(file => file.Doubtful)],
            Notes = [.. notes, .. files.SelectMany(file => file.Notes)],
            SensitiveTexts = files.Aggregate(ImmutableHashSet<string>.Empty, (texts, file) => texts.Union(file.Secrets.Texts)),
        };
    }

    private static KubernetesId Identify(RawObject item, ScopeTable scopes)
    {
        var slash = item.ApiVersion.IndexOf('/');
        var group = slash < 0 ? "" : item.ApiVersion[..slash];
        var version = slash < 0 ? item.ApiVersion : item.ApiVersion[(slash + 1)..];
        var name = item.Node.Text("metadata", "name") ?? item.Node.Text("metadata", "generateName") + "*";
        var place = item.Node.Text("metadata", "namespace") ?? "";
        return new(group, version, item.Kind, scopes.IsClusterScoped(group, item.Kind) ? "" : place, name);
    }

    private void TellDuplicates(IEnumerable<Manifest> objects)
    {
        var seen = new Dictionary<KubernetesId, Manifest>();
        var told = 0;
        foreach (var manifest in objects)
        {
            if (manifest.Id.Name.EndsWith('*') || seen.TryAdd(manifest.Id, manifest)) continue;
            if (++told <= MaxDuplicateNotes)
                notes.Add($"{manifest.Location}: {manifest.Id} is declared in {seen[manifest.Id].Location} already");
        }

        if (told > MaxDuplicateNotes) notes.Add($"{told - MaxDuplicateNotes} more objects are declared more than once");
    }

    private void TellSkipped()
    {
        var others = files.Where(file => file.Tool is null).SelectMany(file => file.Others).Count();
        if (others > 0)
            notes.Add(others == 1
                ? "passed over 1 document that is no Kubernetes object"
                : $"passed over {others} documents that are no Kubernetes objects");
        TellKustomizations();
        var templates = files.Count(file => file.IsTemplate);
        if (templates > 0)
            notes.Add($"passed over {templates} Helm template(s): give the chart's folder as a path, or pipe in what `helm template` writes");
    }

    // What only the build shows, such as an object dropped from `resources`, is not seen in the files.
    private void TellKustomizations()
    {
        var found = files.SelectMany(file => file.Others).Count(RenderTarget.IsKustomization);
        if (found > 0)
            notes.Add($"{found} kustomization{(found == 1 ? " is" : "s are")} not built here, so what only the build shows is not judged: give each folder that is deployed as a path");
    }
}
