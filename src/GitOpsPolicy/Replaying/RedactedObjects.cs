using System.Collections.Immutable;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Replaying;

/// <summary>Writes objects of a review, with stand-ins for what is secret in them.</summary>
internal sealed class RedactedObjects(Utf8JsonWriter json, SecretCopies copies, StandIns standIns)
{
    private readonly ImmutableArray<string>.Builder pointers = ImmutableArray.CreateBuilder<string>();
    private string place = "";
    private Node? secretData;

    /// <summary>Where stand-ins were written.</summary>
    public ImmutableArray<string> Pointers => pointers.ToImmutable();

    /// <summary>Writes an object under its name in the request; null where there is none.</summary>
    public void Write(string name, Node? root)
    {
        json.WritePropertyName(name);
        (place, secretData) = ("/" + name, root.TextAt("kind") == "Secret" ? root.At("data") : null);
        if (root is null) json.WriteNullValue();
        else Write(root, null, isName: false);
    }

    private void Write(Node node, string? key, bool isName)
    {
        switch (node)
        {
            case MappingNode mapping:
                WriteMapping(mapping);
                break;
            case SequenceNode sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items) Write(item, key, isName: false);
                json.WriteEndArray();
                break;
            case ScalarNode scalar:
                WriteScalar(scalar, key, isName);
                break;
            default:
                throw new ArgumentException($"No JSON for {node.Kind}.", nameof(node));
        }
    }

    private void WriteMapping(MappingNode mapping)
    {
        // Environment variables and Helm parameters: the name is the value beside `value`.
        var beside = mapping["value"] is ScalarNode ? mapping.TextAt("name") ?? mapping.TextAt("key") : null;
        json.WriteStartObject();
        foreach (ref readonly var entry in mapping.Entries)
        {
            json.WritePropertyName(copies.OutOf(entry.Key));
            Write(entry.Value, beside is not null && entry.Key == "value" ? beside : entry.Key, IsName(mapping, entry.Key));
        }

        json.WriteEndObject();
    }

    // By what an object is called rules find it.
    private static bool IsName(MappingNode mapping, string key) =>
        (mapping.Parent is null && key is "apiVersion" or "kind")
            || (key is "name" or "namespace" or "generateName" or "uid"
                && mapping.Parent is { Parent: null } root
                && ReferenceEquals(root.At("metadata"), mapping));

    private void WriteScalar(ScalarNode scalar, string? key, bool isName)
    {
        var isText = scalar.Kind is NodeKind.String || (scalar.IsSensitive && scalar.Kind == NodeKind.Number);
        if (!isText)
        {
            json.WriteRawValue(scalar.Text, skipInputValidation: true);
            return;
        }

        var shown = !scalar.IsSensitive ? isName ? copies.OutOfName(scalar.Text) : copies.OutOf(scalar.Text)
            : key is "args" or "command" ? ForArgument(scalar)
            : standIns.For(scalar.Text, key, isEncoded: ReferenceEquals(scalar.Parent, secretData));
        if (!ReferenceEquals(shown, scalar.Text)) pointers.Add(copies.OutOf(place + scalar.Pointer));
        json.WriteStringValue(shown);
    }

    // `--password=x` is judged by the name in it.
    private string ForArgument(ScalarNode argument)
    {
        var (name, value) = CommandLine.Option(argument.Text, null);
        return name is null || value is null || value.Length == 0 || TokenScanner.Find(argument.Text) is not null
            ? standIns.For(argument.Text)
            : string.Concat(argument.Text.AsSpan(0, argument.Text.IndexOf('=') + 1), standIns.For(value, name));
    }
}
