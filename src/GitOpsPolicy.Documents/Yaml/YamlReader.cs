using System.Collections.Immutable;
using System.Text.Json;

namespace GitOpsPolicy.Documents;

/// <summary>The documents of one YAML text, in order. Documents without content are left out.</summary>
/// <param name="documents">The documents; none when the text has no content.</param>
public sealed class DocumentStream(ImmutableArray<Document> documents)
{
    /// <summary>The documents; their <see cref="Document.Index"/> counts the ones without content too.</summary>
    public ImmutableArray<Document> Documents { get; } = documents;
}

/// <summary>
/// Reads YAML the way <c>kubectl</c> and the Kubernetes libraries do (YAML 1.1 as go-yaml v2 reads it), so that what is judged
/// is what a cluster gets: <c>on</c> is true, <c>0777</c> is 511, <c>1_000</c> is a number, <c>&lt;&lt;</c> merges. Where those
/// accept a text that people or other tools would read differently, such as a repeated key, it is refused with the reason.
/// Aliases are written out: every place they stand at has nodes of its own.
/// </summary>
public static class YamlReader
{
    /// <summary>Reads all documents of a text.</summary>
    /// <param name="file">What the text is called in messages.</param>
    /// <param name="utf8">The text. One leading byte order mark is passed over.</param>
    /// <param name="limits">How much to take.</param>
    /// <param name="dialect">Whose reading of scalars and tags counts.</param>
    /// <returns>The documents, or the first thing that is wrong with the text.</returns>
    public static Loaded<DocumentStream> Read(
        SourceFile file, ReadOnlyMemory<byte> utf8, ReaderLimits limits, YamlDialect dialect = YamlDialect.Kubernetes)
    {
        try
        {
            var text = Utf8Check.Require(file, utf8, limits);
            if (IsJson(text.Span) && TryReadJson(file, text, limits, out var values)) return new(new DocumentStream(values));
            YamlText.RequireReadable(file, text.Span);
            return new(new DocumentStream(new YamlLoader(file, text, limits, dialect).Load()));
        }
        catch (MalformedTextException e)
        {
            return new([e.Problem]);
        }
    }

    // Kubernetes decides by the same character whether a text is JSON.
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var content = text.TrimStart(" \t\r\n"u8);
        return !content.IsEmpty && content[0] == (byte)'{';
    }

    /// <summary>
    /// Reads one JSON value after another, as Kubernetes does with a text that starts like JSON; false when it is YAML after all.
    /// </summary>
    /// <exception cref="MalformedTextException">It is JSON, but repeats a key, has a number that is too large, or the
    /// like.</exception>
    private static bool TryReadJson(
        SourceFile file, ReadOnlyMemory<byte> text, ReaderLimits limits, out ImmutableArray<Document> documents)
    {
        var found = ImmutableArray.CreateBuilder<Document>();
        try
        {
            var reader = new JsonStreamReader(text, file, limits, manyValues: true);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject || found.Count == limits.MaxDocuments)
                {
                    documents = [];
                    return false;
                }

                found.Add(new(file, found.Count, reader.ReadValue()));
            }
        }
        catch (MalformedTextException e) when (e.IsSyntax)
        {
            documents = [];
            return false;
        }

        documents = found.DrainToImmutable();
        return true;
    }
}
