using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Images;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>
/// An image, as rules see it. Every text in it points back to the value it was read from, and is guarded where that is.
/// </summary>
internal sealed class ImageValue(FoundImage image) : HostObject
{
    private static readonly string[] Names =
        [
            "raw", "registry", "repository", "path", "name", "tag", "digest", "implicitTag", "open", "valid", "problem",
            "lookAlike", "placeholder", "markers", "container", "role", "pointer", "known"
        ];

    /// <summary>The image.</summary>
    public FoundImage Image { get; } = image;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override Value? Text => Image.Node.IsUnknown ? Value.Of(Image.Node) : Guarded(Image.Raw);

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "container" => Image.Container is null ? Value.Null : Value.Of(Image.Container),
            "role" => Value.Of(RoleWord(Image.Role)),
            "pointer" => Value.Of(Image.Path),
            "known" => Value.Of(!Image.Node.IsUnknown),
            _ when Image.Node.IsUnknown => Array.IndexOf(Names, name) >= 0 ? Value.Of(Image.Node) : Value.Undefined,
            "raw" => Guarded(Image.Raw),
            "placeholder" => Value.Of(Image.Raw.Length == 0 || ImageTemplate.IsOne(Image.Raw)),
            "open" => Value.Of(Image.IsOpen),
            "markers" => ScriptValues.Array(ImageMarker.Of(Image).Select(Show)),
            "valid" => Value.Of(Image.Reference is not null && Image.Problem is null),
            "problem" => Guarded(Image.Problem),
            "toString" => NativeFunction.Create(name, (_, _, _) => Text!.Value),
            _ => Part(name),
        };
        return !value.IsUndefined;
    }

    // The parts of a malformed reference are null, so that a rule which forgets to ask `valid` does not take half of it for the
    // whole.
    private Value Part(string name)
    {
        var reference = Image.Reference;
        return name switch
        {
            "registry" => Guarded(reference?.Registry),
            "repository" => Guarded(reference?.Repository),
            "path" => Guarded(reference?.Path),
            "name" => Guarded(reference?.Name),
            "tag" => Guarded(Image.IsOpen ? reference?.Tag : reference?.PulledTag, Image.Tag),
            "digest" => Guarded(reference?.Digest, Image.Digest),
            "implicitTag" => Value.Of(reference is { Tag: null, Digest: null } && !Image.IsOpen, Image.Node),
            "lookAlike" =>
                reference is not null && LookAlikes.Find(reference.Registry) is { } found ? Guarded(found) : Value.Null,
            _ => Value.Undefined,
        };
    }

    private static Value Show(ImageMarker marker) => ScriptValues.Object(
        ("policy", Value.Of(marker.Policy)), ("part", ModuleArguments.OrNull(marker.Part)),
        ("problem", ModuleArguments.OrNull(marker.Problem)), ("where", Value.Of(marker.Node)));

    // The parts point to the values that name them, which may be others than the one that names the repository.
    private Value Guarded(string? text, Node? origin = null) => text switch
    {
        null => Value.Null,
        _ when Image.Node.IsSensitive || origin?.IsSensitive == true => Value.Of(GuardedText.Secret(text), origin ?? Image.Node),
        _ => Value.Of(text, origin ?? Image.Node),
    };

    private static string RoleWord(ImageRole role) => role switch
    {
        ImageRole.InitContainer => "initContainer",
        ImageRole.EphemeralContainer => "ephemeralContainer",
        ImageRole.Volume => "volume",
        ImageRole.Values => "values",
        ImageRole.Field => "field",
        _ => "container",
    };
}
