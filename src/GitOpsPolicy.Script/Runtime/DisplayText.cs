using System.Text;
using System.Text.Json;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>Values as messages show them. See <see cref="ValueReader.ToDisplayText"/>.</summary>
internal sealed class DisplayText(ScriptRun run, SensitiveKey key)
{
    /// <summary>Longer JSON is cut: it is there to recognise a value by, not to copy it.</summary>
    private const int MaxJsonLength = 200;

    private const int MaxDepth = 8;

    private readonly StringBuilder json = new();

    public static string Of(ScriptRun run, in Value value, SensitiveKey key)
    {
        var display = new DisplayText(run, key);
        return display.Plain(value) ?? display.Json(value);
    }

    private string? Plain(in Value value) => value.Reference switch
    {
        string text => text,
        null => NumberText.Format(value.Number),
        GuardedText guarded => Mask(guarded),
        Tag tag when tag == Tag.SensitiveNumber => key.Mask(NumberText.Format(value.Number)),
        Tag tag when Conversion.IsSensitiveBoolean(value) => key.Mask(tag.ToString()),
        Tag tag => tag.ToString(),
        Symbol symbol => symbol.ToString(),
        HostObject { Text: { } text } => Plain(text),
        ScriptError error => ErrorText.Of(run, Value.Of(error)),
        ScriptFunction function => $"function {function.InitialName}".TrimEnd(),
        ScalarNode => Plain(Value.Of((Node)value.Reference)),
        _ => null,
    };

    private string Mask(GuardedText guarded) => MaskedText.Of(guarded, key.Mask);

    private string Json(in Value value)
    {
        Write(value, 0);
        return json.Length <= MaxJsonLength ? json.ToString() : json.ToString(0, MaxJsonLength - 1) + "…";
    }

    private void Write(in Value value, int depth)
    {
        run.Charge(1);
        if (json.Length > MaxJsonLength) return;
        if (depth > MaxDepth) json.Append('…');
        else if (Plain(value) is { } text) json.Append(value.IsText || value.Reference is HostObject ? Quote(text) : text);
        else if (Objects.IsArray(value)) WriteArray(value, depth);
        else WriteObject(value, depth);
    }

    private void WriteArray(in Value value, int depth)
    {
        json.Append('[');
        var count = Objects.LengthOf(run, value);
        for (var i = 0; i < count && json.Length <= MaxJsonLength; i++)
        {
            if (i > 0) json.Append(',');
            Write(Objects.GetIndex(run, value, i), depth + 1);
        }

        json.Append(']');
    }

    private void WriteObject(in Value value, int depth)
    {
        json.Append('{');
        var isFirst = true;
        foreach (var name in Objects.OwnKeys(run, value))
        {
            if (json.Length > MaxJsonLength) break;
            if (!Objects.TryGetOwn(value, name, out var property)
                || !property.IsEnumerable
                || property.IsAccessor
                || name.IsSymbol)
                continue;
            if (!isFirst) json.Append(',');
            isFirst = false;
            json.Append(Quote(name.Guard is { } guard ? Mask(guard) : name.Text!)).Append(':');
            Write(property.Value, depth + 1);
        }

        json.Append('}');
    }

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
