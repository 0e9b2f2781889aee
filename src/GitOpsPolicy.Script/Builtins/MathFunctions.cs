using System.Numerics;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// <c>Math</c>, without <c>random</c> (ECMAScript, section 21.3). Sensitive in, sensitive out; unknown in, unknown out.
/// </summary>
internal static class MathFunctions
{
    private static readonly (string Name, double Value)[] Constants =
    [
        ("E", Math.E), ("LN10", 2.302585092994046), ("LN2", 0.6931471805599453), ("LOG10E", 0.4342944819032518),
        ("LOG2E", 1.4426950408889634), ("PI", Math.PI), ("SQRT1_2", 0.7071067811865476), ("SQRT2", 1.4142135623730951),
    ];

    private static readonly (string Name, Func<double, double> Function)[] OfOne =
    [
        ("abs", Math.Abs), ("acos", Math.Acos), ("acosh", Math.Acosh), ("asin", Math.Asin), ("asinh", Asinh), ("atan", Math.Atan),
        ("atanh", Math.Atanh), ("cbrt", Cbrt), ("ceil", Math.Ceiling),
        ("clz32", static x => BitOperations.LeadingZeroCount(Conversion.ToUint32(x))),
        ("cos", Math.Cos), ("cosh", Math.Cosh), ("exp", Math.Exp), ("expm1", Expm1), ("floor", Math.Floor),
        ("fround", static x => (float)x),
        ("log", Math.Log), ("log10", Math.Log10), ("log1p", Log1p), ("log2", Math.Log2), ("round", Round), ("sign", Sign),
        ("sin", Math.Sin),
        ("sinh", Math.Sinh), ("sqrt", Math.Sqrt), ("tan", Math.Tan), ("tanh", Math.Tanh), ("trunc", Math.Truncate),
    ];

    public static void Install()
    {
        var math = new ScriptRecord();
        foreach (var (name, value) in Constants) Intrinsics.AddConstant(math, name, Value.Of(value));
        foreach (var (name, function) in OfOne)
            Add(math, name, 1, (run, numbers) => function(numbers.Length > 0 ? numbers[0] : double.NaN));
        Add(math, "atan2", 2, static (_, numbers) => Two(numbers, Math.Atan2));
        Add(
            math, "imul", 2,
            static (_, numbers) =>
                numbers.Length < 2 ? 0 : unchecked(Conversion.ToInt32(numbers[0]) * Conversion.ToInt32(numbers[1])));
        Add(math, "pow", 2, static (_, numbers) => Two(numbers, Power));
        Add(math, "hypot", 2, static (_, numbers) => Hypot(numbers));
        Add(math, "max", 2, static (_, numbers) => numbers.Aggregate(double.NegativeInfinity, Math.Max));
        Add(math, "min", 2, static (_, numbers) => numbers.Aggregate(double.PositiveInfinity, Math.Min));
        math.Define(Symbol.ToStringTag, Value.Of("Math"), PropertyFlags.Configurable);
        Intrinsics.AddGlobal("Math", Value.Of(math));
    }

    /// <summary>
    /// <c>x ** y</c>: unlike IEEE 754, 1 to the power of an infinity or NaN is NaN (ECMAScript, Number::exponentiate).
    /// </summary>
    public static double Power(double x, double y) =>
        double.IsNaN(y) || (Math.Abs(x) == 1 && double.IsInfinity(y)) ? double.NaN : Math.Pow(x, y);

    private static void Add(ScriptObject math, string name, int length, Func<ScriptRun, double[], double> function) =>
        Intrinsics.AddMethod(math, name, length, (run, _, args) =>
        {
            run.Charge(args.Count);
            run.Allocate(args.Count * 8L);
            var numbers = new double[args.Count];
            var isSensitive = false;
            for (var i = 0; i < numbers.Length; i++)
            {
                if (args[i].IsUnknown) return GuardedText.UnknownFrom(args.All);
                var number = Conversion.ToNumeric(run, args[i]);
                numbers[i] = number.Number;
                isSensitive |= Conversion.IsSensitive(number);
            }

            return Conversion.Number(function(run, numbers), isSensitive, FirstOrigin(args));
        });

    private static Documents.Node? FirstOrigin(Arguments args)
    {
        foreach (ref readonly var argument in args.All)
            if (argument.Origin is { } origin) return origin;
        return null;
    }

    private static double Two(double[] numbers, Func<double, double, double> function) =>
        numbers.Length < 2 ? double.NaN : function(numbers[0], numbers[1]);

    // The cube root of a cube is exact, whatever the platform's library makes of it.
    private static double Cbrt(double x)
    {
        var root = Math.Cbrt(x);
        var whole = Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    private static double Asinh(double x) => x == 0 ? x : Math.Asinh(x);

    private static double Sign(double x) => double.IsNaN(x) || x == 0 ? x : Math.Sign(x);

    // Ties go up, and what rounds to zero from below is -0.
    private static double Round(double x)
    {
        if (!double.IsFinite(x) || Math.Abs(x) >= 4503599627370496) return x;
        var floor = Math.Floor(x);
        var rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && double.IsNegative(x) ? -0.0 : rounded;
    }

    // Kahan's way: exact where the naive form loses all digits.
    private static double Expm1(double x)
    {
        if (x == 0) return x;   // keeps its sign
        if (Math.Abs(x) < 1e-5) return x + (x * x / 2) + (x * x * x / 6);
        var u = Math.Exp(x);
        return u - 1;
    }

    private static double Log1p(double x)
    {
        if (x == 0) return x;
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    private static double Hypot(double[] numbers)
    {
        if (Array.Exists(numbers, double.IsInfinity)) return double.PositiveInfinity;
        var largest = numbers.Aggregate(0.0, (most, number) => Math.Max(most, Math.Abs(number)));
        if (largest == 0 || double.IsNaN(largest)) return largest;
        double sum = 0, lost = 0;   // compensated, so that the order of the arguments does not show
        foreach (var number in numbers)
        {
            var scaled = number / largest;
            var term = (scaled * scaled) - lost;
            var next = sum + term;
            lost = next - sum - term;
            sum = next;
        }

        return Math.Sqrt(sum) * largest;
    }
}
