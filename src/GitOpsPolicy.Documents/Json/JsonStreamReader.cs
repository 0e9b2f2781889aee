using System.Text.Json;

namespace GitOpsPolicy.Documents;

/// <summary>
/// Reads JSON of any length piece by piece: the caller walks the outer layers with <see cref="Read"/> and takes the values it
/// wants as trees with <see cref="ReadValue"/>. Only the value at hand is in memory. Keys must be distinct wherever they are
/// read, walked layers included; skipped values are checked for form only.
/// </summary>
/// <threadsafety>For one thread.</threadsafety>
public sealed partial class JsonStreamReader
{
    private readonly SourceFile file;
    private readonly ReaderLimits limits;
    private readonly NodeBuilder builder;
    private readonly Stack<Dictionary<string, SourcePosition>> walked = new();
    private ScalarNode? scalar;

    /// <summary>Reads from a stream, which stays open. One leading byte order mark is passed over.</summary>
    /// <param name="stream">The text in UTF-8.</param>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="limits">How much to take.</param>
    /// <exception cref="IOException">The stream cannot be read; also from every other member that reads.</exception>
    public JsonStreamReader(Stream stream, SourceFile file, ReaderLimits limits)
        : this(file, limits, manyValues: false)
    {
        this.stream = stream;
        buffer = new byte[FirstBuffer];
        Fill();
        if (window.Span.StartsWith(Utf8Check.ByteOrderMark)) window = window[Utf8Check.ByteOrderMark.Length..];
    }

    /// <summary>Reads a text that is in memory as a whole, is known to be UTF-8 and has no byte order mark.</summary>
    internal JsonStreamReader(ReadOnlyMemory<byte> utf8, SourceFile file, ReaderLimits limits, bool manyValues)
        : this(file, limits, manyValues)
    {
        window = utf8;
        isLast = true;
        isOneLine = TextCursor.IsOneAsciiLine(utf8.Span);
    }

    private JsonStreamReader(SourceFile file, ReaderLimits limits, bool manyValues)
    {
        (this.file, this.limits) = (file, limits);
        builder = new NodeBuilder(file, limits);
        state = new JsonReaderState(new() { MaxDepth = limits.MaxDepth, AllowMultipleValues = manyValues });
    }

    /// <summary>
    /// The kind of the token that <see cref="Read"/> came to; the end of the value after <see cref="ReadValue"/> or
    /// <see cref="SkipValue"/>.
    /// </summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>The key, decoded, while the token is a property name; else null.</summary>
    public string? PropertyName { get; private set; }

    /// <summary>Where the token starts.</summary>
    public SourcePosition Position { get; private set; }

    /// <summary>Sequences and mappings that the token stands in; for the start of one, itself not counted.</summary>
    public int Depth { get; private set; }

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="MalformedTextException">The text is no JSON, repeats a key, or is larger than the limits
    /// allow.</exception>
    public bool Read()
    {
        var reader = Resume();
        var found = Next(ref reader);
        (TokenType, PropertyName, scalar) = (found ? reader.TokenType : JsonTokenType.None, null, null);
        if (found) Note(ref reader);
        Suspend(ref reader);
        return found;
    }

    /// <summary>
    /// Takes the value at the token as a tree: the value itself, or the value of the property whose name the token is.
    /// </summary>
    /// <exception cref="MalformedTextException">As for <see cref="Read"/>; the value may also hold invalid
    /// characters.</exception>
    /// <exception cref="InvalidOperationException">The token starts no value.</exception>
    public Node ReadValue()
    {
        if (TokenType == JsonTokenType.PropertyName) Read();
        if (scalar is { } simple)
        {
            scalar = null;
            return simple;
        }

        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            throw new InvalidOperationException($"No value starts at {TokenType}.");
        walked.Pop();
        builder.Reset();
        builder.Open(KindOf(TokenType), Position);
        var reader = Resume();
        while (builder.Depth > 0)
        {
            Next(ref reader);
            Build(ref reader);
        }

        TokenType = reader.TokenType;
        Suspend(ref reader);
        return builder.Root!;
    }

    /// <summary>Passes over the value at the token, or over the value of the property whose name the token is.</summary>
    /// <exception cref="MalformedTextException">As for <see cref="Read"/>.</exception>
    public void SkipValue()
    {
        if (TokenType == JsonTokenType.PropertyName) Read();
        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        walked.Pop();
        var outer = Depth;
        var reader = Resume();
        do Next(ref reader);
        while (reader.CurrentDepth > outer);
        TokenType = reader.TokenType;
        Suspend(ref reader);
    }

    /// <summary>Keeps what the public members tell about a token of a walked layer.</summary>
    private void Note(ref Utf8JsonReader reader)
    {
        Position = cursor.Position;
        Depth = reader.CurrentDepth;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                walked.Push([]);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                walked.Pop();
                break;
            case JsonTokenType.PropertyName:
                PropertyName = NameAt(ref reader);
                RequireNew(PropertyName);
                break;
            default:
                scalar = ScalarAt(ref reader);
                break;
        }
    }

    private void RequireNew(string name)
    {
        var names = walked.Peek();
        if (names.TryGetValue(name, out var first)) throw NodeBuilder.Duplicate(file, name, Position, first);
        if (names.Count >= limits.MaxNodes)
            throw Refuse($"the mapping holds more than {limits.MaxNodes:N0} keys", "split the text");
        names.Add(name, Position);
    }

    private void Build(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                builder.Open(KindOf(reader.TokenType), cursor.Position);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.PropertyName:
                builder.Key(NameAt(ref reader), cursor.Position);
                break;
            default:
                builder.Add(ScalarAt(ref reader));
                break;
        }
    }

    private static NodeKind KindOf(JsonTokenType start) =>
        start == JsonTokenType.StartArray ? NodeKind.Sequence : NodeKind.Mapping;
}
