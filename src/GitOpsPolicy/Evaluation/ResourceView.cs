using GitOpsPolicy.Changes;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>The identity of a resource, as rules see it.</summary>
/// <param name="id">The identity.</param>
internal sealed class ResourceView(ResourceId id) : HostObject
{
    private static readonly string[] KubernetesNames = [
        "platform", "group", "version", "apiVersion", "kind", "namespace", "name"
    ];
    private static readonly string[] FileNames = ["platform", "kind", "path"];
    private static readonly string[] TerraformNames = [
        "platform", "address", "type", "name", "provider", "module", "index", "deposed", "isData"
    ];

    /// <summary>The identity.</summary>
    public ResourceId Id { get; } = id;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Id switch
    {
        KubernetesId => KubernetesNames,
        FileId => FileNames,
        _ => TerraformNames,
    };

    /// <inheritdoc/>
    public override Value? Text => Value.Of(Id.ToString());

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = Id switch
        {
            _ when name == "toString" => NativeFunction.Create(name, (_, _, _) => Value.Of(Id.ToString())),
            KubernetesId id => Member(id, name),
            TerraformId id => Member(id, name),
            FileId id => Member(id, name),
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }

    private static Value Member(KubernetesId id, string name) => name switch
    {
        "platform" => Value.Of("kubernetes"),
        "group" => Value.Of(id.Group),
        "version" => Value.Of(id.Version),
        "apiVersion" => Value.Of(id.ApiVersion),
        "kind" => Value.Of(id.Kind),
        "namespace" => Value.Of(id.Namespace),
        "name" => Value.Of(id.Name),
        _ => Value.Undefined,
    };

    private static Value Member(FileId id, string name) => name switch
    {
        "platform" => Value.Of("file"),
        "kind" => Value.Of(id.Kind),
        "path" => Value.Of(id.Path),
        _ => Value.Undefined,
    };

    private static Value Member(TerraformId id, string name) => name switch
    {
        "platform" => Value.Of("terraform"),
        "address" => Value.Of(id.Address),
        "type" => Value.Of(id.Type),
        "name" => Value.Of(id.Name),
        "provider" => Value.Of(id.Provider),
        "module" => Value.Of(id.Module),
        "index" => id.Index is null ? Value.Null : Value.Of(id.Index),
        "deposed" => id.Deposed is null ? Value.Null : Value.Of(id.Deposed),
        "isData" => Value.Of(id.IsData),
        _ => Value.Undefined,
    };
}
