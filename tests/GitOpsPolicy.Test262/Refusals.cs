using System.Collections.Frozen;

namespace GitOpsPolicy.Test262;

/// <summary>
/// What is refused before a test is looked at, because of its front matter. What a text itself asks for is for the loader to say.
/// </summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<string, string> Modes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["noStrict"] = "mode: sloppy mode, rules are strict",
        ["raw"] = "mode: raw, may be sloppy",
        ["async"] = "mode: async, rules run to their end without waiting",
        ["CanBlockIsFalse"] = "mode: agents",
        ["CanBlockIsTrue"] = "mode: agents",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Features of ECMAScript 2023 that rules do without (docs/language.md), and proposals and editions after 2023.
    private static readonly FrozenSet<string> Features = """
        async-functions async-iteration top-level-await dynamic-import import.meta import-attributes import-assertions json-modules
        json-superset-import import-defer source-phase-imports source-phase-imports-module-source import-text import-bytes
        BigInt Proxy Reflect Reflect.construct Reflect.set Reflect.setPrototypeOf proxy-missing-checks
        WeakMap WeakSet WeakRef FinalizationRegistry FinalizationRegistry.prototype.cleanupSome symbols-as-weakmap-keys host-gc-required
        Symbol.species Symbol.match Symbol.matchAll Symbol.replace Symbol.search Symbol.split Symbol.asyncIterator Symbol.unscopables
        Symbol.isConcatSpreadable cross-realm globalThis caller __getter__ __setter__ __proto__ IsHTMLDDA hashbang
        ArrayBuffer SharedArrayBuffer DataView Atomics TypedArray Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray
        Uint16Array Uint32Array Float16Array Float32Array Float64Array DataView.prototype.getFloat32 DataView.prototype.getFloat64
        DataView.prototype.getInt16 DataView.prototype.getInt32 DataView.prototype.getInt8 DataView.prototype.getUint16
        DataView.prototype.getUint32 DataView.prototype.setUint8 resizable-arraybuffer arraybuffer-transfer immutable-arraybuffer
        align-detached-buffer-semantics-with-web-reality uint8array-base64 Atomics.waitAsync Atomics.pause
        Promise.allSettled Promise.any Promise.prototype.finally promise-with-resolvers promise-try await-dictionary AggregateError
        Date Temporal Intl Intl-enumeration Intl.DateTimeFormat-datetimestyle Intl.DateTimeFormat-dayPeriod
        Intl.DateTimeFormat-extend-timezonename Intl.DateTimeFormat-formatRange Intl.DateTimeFormat-fractionalSecondDigits
        Intl.DisplayNames Intl.DisplayNames-v2 Intl.DurationFormat Intl.Era-monthcode Intl.ListFormat Intl.Locale Intl.Locale-info
        Intl.NumberFormat-unified Intl.NumberFormat-v3 Intl.RelativeTimeFormat Intl.Segmenter canonical-tz legacy-regexp
        iterator-helpers iterator-sequencing joint-iteration set-methods array-grouping Array.fromAsync change-array-by-copy-typed
        regexp-v-flag regexp-duplicate-named-groups regexp-modifiers RegExp.escape regexp-unicode-property-escapes-v
        decorators explicit-resource-management ShadowRealm Error.isError error-stack-accessor nonextensible-applies-to-private
        json-parse-with-source Math.sumPrecise upsert canonical-tz stable-typedarray-sort tail-call-optimization
        uint8array-base64 well-formed-unicode-strings-2024 String.prototype.isWellFormed String.prototype.toWellFormed
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why a test is not run; null when it is.</summary>
    public static string? Of(FrontMatter front)
    {
        foreach (var flag in front.Flags)
            if (Modes.TryGetValue(flag, out var mode)) return mode;
        foreach (var feature in front.Features)
            if (Features.Contains(feature)) return $"feature: {feature}";
        return null;
    }
}
