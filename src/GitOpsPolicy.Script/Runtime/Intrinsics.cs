using GitOpsPolicy.Script.Builtins;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// The language's own objects: one set for the process, frozen, shared by all runs. <see cref="StandardLibrary"/> fills them,
/// through the <c>Add…</c> methods below.
/// </summary>
internal static class Intrinsics
{
    public static readonly ScriptObject ObjectPrototype = new ScriptRecord(null);
    public static readonly ScriptObject FunctionPrototype = new NativeFunction("", 0, static (_, _, _) => Value.Undefined);
    public static readonly ScriptObject ArrayPrototype = new ScriptArray();
    public static readonly ScriptObject StringPrototype = new ScriptPrimitive(ObjectPrototype, Value.Of(""));
    public static readonly ScriptObject NumberPrototype = new ScriptPrimitive(ObjectPrototype, Value.Of(0));
    public static readonly ScriptObject BooleanPrototype = new ScriptPrimitive(ObjectPrototype, Value.Of(false));
    public static readonly ScriptObject SymbolPrototype = new ScriptRecord(ObjectPrototype);
    public static readonly ScriptObject RegExpPrototype = new ScriptRecord(ObjectPrototype);
    public static readonly ScriptObject MapPrototype = new ScriptRecord(ObjectPrototype);
    public static readonly ScriptObject SetPrototype = new ScriptRecord(ObjectPrototype);

    /// <summary>What every iterator of the language's own inherits from; it is iterable.</summary>
    public static readonly ScriptObject IteratorPrototype = new ScriptRecord(ObjectPrototype);
    public static readonly ScriptObject GeneratorPrototype = new ScriptRecord(IteratorPrototype);

    /// <summary>What generator functions inherit from.</summary>
    public static readonly ScriptObject GeneratorFunctionPrototype = new ScriptRecord(FunctionPrototype);
    public static readonly ScriptObject ArrayIteratorPrototype = new ScriptRecord(IteratorPrototype);
    public static readonly ScriptObject StringIteratorPrototype = new ScriptRecord(IteratorPrototype);
    public static readonly ScriptObject RegExpStringIteratorPrototype = new ScriptRecord(IteratorPrototype);
    public static readonly ScriptObject MapIteratorPrototype = new ScriptRecord(IteratorPrototype);
    public static readonly ScriptObject SetIteratorPrototype = new ScriptRecord(IteratorPrototype);

    public static readonly ScriptObject ErrorPrototype = new ScriptRecord(ObjectPrototype);
    public static readonly ScriptObject TypeErrorPrototype = new ScriptRecord(ErrorPrototype);
    public static readonly ScriptObject RangeErrorPrototype = new ScriptRecord(ErrorPrototype);
    public static readonly ScriptObject ReferenceErrorPrototype = new ScriptRecord(ErrorPrototype);
    public static readonly ScriptObject SyntaxErrorPrototype = new ScriptRecord(ErrorPrototype);
    public static readonly ScriptObject EvalErrorPrototype = new ScriptRecord(ErrorPrototype);
    public static readonly ScriptObject UriErrorPrototype = new ScriptRecord(ErrorPrototype);

    private static readonly Dictionary<string, Value> Collected = new(StringComparer.Ordinal);
    private static readonly HashSet<object> Members = new(ReferenceEqualityComparer.Instance);

    static Intrinsics()
    {
        FunctionPrototype.TrySetPrototype(null, ObjectPrototype);
        ArrayPrototype.TrySetPrototype(null, ObjectPrototype);
        StandardLibrary.Install();
        Globals = Collected;
        ScriptObject[] prototypes =
        [
            ObjectPrototype, FunctionPrototype, ArrayPrototype, StringPrototype, NumberPrototype, BooleanPrototype,
            SymbolPrototype,
            RegExpPrototype, MapPrototype, SetPrototype, IteratorPrototype, GeneratorPrototype, ErrorPrototype,
            TypeErrorPrototype,
            RangeErrorPrototype, ReferenceErrorPrototype, SyntaxErrorPrototype, EvalErrorPrototype, UriErrorPrototype,
            GeneratorFunctionPrototype, ArrayIteratorPrototype, StringIteratorPrototype, RegExpStringIteratorPrototype,
            MapIteratorPrototype, SetIteratorPrototype,
        ];
        Freezing.FreezeAll([.. prototypes, .. Collected.Values.Select(value => value.Reference).OfType<ScriptObject>()], Members);
    }

    /// <summary>
    /// The language's own objects may change: nothing about them can be known in advance. See <see cref="Thaw"/>.
    /// </summary>
    public static bool AreThawed { get; private set; }

    /// <summary>
    /// Makes the language's own objects changeable, as the standard has them, and gives what each was like. For conformance runs,
    /// in a process of their own; no rule ever sees them so.
    /// </summary>
    public static IReadOnlyList<(ScriptObject Object, ObjectState State)> Thaw()
    {
        AreThawed = true;
        return [.. Members.OfType<ScriptObject>().Select(member => (member, member.Thaw()))];
    }

    /// <summary>The names that every rule sees.</summary>
    public static IReadOnlyDictionary<string, Value> Globals { get; }

    /// <summary>True for an object of the language's own.</summary>
    public static bool IsIntrinsic(ScriptObject? candidate) => candidate is not null && Members.Contains(candidate);

    /// <summary>
    /// Makes the code of a regular expression literal: given pattern and flags, what makes the object each time. Throws
    /// <see cref="RegularExpressions.PatternSyntaxException"/>. Set by <see cref="StandardLibrary"/>.
    /// </summary>
    public static Func<string, string, Func<ScriptRun, Value>> PatternMaker { get; set; } =
        static (_, _) => static run => throw run.TypeError("regular expressions are not in place");

    /// <summary>Adds a name that every rule sees. For <see cref="StandardLibrary"/> only.</summary>
    public static void AddGlobal(string name, in Value value) => Collected.Add(name, value);

    /// <summary>Adds a method.</summary>
    /// <param name="length">Its <c>length</c>: the parameters it names.</param>
    public static NativeFunction AddMethod(ScriptObject target, string name, int length, NativeCode code)
    {
        var method = new NativeFunction(name, length, code);
        target.Define(name, Value.Of(method), PropertyFlags.Hidden);
        return method;
    }

    /// <summary>Adds a method under a symbol; its <c>name</c> is <c>[Symbol.iterator]</c> and the like.</summary>
    public static NativeFunction AddMethod(ScriptObject target, Symbol symbol, int length, NativeCode code)
    {
        var method = new NativeFunction($"[{symbol.Description}]", length, code);
        target.Define(symbol, Value.Of(method), PropertyFlags.Hidden);
        return method;
    }

    /// <summary>Adds an accessor property without setter.</summary>
    public static void AddGetter(ScriptObject target, PropertyKey key, NativeCode code)
    {
        var name = key.Reference is Symbol symbol ? $"get [{symbol.Description}]" : $"get {key}";
        target.DefineOwn(
            null, key, new Property(new Accessor(new NativeFunction(name, 0, code), null), PropertyFlags.Configurable));
    }

    /// <summary>Adds a constant such as <c>Math.PI</c>.</summary>
    public static void AddConstant(ScriptObject target, PropertyKey key, in Value value) =>
        target.Define(key, value, PropertyFlags.None);

    /// <summary>Adds a global constructor, linked with the prototype of its instances.</summary>
    /// <param name="call">What calling it without <c>new</c> does.</param>
    /// <param name="construct">What <c>new</c> does; see <see cref="ScriptFunction.PrototypeFor"/>. Null when <c>new</c> is
    /// refused.</param>
    public static NativeFunction AddConstructor(
        string name, int length, ScriptObject prototype, NativeCode call, NativeConstruct? construct)
    {
        var constructor = new NativeFunction(name, length, call, construct, prototype);
        prototype.Define("constructor", Value.Of(constructor), PropertyFlags.Hidden);
        AddGlobal(name, Value.Of(constructor));
        return constructor;
    }
}
