using System.Text;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// <c>JSON.stringify</c>. Guarded text stays guarded where it stands; an unknown value makes the whole unknown. A graph in which
/// one object is reached by many ways is written out in full, and paid for, as the standard has it; a cycle is a TypeError.
/// </summary>
internal sealed class JsonWriting
{
    private readonly ScriptRun run;
    private readonly Value replacer;
    private readonly List<Value>? allowed;
    private readonly string gap;
    private readonly GuardedBuilder json;
    private readonly List<object> open = [];
    private string indent = "";

    public JsonWriting(ScriptRun run, in Value replacer, string gap)
    {
        (this.run, this.gap, json) = (run, gap, new GuardedBuilder(run));
        if (replacer.IsFunction) this.replacer = replacer;
        else this.replacer = Value.Undefined;
        if (Objects.IsArray(replacer)) allowed = AllowedKeys(replacer);
    }

    /// <summary>The value as JSON; undefined for what JSON has no form for.</summary>
    public Value Write(in Value value)
    {
        json.From(value.Origin);
        var holder = Value.Undefined;
        if (replacer.IsFunction)
        {
            var record = new ScriptRecord();
            record.Define("", value);
            holder = Value.Of(record);
        }

        return TryWrite(holder, "", value) ? json.ToValue() : Value.Undefined;
    }

    private List<Value> AllowedKeys(in Value list)
    {
        var keys = new List<Value>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = Objects.LengthOf(run, list);
        for (var i = 0; i < count; i++)
        {
            run.Charge(1);
            var item = Objects.GetIndex(run, list, i);
            if (ScriptPrimitive.Unwrap(item) is not ({ IsText: true } or { IsNumber: true })) continue;
            var text = Conversion.ToText(run, item);
            if (seen.Add(text.Clear)) keys.Add(text.ToValue());
        }

        return keys;
    }

    /// <summary>SerializeJSONProperty; false when there is nothing to write.</summary>
    private bool TryWrite(in Value holder, PropertyKey key, Value value, string? before = null)
    {
        run.Charge(1);
        if (value.Reference is ScriptObject && Objects.Get(run, value, "toJSON") is { IsFunction: true } toJson)
            value = run.Call(toJson, value, key.ToValue());
        if (replacer.IsFunction) value = run.Call(replacer, holder, key.ToValue(), value);
        value = Unwrapped(value);
        if (value.IsUndefined || value.IsFunction || value.Reference is Symbol) return false;
        if (before is not null) WriteKey(before, key);
        if (value.IsObject) WriteObject(value);
        else WritePrimitive(value);
        return true;
    }

    private Value Unwrapped(in Value value) => value.Reference is not ScriptPrimitive { Value: var inner } ? value : inner switch
    {
        { IsText: true } => Conversion.ToText(run, value).ToValue(),
        { IsNumber: true } => Conversion.ToNumeric(run, value),
        { IsBoolean: true } => inner,
        _ => value,
    };

    private void WriteKey(string before, PropertyKey key)
    {
        json.Append(before);
        json.Append(Quote(key.Guard is { } guard ? new Text(guard.Text, guard, null) : new Text(key.Text!, null, null)));
        json.Append(gap.Length > 0 ? ": " : ":");
    }

    private void WritePrimitive(in Value value)
    {
        if (value.IsUnknown) json.Append(value);
        else if (value.IsText) json.Append(Quote(Conversion.ToText(run, value)));
        else if (value.IsNumber && !double.IsFinite(value.Number)) json.Append("null");
        else json.Append(Conversion.ToText(run, value));
    }

    private Text Quote(in Text text)
    {
        run.ChargeText(text.Length);
        var quoted = Quote(text.Clear);
        return text.Guard is null ? new Text(quoted, null, text.Origin) : Text.OfSecret(quoted, text.Origin);
    }

    /// <summary>QuoteJSONString: lone surrogates are escaped.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var escape = c switch
            {
                '"' => '"',
                '\\' => '\\',
                '\b' => 'b',
                '\f' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                _ => '\0',
            };
            if (escape != '\0') quoted.Append('\\').Append(escape);
            else if (c < ' ' || (char.IsSurrogate(c) && !IsPaired(text, i))) quoted.Append("\\u").Append(((int)c).ToString("x4"));
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private void WriteObject(in Value value)
    {
        if (open.Contains(value.Reference!)) throw run.TypeError("cannot write a circular structure as JSON");
        run.Charge(open.Count >> 4);
        using var level = run.Nest();
        open.Add(value.Reference!);
        var outer = indent;
        indent += gap;
        if (Objects.IsArray(value)) WriteElements(value, outer);
        else WriteMembers(value, outer);
        indent = outer;
        open.RemoveAt(open.Count - 1);
    }

    private string Break(string margin) => gap.Length > 0 ? "\n" + margin : "";

    private void WriteElements(in Value value, string outer)
    {
        var count = Objects.LengthOf(run, value);
        json.Append("[");
        for (var i = 0; i < count; i++)
        {
            if (i > 0) json.Append(",");
            if (gap.Length > 0) json.Append(Break(indent));
            if (!TryWrite(value, PropertyKey.OfIndex(i), Objects.GetIndex(run, value, i))) json.Append("null");
        }

        if (count > 0 && gap.Length > 0) json.Append(Break(outer));
        json.Append("]");
    }

    private void WriteMembers(in Value value, string outer)
    {
        json.Append("{");
        var written = 0;
        foreach (var key in Names(value))
        {
            var before = (written > 0 ? "," : "") + Break(indent);
            if (TryWrite(value, key, allowed is null ? Objects.Get(run, value, key) : Objects.Pick(run, value, key), before))
                written++;
        }

        if (written > 0 && gap.Length > 0) json.Append(Break(outer));
        json.Append("}");
    }

    private List<PropertyKey> Names(in Value value)
    {
        if (allowed is not null) return allowed.ConvertAll(name => Conversion.ToKey(run, name));
        var owner = value;
        var names = Objects.OwnKeys(run, value);
        names.RemoveAll(key => key.IsSymbol || !Objects.TryGetOwn(owner, key, out var property) || !property.IsEnumerable);
        return names;
    }
}
