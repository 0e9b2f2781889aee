using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitOpsPolicy.Documents;

/// <summary>One mistake in something a user wrote: what, where, and what to do about it.</summary>
/// <param name="Location">Where the mistake is.</param>
/// <param name="Message">One line, no capital, no full stop, the user's words in backticks.</param>
/// <param name="Hint">What to write instead, in the same form; null where the message says it all.</param>
public sealed record Problem(SourceLocation Location, string Message, string? Hint = null)
{
    /// <summary>Nothing is wrong with the text as such: it asks for something that this product leaves out on purpose.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary><c>file:line:column: message (hint)</c>.</summary>
    public override string ToString() => Hint is null ? $"{Location}: {Message}" : $"{Location}: {Message} ({Hint})";
}

/// <summary>
/// What came of loading something a user wrote: a value, or every problem found in it; never both, never neither.
/// </summary>
/// <typeparam name="T">What is loaded.</typeparam>
public sealed class Loaded<T>
    where T : class
{
    private readonly T? value;

    /// <summary>A load that succeeded.</summary>
    public Loaded(T value) => (this.value, Problems) = (value, []);

    /// <summary>A load that failed. <paramref name="problems"/> holds at least one problem, in file order.</summary>
    /// <exception cref="ArgumentException">There is no problem in the list.</exception>
    public Loaded(ImmutableArray<Problem> problems) =>
        Problems = problems.IsDefaultOrEmpty
            ? throw new ArgumentException("A failed load names its problems.", nameof(problems))
            : problems;

    /// <summary>Every problem found, in file order; empty when the load succeeded.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>The loaded value; false when there are problems.</summary>
    public bool TryGet([NotNullWhen(true)] out T? loaded) => (loaded = value) is not null;
}
