using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Manifests;

/// <summary>One Kubernetes object as a file declares it.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Object">The whole object.</param>
/// <param name="File">The file that declares it; for a rendered object, the file that has it rendered.</param>
public sealed record Manifest(KubernetesId Id, Node Object, string File)
{
    /// <summary>Where the object starts.</summary>
    public SourceLocation Location => Object.Location;
}

/// <summary>Everything that was read from a set of paths.</summary>
public sealed record ManifestSet
{
    /// <summary>The Kubernetes objects, lists taken apart, in the order of paths, files and documents.</summary>
    public required ImmutableArray<Manifest> Objects { get; init; }

    /// <summary>Files of CI systems and other tools.</summary>
    internal ImmutableArray<ToolFile> Tools { get; init; } = [];

    /// <summary>Documents that are nothing of that: Helm values, kustomizations and the like.</summary>
    public ImmutableArray<Document> Others { get; init; } = [];

    /// <summary>What could not be read; the rest was.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>
    /// What looks like an object and is none. A host that deletes what it does not read has to stop here; to others these are
    /// notes.
    /// </summary>
    public ImmutableArray<Problem> Doubtful { get; init; } = [];

    /// <summary>Things worth telling that change no verdict, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Texts that must not be shown, for masking by value.</summary>
    public ImmutableHashSet<string> SensitiveTexts { get; init; } = [];

    /// <summary>Each object as a change that brings it about, since nothing is known of an earlier state.</summary>
    public ChangeSet ToChanges() => new()
    {
        Changes = [.. Objects.Select(CreateOf), .. Tools.Select(static file => file.CreatedBy(ChangeOrigin.Manifest))],
        Problems = Problems,
        Notes = Notes,
        SensitiveTexts = SensitiveTexts,
    };

    private static Change CreateOf(Manifest manifest) => new()
    {
        Resource = manifest.Id,
        Operation = Operation.Create,
        Origin = ChangeOrigin.Manifest,
        After = manifest.Object,
        Location = manifest.Location,
        File = manifest.File,
    };
}
