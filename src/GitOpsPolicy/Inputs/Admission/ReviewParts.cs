using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Admission;

/// <summary>
/// A review taken apart. The objects in it are documents of their own, so that a value in one has the pointer that it has in a
/// manifest: what rules see of a value is the same on every surface.
/// </summary>
/// <param name="Envelope">The review without its request.</param>
/// <param name="Request">The request without its objects; null where there is none.</param>
/// <param name="Object">The object as it would be; null for none.</param>
/// <param name="OldObject">The object as it is; null for none.</param>
internal sealed record ReviewParts(MappingNode Envelope, MappingNode? Request, Node? Object, Node? OldObject)
{
    /// <summary>Takes a text apart.</summary>
    /// <exception cref="MalformedTextException">It is no JSON object, repeats a key, or is larger than allowed.</exception>
    public static ReviewParts Read(SourceFile file, ReadOnlyMemory<byte> utf8, ReaderLimits limits)
    {
        var reader = new JsonStreamReader(Utf8Check.Require(file, utf8, limits), file, limits, manyValues: false);
        var objects = new Dictionary<string, Node>(StringComparer.Ordinal);
        MappingNode? request = null;
        var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        if (!isObject) throw new MalformedTextException(new(file.At(reader.Position), "this is no object in JSON"));
        var envelope = Fields(reader, name =>
        {
            if (name != "request") return false;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) request = Rooted(Fields(reader, TakeObject), file);
            else reader.SkipValue();
            return true;
        });
        reader.Read(); // what follows the end is a mistake
        return new(Rooted(envelope, file), request, Given(objects, "object"), Given(objects, "oldObject"));

        bool TakeObject(string name)
        {
            if (name is not ("object" or "oldObject")) return false;
            objects.Add(name, Rooted(reader.ReadValue(), file));
            return true;
        }
    }

    /// <summary>The fields of the mapping that the reader stands at, but those that somebody else takes.</summary>
    private static MappingNode Fields(JsonStreamReader reader, Predicate<string> taken)
    {
        var start = reader.Position;
        var entries = new List<MappingEntry>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, place) = (reader.PropertyName!, reader.Position);
            if (!taken(name)) entries.Add(new(name, place, reader.ReadValue()));
        }

        return new([.. entries], start);
    }

    private static T Rooted<T>(T node, SourceFile file)
        where T : Node => (T)new Document(file, 0, node).Root;

    private static Node? Given(Dictionary<string, Node> objects, string name) =>
        objects.GetValueOrDefault(name) is { Kind: not NodeKind.Null } node ? node : null;
}
