using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsPolicy.Documents;

/// <summary>The events of a YAML text, from the YAML parser we use; whatever it throws becomes a mistake at a place.</summary>
internal sealed class YamlEvents
{
    private readonly SourceFile file;
    private readonly ReadOnlyMemory<byte> text;
    private readonly Scanner scanner;
    private readonly Parser parser;

    /// <summary>The events of a text that is known to be UTF-8.</summary>
    public YamlEvents(SourceFile file, ReadOnlyMemory<byte> text)
    {
        (this.file, this.text) = (file, text);
        scanner = new Scanner(new Utf8TextReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    /// <summary>The next event; null after the last one.</summary>
    /// <exception cref="MalformedTextException">The text is no YAML.</exception>
    public ParsingEvent? Next()
    {
        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        catch (YamlException e)
        {
            throw YamlMistakes.Describe(file, text, e);
        }
        catch (InvalidOperationException)
        {
            // A plain scalar inside brackets that is indented less than the block around them.
            throw Refuse(
                "a line inside `[` or `{` is not indented, or the bracket is not closed above it",
                "close the bracket, or indent the line more than the key that it belongs to");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Refuse("an escape that is half of a surrogate pair", "write `\\UXXXXXXXX` for characters behind U+FFFF");
        }
    }

    /// <summary>A mistake for which the scanner has no exception of its own; it stopped near the place.</summary>
    private MalformedTextException Refuse(string message, string hint)
    {
        var at = scanner.CurrentPosition;
        return YamlMistakes.At(file, text, new((int)at.Line, (int)at.Column), message, hint);
    }
}
