using System.Text;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>Writes values the way <c>tools/expectations.mjs</c> does under node.</summary>
internal static class Printed
{
    public static string Of(ScriptRun run, Value value, int depth = 0)
    {
        if (value.IsNumber) return value.Number == 0 && double.IsNegative(value.Number) ? "-0" : NumberText.Format(value.Number);
        if (value.TryGetText(out var text)) return Quoted(text);
        if (value.Reference is Symbol symbol) return symbol.ToString();
        if (value.Reference is ScriptError error) return Name(run, Value.Of(error));
        if (value.Reference is ScriptFunction) return $"function {Name(run, value)}".TrimEnd();
        if (!value.IsObject) return value.Reference!.ToString()!;
        if (depth > 5) return "...";
        return Objects.IsArray(value) ? Array(run, value, depth) : Object(run, value, depth);
    }

    private static string Name(ScriptRun run, Value value) => Objects.Get(run, value, "name").Reference as string ?? "";

    private static string Array(ScriptRun run, Value value, int depth)
    {
        var items = Enumerable.Range(0, Objects.LengthOf(run, value))
            .Select(i => Objects.HasIndex(run, value, i) ? Of(run, Objects.GetIndex(run, value, i), depth + 1) : "hole");
        return $"[{string.Join(", ", items)}]";
    }

    private static string Object(ScriptRun run, Value value, int depth)
    {
        var members = Objects.OwnKeys(run, value)
            .Where(key => !key.IsSymbol && Objects.TryGetOwn(value, key, out var property) && property.IsEnumerable)
            .Select(key => $"{key}: {Of(run, Objects.Get(run, value, key), depth + 1)}");
        return $"{{{string.Join(", ", members)}}}";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text) quoted.Append(c is >= ' ' and <= '~' and not '\\' ? c.ToString() : $"\\u{(int)c:x4}");
        return quoted.Append('\'').ToString();
    }
}
