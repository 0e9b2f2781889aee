namespace GitOpsPolicy.Documents;

/// <summary>
/// Reads a JSON text as one document. Keys must be distinct, numbers keep every digit, text must be valid Unicode.
/// </summary>
public static class JsonReader
{
    /// <summary>Reads the text.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="utf8">The text. One leading byte order mark is passed over.</param>
    /// <param name="limits">How much to take.</param>
    /// <returns>The document, or the first thing that is wrong with the text.</returns>
    public static Loaded<Document> Read(SourceFile file, ReadOnlyMemory<byte> utf8, ReaderLimits limits)
    {
        try
        {
            var reader = new JsonStreamReader(Utf8Check.Require(file, utf8, limits), file, limits, manyValues: false);
            reader.Read();
            var root = reader.ReadValue();
            reader.Read();
            return new(new Document(file, 0, root));
        }
        catch (MalformedTextException e)
        {
            return new([e.Problem]);
        }
    }
}
