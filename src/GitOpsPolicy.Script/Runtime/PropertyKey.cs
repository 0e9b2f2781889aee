using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// One of the well-known symbols. Rules reach them as <c>Symbol.iterator</c> and so on, and can make their own.
/// </summary>
public sealed class Symbol
{
    internal Symbol(string? description) => Description = description;

    /// <summary>What <c>symbol.description</c> gives; null for undefined.</summary>
    public string? Description { get; }

    internal static Symbol Iterator { get; } = new("Symbol.iterator");

    internal static Symbol ToPrimitive { get; } = new("Symbol.toPrimitive");

    internal static Symbol HasInstance { get; } = new("Symbol.hasInstance");

    internal static Symbol ToStringTag { get; } = new("Symbol.toStringTag");

    /// <summary><c>Symbol(description)</c>, as the language writes it.</summary>
    public override string ToString() => $"Symbol({Description})";
}

/// <summary>
/// The name of a property: text or a symbol. A key made from guarded text remembers that, so that listing keys does not show it.
/// </summary>
internal readonly struct PropertyKey : IEquatable<PropertyKey>
{
    /// <summary>A <see cref="string"/> or a <see cref="Symbol"/>.</summary>
    public readonly object Reference;

    /// <summary>The guarded text that the key was made from; null for an ordinary key.</summary>
    public readonly GuardedText? Guard;

    private PropertyKey(object reference, GuardedText? guard) => (Reference, Guard) = (reference, guard);

    public static implicit operator PropertyKey(string name) => new(name, null);

    public static implicit operator PropertyKey(Symbol symbol) => new(symbol, null);

    public static PropertyKey Of(GuardedText guard) => new(guard.Text, guard);

    public static PropertyKey OfIndex(int index) => new(index.ToString(CultureInfo.InvariantCulture), null);

    public bool IsSymbol => Reference is Symbol;

    public bool TryGetText([NotNullWhen(true)] out string? text) => (text = Reference as string) is not null;

    public string? Text => Reference as string;

    /// <summary>
    /// True for the canonical spelling of an array index that fits an <see cref="int"/>: no array here is longer.
    /// </summary>
    public bool TryGetIndex(out int index)
    {
        var isIndex = TryGetArrayIndex(out var any) && any < int.MaxValue;
        index = isIndex ? (int)any : 0;
        return isIndex;
    }

    /// <summary>True for the canonical spelling of an array index, which is below 2^32 - 1.</summary>
    public bool TryGetArrayIndex(out uint index)
    {
        index = 0;
        return Reference is string text
            && text.Length is > 0 and <= 10
            && char.IsAsciiDigit(text[0])
            && TryParse(text, out index);
    }

    private static bool TryParse(string text, out uint index)
    {
        index = 0;
        if (text[0] == '0') return text.Length == 1;
        ulong sum = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            sum = (sum * 10) + (uint)(c - '0');
        }

        index = (uint)sum;
        return sum < uint.MaxValue;
    }

    /// <summary>The key as a value of the language.</summary>
    /// <param name="origin">The document node under the key, for a key of a document.</param>
    public Value ToValue(Node? origin = null) => Reference switch
    {
        _ when Guard is not null => Value.Of(Guard, origin),
        string text => Value.Of(text, origin),
        var symbol => new Value(symbol, double.NaN, null),
    };

    public bool Equals(PropertyKey other) =>
        ReferenceEquals(Reference, other.Reference) || (Reference is string a && other.Reference is string b && a == b);

    public override bool Equals(object? obj) => obj is PropertyKey other && Equals(other);

    public override int GetHashCode() => Reference.GetHashCode();

    public static bool operator ==(PropertyKey left, PropertyKey right) => left.Equals(right);

    public static bool operator !=(PropertyKey left, PropertyKey right) => !left.Equals(right);

    /// <summary>The key as error messages show it; never guarded text in clear.</summary>
    public override string ToString() => Guard?.ToString() ?? Reference.ToString()!;
}
