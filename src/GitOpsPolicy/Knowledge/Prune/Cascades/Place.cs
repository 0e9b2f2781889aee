using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Prune.Cascades;

/// <summary>A place that rows of <c>cascades.yaml</c> name: a JSON pointer into an object, or one of a few words.</summary>
internal sealed class Place
{
    private readonly string word;
    private readonly string[] steps;

    /// <summary>Reads a place.</summary>
    public Place(string written)
    {
        word = written.StartsWith('/') ? "" : written;
        steps = word.Length == 0 ? JsonPointer.Parse(written) : [];
        if (word is not ("" or "kind" or "namespace" or "name" or "owner" or "file"))
            throw new InvalidOperationException($"`{written}` is no place.");
    }

    /// <summary>The place is the file that declares the object.</summary>
    public bool IsFile => word == "file";

    /// <summary>The texts at the place, as they were before the change.</summary>
    public IEnumerable<string> TextsOf(Change change) => word switch
    {
        "" => At(change.Before, 0),
        "owner" => OwnersOf(change),
        "file" => FilesOf(change),
        _ => [Word(change.Resource)],
    };

    /// <summary>The kind of a resource as tables call it: <c>group/Kind</c>, or the Terraform type.</summary>
    public static string KindOf(ResourceId id) => id switch
    {
        KubernetesId kubernetes => GuardTable.NameOf(kubernetes.Group, kubernetes.Kind),
        TerraformId terraform => terraform.Type,
        _ => "",
    };

    private string Word(ResourceId id) => (word, id) switch
    {
        ("kind", _) => KindOf(id),
        ("name", KubernetesId kubernetes) => kubernetes.Name,
        ("namespace", KubernetesId kubernetes) => kubernetes.Namespace,
        _ => "",
    };

    private IEnumerable<string> At(Node? node, int step)
    {
        if (step == steps.Length)
            return node is ScalarNode { IsUnknown: false, Kind: not NodeKind.Null } scalar ? [scalar.Text] : [];
        return (node, steps[step]) switch
        {
            (SequenceNode list, "*") => list.Items.ToArray().SelectMany(item => At(item, step + 1)),
            (SequenceNode list, var index) =>
                int.TryParse(index, out var i) && i >= 0 && i < list.Count ? At(list[i], step + 1) : [],
            (MappingNode mapping, var key) => At(mapping[key], step + 1),
            _ => [],
        };
    }

    // An owner without a namespace owns in every namespace.
    private static IEnumerable<string> OwnersOf(Change change)
    {
        if (change.Resource is not KubernetesId id) yield break;
        foreach (var owner in change.Before.At("metadata", "ownerReferences").ItemsOf().ToArray())
        {
            if (owner.TextAt("apiVersion") is not { } version
                || owner.TextAt("kind") is not { } kind
                || owner.TextAt("name") is not { } name)
                continue;
            var slash = version.IndexOf('/', StringComparison.Ordinal);
            var of = GuardTable.NameOf(slash < 0 ? "" : version[..slash], kind);
            yield return $"{of} {id.Namespace}/{name}";
            if (id.Namespace.Length > 0) yield return $"{of} /{name}";
        }
    }

    // A check may be run above the repository, or compare two folders: what counts is where the path ends.
    private static List<string> FilesOf(Change change)
    {
        if (change.Resource is not KubernetesId) return [];
        if ((change.Operation == Operation.Delete ? change.Location.File : change.File) is not { Length: > 0 } path) return [];
        var below = new List<string> { path };
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            below.Add(path[(slash + 1)..]);
        return below;
    }
}
