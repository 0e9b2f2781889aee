using System.Text;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>The methods of strings that look for text and compare it (ECMAScript, section 22.1.3).</summary>
internal static class StringSearching
{
    /// <summary>The printable ASCII characters in the order of the Unicode collation algorithm's root, letters once.</summary>
    private const string CollationOrder = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The place of each character in that order, from 1; 0 for none.</summary>
    private static readonly byte[] Weights =
        [.. Enumerable.Range(0, 128).Select(
            c => (byte)(CollationOrder.IndexOf(char.ToLowerInvariant((char)c), StringComparison.Ordinal) + 1))];

    public static void Install()
    {
        var prototype = Intrinsics.StringPrototype;
        Intrinsics.AddMethod(prototype, "endsWith", 1, EndsWith);
        Intrinsics.AddMethod(prototype, "includes", 1, Includes);
        Intrinsics.AddMethod(prototype, "indexOf", 1, IndexOf);
        Intrinsics.AddMethod(prototype, "lastIndexOf", 1, LastIndexOf);
        Intrinsics.AddMethod(prototype, "localeCompare", 1, LocaleCompare);
        Intrinsics.AddMethod(prototype, "normalize", 0, Normalize);
        Intrinsics.AddMethod(prototype, "startsWith", 1, StartsWith);
    }

    private static string Wanted(ScriptRun run, in Value argument, string method)
    {
        if (argument.Reference is ScriptRegExp)
            throw run.TypeError($"`{method}` takes text, not a regular expression: use `test`");
        return Conversion.ToText(run, argument).Clear;
    }

    private static Value StartsWith(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "startsWith");
        var wanted = Wanted(run, args[0], "startsWith");
        var start = Math.Clamp(Conversion.ToInteger(run, args[1]), 0, text.Length);
        return Value.Of(TextSearch.IsAt(run, text.Clear, wanted, (int)start), text.Origin);
    }

    private static Value EndsWith(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "endsWith");
        var wanted = Wanted(run, args[0], "endsWith");
        var end = args[1].IsUndefined ? text.Length : Math.Clamp(Conversion.ToInteger(run, args[1]), 0, text.Length);
        return Value.Of(TextSearch.IsAt(run, text.Clear, wanted, (int)end - wanted.Length), text.Origin);
    }

    private static Value Includes(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "includes");
        var wanted = Wanted(run, args[0], "includes");
        var start = Math.Clamp(Conversion.ToInteger(run, args[1]), 0, text.Length);
        return Value.Of(TextSearch.IndexOf(run, text.Clear, wanted, (int)start) >= 0, text.Origin);
    }

    private static Value IndexOf(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "indexOf");
        var wanted = Conversion.ToText(run, args[0]);
        var start = Math.Clamp(Conversion.ToInteger(run, args[1]), 0, text.Length);
        return Place(text, wanted, TextSearch.IndexOf(run, text.Clear, wanted.Clear, (int)start));
    }

    private static Value LastIndexOf(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "lastIndexOf");
        var wanted = Conversion.ToText(run, args[0]);
        var position = Conversion.ToNumber(run, args[1]);
        var start = double.IsNaN(position) ? text.Length : Math.Clamp(Math.Truncate(position), 0, text.Length);
        return Place(text, wanted, TextSearch.LastIndexOf(run, text.Clear, wanted.Clear, (int)start));
    }

    // Where a known text stands in a secret, and a secret in a known text, tells the secret: all letters in a row would spell it.
    private static Value Place(in Text text, in Text wanted, int place) =>
        Conversion.Number(place, text.Guard is not null || wanted.Guard is not null, text.Origin ?? wanted.Origin);

    /// <summary>The order of the root locale for printable ASCII; the rest differs between locales and is refused.</summary>
    private static Value LocaleCompare(ScriptRun run, Value self, Arguments args)
    {
        var a = Receiver.Text(run, self, "localeCompare").Clear;
        var b = Conversion.ToText(run, args[0]).Clear;
        run.Charge(1 + (Math.Min(a.Length, b.Length) >> 2));
        if (!args[1].IsUndefined || !args[2].IsUndefined)
            throw run.Unsupported("`localeCompare` takes no locale or options here, compare with `<` or convert first");
        var order = 0;
        for (var i = 0; i < Math.Min(a.Length, b.Length) && order == 0; i++)
            order = Weight(run, a[i]).CompareTo(Weight(run, b[i]));
        if (order == 0) order = a.Length.CompareTo(b.Length);
        for (var i = 0; i < a.Length && order == 0; i++)
            order = char.IsAsciiLetterUpper(a[i]).CompareTo(char.IsAsciiLetterUpper(b[i]));
        return Value.Of(Math.Sign(order));
    }

    private static int Weight(ScriptRun run, char c)
    {
        var weight = c < Weights.Length ? Weights[c] : (byte)0;
        return weight > 0
            ? weight
            : throw run.Unsupported("`localeCompare` orders printable ASCII only, compare other text with `<`");
    }

    private static Value Normalize(ScriptRun run, Value self, Arguments args)
    {
        var text = Receiver.Text(run, self, "normalize");
        var form = args[0].IsUndefined ? "NFC" : Conversion.ToText(run, args[0]).Clear;
        if (form is not ("NFC" or "NFD" or "NFKC" or "NFKD")) throw run.RangeError("`normalize` takes NFC, NFD, NFKC or NFKD");
        run.Charge(1 + (text.Length >> 4));
        // Below U+0300 there is nothing to compose; decomposing starts right beyond ASCII.
        var isNormal = form == "NFC" ? !text.Clear.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF') : Ascii.IsValid(text.Clear);
        return isNormal
            ? text.ToValue()
            : throw run.Unsupported("`normalize` of this text is not supported: it holds letters that may have several forms");
    }
}
