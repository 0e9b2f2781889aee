namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// What JavaScript elsewhere offers and rules do without, with what to write instead. Read when the host does not offer the name
/// itself.
/// </summary>
internal static class Unsupported
{
    /// <summary>By name of the global.</summary>
    public static IReadOnlyDictionary<string, (string Message, string? Hint)> Names { get; } = NameTable();

    /// <summary>By <c>Global.member</c>.</summary>
    public static IReadOnlyDictionary<string,
        (string Message, string? Hint)> Members { get; } = new Dictionary<string, (string, string?)>(
        StringComparer.Ordinal)
    {
        ["Math.random"] = ("`Math.random` is not supported: the same input must give the same answer",
            "leave chance out of rules"),
        ["Date.now"] = ("`Date.now` is not supported: rules have no clock", "compare dates in the documents with each other"),
        ["Symbol.for"] = ("`Symbol.for` is not supported: rules share no registry", "write `Symbol()` and export it"),
    };

    private static Dictionary<string, (string Message, string? Hint)> NameTable()
    {
        var table = new Dictionary<string, (string, string?)>(StringComparer.Ordinal);
        Add("code made from text cannot be checked", "write the code itself", "eval", "Function");
        Add("a rule sees plain values only", "write a function", "Proxy", "Reflect");
        Add(
            "rules have no clock", "compare dates in the documents as text, such as `a < b` for ISO 8601", "Date", "Temporal",
            "performance");
        Add(
            "rules run to their end without waiting", "compute the value directly", "Promise", "setTimeout", "setInterval",
            "setImmediate", "queueMicrotask", "clearTimeout");
        Add(
            "a rule cannot see when memory is freed", "use `Map` or `Set`", "WeakMap", "WeakSet", "WeakRef",
            "FinalizationRegistry");
        Add(
            "rules read the change and nothing else", "take what you need from `change` and `params`", "fetch", "XMLHttpRequest",
            "process", "Deno", "Bun", "crypto", "Buffer");
        Add("rules report findings, they do not print", "call `report.audit(message, where)`", "console", "alert", "print");
        Add(
            "rules are ES modules", "write `import … from \"…\"` and `export`", "require", "module", "exports", "__dirname",
            "__filename");
        Add("rules share no globals", "import what you need", "globalThis", "window", "global", "self", "document");
        Add("functions take named parameters", "write `(...args) => …`", "arguments");
        Add(
            "numbers are plain numbers, exact up to 2 ** 53", "write a plain number", "BigInt", "BigInt64Array",
            "BigUint64Array");
        Add(
            "there are no binary buffers", "use arrays and strings", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics",
            "Uint8Array", "Int8Array", "Uint8ClampedArray", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array",
            "Float32Array", "Float64Array", "TextEncoder", "TextDecoder");
        Add("text is compared and formatted the same everywhere", "use the methods of strings and numbers", "Intl");
        Add("what a rule sees is read-only", "write `{ ...object }` or `[...array]`", "structuredClone");
        Add("it is left out of the language's modern part", null, "escape", "unescape");
        Add(
            "it is not part of what rules may use", null, "Symbol", "Iterator", "AggregateError", "WebAssembly", "URL",
            "URLSearchParams");
        return table;

        void Add(string reason, string? hint, params string[] names)
        {
            foreach (var name in names) table.Add(name, ($"`{name}` is not supported: {reason}", hint));
        }
    }
}
