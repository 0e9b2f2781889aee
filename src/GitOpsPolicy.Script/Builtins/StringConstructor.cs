using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary><c>String</c> and its own functions (ECMAScript, section 22.1.1 and 22.1.2).</summary>
internal static class StringConstructor
{
    public static void Install()
    {
        var constructor = Intrinsics.AddConstructor(
            "String", 1, Intrinsics.StringPrototype, static (run, _, args) => Make(run, args),
                static (run, args, target) => PrimitiveMethods.Wrap(
                    run, target, Intrinsics.StringPrototype,
                    args.Count == 0 ? Value.Of("") : Conversion.ToText(run, args[0]).ToValue()));
        Intrinsics.AddMethod(constructor, "fromCharCode", 1, static (run, _, args) => FromNumbers(run, args, FromCharCode));
        Intrinsics.AddMethod(constructor, "fromCodePoint", 1, static (run, _, args) => FromNumbers(run, args, FromCodePoint));
        Intrinsics.AddMethod(constructor, "raw", 1, Raw);
    }

    private static Value Make(ScriptRun run, Arguments args)
    {
        if (args.Count == 0) return Value.Of("");
        if (args[0].IsUnknown) return args[0];
        if (args[0].Reference is Symbol symbol) return Value.Of(symbol.ToString());
        return Conversion.ToText(run, args[0]).ToValue();
    }

    private static Value FromNumbers(ScriptRun run, Arguments args, Func<ScriptRun, double, string> write)
    {
        var text = new GuardedBuilder(run);
        foreach (ref readonly var argument in args.All)
        {
            if (argument.IsUnknown) return GuardedText.UnknownFrom(args.All);
            var number = Conversion.ToNumeric(run, argument);
            var part = write(run, number.Number);
            text.Append(
                Conversion.IsSensitive(number) ? Text.OfSecret(part, number.Origin) : new Text(part, null, number.Origin));
        }

        return text.ToValue();
    }

    private static string FromCharCode(ScriptRun run, double number) =>
        SingleCharacters.Of((char)(ushort)Conversion.ToInt32(number));

    private static string FromCodePoint(ScriptRun run, double number)
    {
        if (number != Math.Floor(number) || number is < 0 or > 0x10FFFF)
            throw run.RangeError("`String.fromCodePoint` takes whole numbers from 0 to 0x10FFFF");
        return number <= 0xFFFF ? SingleCharacters.Of((char)number) : char.ConvertFromUtf32((int)number);
    }

    private static Value Raw(ScriptRun run, Value self, Arguments args)
    {
        var raw = Objects.Get(run, args[0], "raw");
        var count = Objects.LengthOf(run, raw);
        var text = new GuardedBuilder(run);
        for (var i = 0; i < count; i++)
        {
            text.Append(Objects.GetIndex(run, raw, i));
            if (i + 1 < count && i + 1 < args.Count) text.Append(args[i + 1]);
        }

        return text.ToValue();
    }
}
