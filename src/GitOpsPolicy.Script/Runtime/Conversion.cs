using System.Runtime.CompilerServices;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// The language's conversions (ECMAScript, section 7.1). Given an unknown value each of them ends the run as undetermined:
/// operators that carry unknowns along look for them first.
/// </summary>
internal static class Conversion
{
    /// <summary>Whether a value that is known counts as true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTruthy(in Value value)
    {
        if (ReferenceEquals(value.Reference, Tag.True)) return true;
        return !ReferenceEquals(value.Reference, Tag.False)
            && !ReferenceEquals(value.Reference, Tag.Undefined)
            && IsTruthySlow(value);
    }

    private static bool IsTruthySlow(in Value value) => value.Reference switch
    {
        null => value.Number is < 0 or > 0,
        string text => text.Length > 0,
        GuardedText guarded => guarded.Text.Length > 0,
        Tag tag => tag == Tag.SensitiveNumber && value.Number is < 0 or > 0,
        _ => true,
    };

    /// <summary>
    /// ToNumber. Sensitivity is lost here: use <see cref="ToNumeric"/> where the result goes back to the script.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToNumber(ScriptRun run, in Value value) =>
        value.Reference is null ? value.Number : ToNumberSlow(run, value);

    /// <summary>ToNumber as a value: provenance and sensitivity are kept.</summary>
    public static Value ToNumeric(ScriptRun run, in Value value)
    {
        if (value.Reference is null) return value;
        var primitive = ToPrimitive(run, value, PrimitiveHint.Number);
        var number = ToNumberSlow(run, primitive);
        return IsSensitive(primitive) ? SensitiveNumber(number, primitive.Origin) : Value.Of(number, primitive.Origin);
    }

    /// <summary>A number that may be shown, or not.</summary>
    public static Value Number(double number, bool isSensitive, Node? origin) =>
        isSensitive ? SensitiveNumber(number, origin) : Value.Of(number, origin);

    public static Value SensitiveNumber(double number, Node? origin) => new(Tag.SensitiveNumber, number, origin);

    /// <summary>The value is a number, a text or a boolean that must not be shown, in part at least.</summary>
    public static bool IsSensitive(in Value value) => value.Reference switch
    {
        GuardedText guarded => guarded is { IsUnknown: false, Secrets.Length: > 0 },
        Tag tag => tag == Tag.SensitiveNumber || IsSensitiveBoolean(value),
        _ => false,
    };

    /// <summary>
    /// True or false as read from a sensitive place, or what it was compared or negated to. What is asked of other secrets is no
    /// such boolean: that a password is too short may be told.
    /// </summary>
    public static bool IsSensitiveBoolean(in Value value) =>
        value.IsBoolean && value.Source is ScalarNode { Kind: NodeKind.Boolean, IsSensitive: true };

    /// <summary>
    /// What was picked by a secret, such as <c>names[secret]</c>, tells the secret: text and numbers become sensitive.
    /// </summary>
    public static Value Hide(in Value value) => value.Reference switch
    {
        null => SensitiveNumber(value.Number, value.Origin),
        string text => Value.Of(GuardedText.Secret(text), value.Origin),
        GuardedText { IsUnknown: false } guarded => Value.Of(GuardedText.Secret(guarded.Text), value.Origin),
        _ => value,
    };

    /// <summary>ToIntegerOrInfinity.</summary>
    public static double ToInteger(ScriptRun run, in Value value)
    {
        var number = ToNumber(run, value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    /// <summary>
    /// A position given to a method such as <c>slice</c>: negative counts from the end; the result is within 0 and
    /// <paramref name="length"/>.
    /// </summary>
    public static int ToRelativeIndex(ScriptRun run, in Value value, int length, int whenUndefined)
    {
        if (value.IsUndefined) return whenUndefined;
        var at = ToInteger(run, value);
        return (int)(at < 0 ? Math.Max(length + at, 0) : Math.Min(at, length));
    }

    /// <summary>ToInt32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(double number)
    {
        var fast = (int)number;
        return fast == number ? fast : ToInt32Slow(number);
    }

    /// <summary>ToUint32.</summary>
    public static uint ToUint32(double number) => (uint)ToInt32(number);

    /// <summary>
    /// ToLength, as an <see cref="int"/>: no array or text here is longer. Lengths can be seen, so a sensitive number is refused.
    /// </summary>
    public static int ToLength(ScriptRun run, in Value value)
    {
        if (IsSensitive(value)) throw run.TypeError("a sensitive number cannot be a length");
        var length = ToInteger(run, value);
        if (length > int.MaxValue - 1) run.NoteRefused("lengths beyond 2 ** 31 - 2");
        return (int)Math.Clamp(length, 0, int.MaxValue - 1);
    }

    /// <summary>ToString, keeping provenance and guard.</summary>
    public static Text ToText(ScriptRun run, in Value value) => value.Reference switch
    {
        string text => new Text(text, null, value.Origin),
        null => new Text(NumberText.Format(value.Number), null, value.Origin),
        GuardedText { IsUnknown: true } => throw run.Undetermined(value),
        GuardedText guarded => new Text(guarded.Text, guarded, value.Origin),
        Tag tag when tag == Tag.SensitiveNumber => Text.OfSecret(NumberText.Format(value.Number), value.Origin),
        Tag tag when IsSensitiveBoolean(value) => Text.OfSecret(tag.ToString(), value.Origin),
        Tag tag => new Text(tag.ToString(), null, value.Origin),
        Symbol => throw run.TypeError("a symbol cannot be made into a string"),
        _ => ToText(run, ToPrimitive(run, value, PrimitiveHint.String)),
    };

    /// <summary>ToPropertyKey.</summary>
    public static PropertyKey ToKey(ScriptRun run, in Value value)
    {
        if (value.Reference is string text)
        {
            run.ChargeScan(text.Length);   // it is hashed
            return text;
        }

        var primitive = ToPrimitive(run, value, PrimitiveHint.String);
        if (primitive.Reference is Symbol symbol) return symbol;
        var key = ToText(run, primitive);
        return key.Guard is { } guard ? PropertyKey.Of(guard) : key.Clear;
    }

    /// <summary>
    /// ToPrimitive: an object becomes text, a number or the like by its own methods; anything else is returned as it is.
    /// </summary>
    public static Value ToPrimitive(ScriptRun run, in Value value, PrimitiveHint hint)
    {
        if (!value.IsObject) return value;
        if (value.Reference is HostObject { Text: { } text }) return text;
        var exotic = Objects.Get(run, value, Symbol.ToPrimitive);
        if (exotic.IsNullish) return OrdinaryToPrimitive(run, value, hint);
        var result = run.Call(exotic, value, Value.Of(hint switch
        {
            PrimitiveHint.String => "string",
            PrimitiveHint.Number => "number",
            _ => "default",
        }));
        return result.IsObject ? throw run.TypeError("`Symbol.toPrimitive` returned an object") : result;
    }

    /// <summary><c>typeof</c>.</summary>
    public static string TypeOf(in Value value) => value.Reference switch
    {
        null => "number",
        string or GuardedText => "string",
        Tag tag when tag == Tag.Undefined => "undefined",
        Tag tag when tag == Tag.True || tag == Tag.False => "boolean",
        Tag tag when tag == Tag.SensitiveNumber => "number",
        Symbol => "symbol",
        ScriptFunction => "function",
        _ => "object",
    };

    private static Value OrdinaryToPrimitive(ScriptRun run, in Value value, PrimitiveHint hint)
    {
        var (first, second) = hint == PrimitiveHint.String ? ("toString", "valueOf") : ("valueOf", "toString");
        for (var i = 0; i < 2; i++)
        {
            var method = Objects.Get(run, value, i == 0 ? first : second);
            if (!method.IsFunction) continue;
            var result = run.Call(method, value);
            if (!result.IsObject) return result.WithOrigin(value.Origin);
        }

        throw run.TypeError("the object cannot be made into a primitive value");
    }

    private static double ToNumberSlow(ScriptRun run, in Value value) => value.Reference switch
    {
        null => value.Number,
        string text => Parse(run, text),
        GuardedText { IsUnknown: true } => throw run.Undetermined(value),
        GuardedText guarded => Parse(run, guarded.Text),
        Tag => value.Number,
        Symbol => throw run.TypeError("a symbol cannot be made into a number"),
        _ => ToNumberSlow(run, ToPrimitive(run, value, PrimitiveHint.Number)),
    };

    // Many digits cost more than most text does: they are added up exactly.
    private static double Parse(ScriptRun run, string text)
    {
        run.ChargeScan(text.Length * 4);
        return NumberText.Parse(text);
    }

    private static int ToInt32Slow(double number)
    {
        if (!double.IsFinite(number)) return 0;
        var rest = Math.IEEERemainder(Math.Truncate(number), 4294967296.0);
        return (int)(uint)(long)rest;
    }
}

/// <summary>What an object is asked to become.</summary>
internal enum PrimitiveHint
{
    Default,
    Number,
    String,
}
