using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Builtins;

/// <summary>
/// <c>Error</c> and its kinds (ECMAScript, section 20.5). An error knows its place in the rule, so it has no <c>stack</c>.
/// </summary>
internal static class ErrorMethods
{
    public static void Install()
    {
        var error = Add("Error", Intrinsics.ErrorPrototype, Intrinsics.FunctionPrototype);
        Add("TypeError", Intrinsics.TypeErrorPrototype, error);
        Add("RangeError", Intrinsics.RangeErrorPrototype, error);
        Add("SyntaxError", Intrinsics.SyntaxErrorPrototype, error);
        Add("ReferenceError", Intrinsics.ReferenceErrorPrototype, error);
        Add("EvalError", Intrinsics.EvalErrorPrototype, error);
        Add("URIError", Intrinsics.UriErrorPrototype, error);
        Intrinsics.AddMethod(Intrinsics.ErrorPrototype, "toString", 0, ToText);
    }

    private static NativeFunction Add(string name, ScriptObject prototype, ScriptObject parent)
    {
        var constructor = Intrinsics.AddConstructor(
            name, 1, prototype, (run, _, args) => Make(run, prototype, args),
            (run, args, target) => Make(run, ScriptFunction.PrototypeFor(run, target, prototype), args));
        constructor.TrySetPrototype(null, parent);
        prototype.Define("name", Value.Of(name), PropertyFlags.Hidden);
        prototype.Define("message", Value.Of(""), PropertyFlags.Hidden);
        return constructor;
    }

    private static Value Make(ScriptRun run, ScriptObject prototype, Arguments args)
    {
        run.Charge(20);
        run.Allocate(ScriptRun.ObjectBytes + (2 * ScriptRun.PropertyBytes));
        var error = new ScriptError(prototype, run.Location);
        if (!args[0].IsUndefined)
            error.Define("message", new GuardedBuilder(run).Append(args[0]).ToValue(), PropertyFlags.Hidden);
        if (args[1].IsObject && Objects.Has(run, args[1], "cause"))
            error.Define("cause", Objects.Get(run, args[1], "cause"), PropertyFlags.Hidden);
        return Value.Of(error);
    }

    private static Value ToText(ScriptRun run, Value self, Arguments args)
    {
        if (!self.IsObject) throw run.TypeError($"`Error.prototype.toString` called on {ScriptRun.Describe(self)}");
        var name = Objects.Get(run, self, "name");
        var message = Objects.Get(run, self, "message");
        var head = name.IsUndefined ? new Text("Error", null, null) : Conversion.ToText(run, name);
        var tail = new GuardedBuilder(run);
        if (!message.IsUndefined) tail.Append(message);
        if (head.Length == 0) return tail.ToValue();
        var whole = new GuardedBuilder(run).Append(head);
        return tail.Length == 0 ? whole.ToValue() : whole.Append(": ").Append(tail.ToValue()).ToValue();
    }
}
