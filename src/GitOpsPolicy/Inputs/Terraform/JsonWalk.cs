using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Walks the layers of a plan that are not kept. A value of an unexpected kind is passed over and reads as absent.
/// </summary>
internal static class JsonWalk
{
    /// <summary>
    /// The keys of the object at the token, or under the name that the token is. Each value must be read or skipped in turn.
    /// </summary>
    public static IEnumerable<string> Properties(this JsonStreamReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName) reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.SkipValue();
            yield break;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) yield return reader.PropertyName!;
    }

    /// <summary>
    /// Steps to each item of the array at the token, or under the name that the token is. Each must be read or skipped.
    /// </summary>
    public static IEnumerable<int> Items(this JsonStreamReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName) reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.SkipValue();
            yield break;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++) yield return i;
    }

    /// <summary>The string or number under the name that the token is; null for any other value.</summary>
    public static string? Text(this JsonStreamReader reader) =>
        reader.ReadValue() is ScalarNode { Kind: NodeKind.String or NodeKind.Number } scalar ? scalar.Text : null;

    /// <summary>
    /// The string under the name that the token is, and where it starts; <paramref name="otherwise"/> for any other value.
    /// </summary>
    public static (string Text, SourcePosition Position) TextAndPosition(this JsonStreamReader reader, string otherwise)
    {
        var value = reader.ReadValue();
        return (value is ScalarNode { Kind: NodeKind.String } scalar ? scalar.Text : otherwise, value.Position);
    }

    /// <summary>The boolean under the name that the token is; null for any other value.</summary>
    public static bool? Flag(this JsonStreamReader reader) =>
        reader.ReadValue() is ScalarNode { Kind: NodeKind.Boolean } scalar ? scalar.IsTrue : null;
}
