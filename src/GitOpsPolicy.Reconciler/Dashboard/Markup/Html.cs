using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Dashboard.Markup;

/// <summary>
/// A piece of a page. It can only be made of text that stands in the source of this program and of values, which are encoded on
/// their way in: no name or message of somebody else becomes markup, whoever writes a page.
/// </summary>
internal readonly struct Html
{
    private readonly string? text;

    private Html(string text) => this.text = text;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>There is nothing in it.</summary>
    public bool IsNone => string.IsNullOrEmpty(text);

    /// <summary>Makes a piece: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(HtmlHandler piece) => new(piece.ToString());

    /// <summary>Text of several lines, each as it stands in a file.</summary>
    public static Html Lines(string text) =>
        Of($"{text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(static line => Of($"{line}\n"))}");

    /// <inheritdoc/>
    public override string ToString() => text ?? "";
}

/// <summary>Puts a piece together: what the program says stays as it is, values are encoded, pieces stay as they are.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + 16 * formattedCount);

    /// <summary>Adds what the program says.</summary>
    public void AppendLiteral(string literal) => text.Append(literal);

    /// <summary>
    /// Adds a value. What is not shown as itself, such as a character that turns the direction of text, is written out.
    /// </summary>
    public void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(SafeText.OneLine(value ?? "")));

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value:#,0}");

    /// <summary>Adds a piece.</summary>
    public void AppendFormatted(Html piece) => text.Append(piece.ToString());

    /// <summary>Adds pieces, one after the other.</summary>
    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) text.Append(piece.ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
