using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Secrets;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>A found secret, as rules see it: where it is and what it is, never what it says.</summary>
internal sealed class FoundSecretValue(FoundSecret secret) : HostObject
{
    private static readonly string[] Names = [
        "where", "kind", "detector", "confidence", "key", "encoded", "masked", "inData", "pointer"
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override Value? Text => Value.Of(secret.Title, secret.Node);

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "where" => Masked(secret.Node),
            "kind" => Value.Of(secret.Title, secret.Node),
            "detector" => Value.Of(secret.Detector, secret.Node),
            "confidence" => Value.Of(secret.Confidence.ToString().ToLowerInvariant()),
            "key" => ModuleArguments.OrNull(secret.Key, secret.Node),
            "encoded" => Value.Of(secret.IsEncoded),
            "masked" => Value.Of(secret.IsMasked),
            "inData" => Value.Of(secret.IsSecretData),
            "pointer" => Value.Of(secret.Node.Pointer),
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }

    /// <summary>The value, guarded even where no reader has marked it.</summary>
    internal static Value Masked(Node node) => node switch
    {
        ScalarNode { IsSensitive: false, IsUnknown: false, Kind: NodeKind.String } scalar =>
            Value.Of(GuardedText.Secret(scalar.Text), scalar),
        _ => Value.Of(node),
    };
}
