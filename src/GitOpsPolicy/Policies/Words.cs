using System.Collections.Immutable;

namespace GitOpsPolicy.Policies;

/// <summary>The members of an enumeration as users write them: in lower case.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    /// <summary>Every word, in the order of the members.</summary>
    public static ImmutableArray<string> All { get; } = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];

    /// <summary>The word for a member.</summary>
    public static string Of(T value) => All[Array.IndexOf(Values, value)];

    /// <summary>The member for a word; false when there is none. Case counts.</summary>
    public static bool TryParse(string word, out T value)
    {
        var at = All.IndexOf(word);
        value = at < 0 ? default : Values[at];
        return at >= 0;
    }
}
