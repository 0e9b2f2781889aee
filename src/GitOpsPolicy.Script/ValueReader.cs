using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary>
/// How hosts read what a script gave back. Members that may run a getter of the script's take the run, and throw what
/// <see cref="ScriptRun.Call"/> throws.
/// </summary>
public static class ValueReader
{
    /// <summary>True for an array of a script's or a sequence of a document.</summary>
    public static bool IsArray(Value value) => Objects.IsArray(value);

    /// <summary>The function; false for anything else.</summary>
    public static bool TryGetFunction(Value value, [NotNullWhen(true)] out ScriptFunction? function) =>
        (function = value.Reference as ScriptFunction) is not null;

    /// <summary>A function that gives an iterator when it is called, and does nothing else yet.</summary>
    public static bool IsGenerator(Value value) => value.Reference is ScriptFunction { IsGenerator: true };

    /// <summary>The object of the host's that the value is; false for anything else.</summary>
    public static bool TryGetHost<T>(Value value, [NotNullWhen(true)] out T? host)
        where T : HostObject => (host = value.Reference as T) is not null;

    /// <summary>The node that the value is a view of, or was read from, or was first built from.</summary>
    public static bool TryGetNode(Value value, [NotNullWhen(true)] out Node? node) => (node = value.Origin) is not null;

    /// <summary>
    /// The list or mapping of a document that the value is a view of; false for what was made of one, such as a filtered list.
    /// </summary>
    public static bool TryGetView(Value value, [NotNullWhen(true)] out Node? node) =>
        (node = value.Reference as Node) is not null;

    /// <summary>The number; false for anything else, a sensitive number included.</summary>
    public static bool TryGetNumber(Value value, out double number)
    {
        number = value.AsNumber;
        return value.Reference is null;
    }

    /// <summary>
    /// A sensitive text or number as a node that carries the mark, for comparing; false for anything else, and for what is not
    /// known.
    /// </summary>
    public static bool TryGetSensitive(Value value, [NotNullWhen(true)] out ScalarNode? node)
    {
        node = value.Reference switch
        {
            _ when !Conversion.IsSensitive(value) => null,
            GuardedText guarded => ScalarNode.String(guarded.Text, default, NodeFlags.Sensitive),
            Tag when value.IsNumber && double.IsFinite(value.Number) =>
                ScalarNode.Numeric(NumberText.Format(value.Number), default, NodeFlags.Sensitive),
            Tag when value.IsBoolean => ScalarNode.Boolean(value.IsTrue, default, NodeFlags.Sensitive),
            _ => null,
        };
        return node is not null;
    }

    /// <summary>True or false; false as the answer for anything that is neither.</summary>
    public static bool TryGetBoolean(Value value, out bool boolean)
    {
        boolean = value.IsTrue;
        return value.IsBoolean;
    }

    /// <summary>Reads a property; false when the value has none of that name, or holds undefined under it.</summary>
    public static bool TryGetProperty(ScriptRun run, Value value, string name, out Value property)
    {
        property = value.IsNullish ? Value.Undefined : Read(run, value, name);
        return !property.IsUndefined;
    }

    private static Value Read(ScriptRun run, Value value, string name) => run.Guarded(() => Objects.Get(run, value, name));

    /// <summary>The names of an object's own enumerable properties, in the language's order.</summary>
    public static IReadOnlyList<string> PropertyNames(ScriptRun run, Value value)
    {
        var names = new List<string>();
        foreach (var key in Objects.OwnKeys(run, value))
        {
            if (key.Text is { } name && Objects.TryGetOwn(value, key, out var property) && property.IsEnumerable) names.Add(name);
        }

        return names;
    }

    /// <summary>The elements of an array or sequence; nothing for any other value. Charges a step an element.</summary>
    public static IEnumerable<Value> Elements(ScriptRun run, Value value)
    {
        var count = Objects.IsArray(value) ? Objects.LengthOf(run, value) : 0;
        for (var i = 0; i < count; i++)
        {
            run.Charge(1);
            yield return Objects.GetIndex(run, value, i);
        }
    }

    /// <summary>
    /// The value as a message shows it: text as it is, secrets as <c>(sensitive #1f3a)</c>, unknowns as <c>(known after
    /// apply)</c>, objects of the host's by their text, other objects as short JSON. Never runs code of the script's for objects.
    /// </summary>
    public static string ToDisplayText(ScriptRun run, Value value, SensitiveKey key) => DisplayText.Of(run, value, key);
}
