using System.Collections.Immutable;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// Text parts of which must not leave the evaluator in clear, or are not known. It keeps which parts,
/// so that a message shows what may be shown and a placeholder for the rest.
/// </summary>
public sealed class GuardedText
{
    /// <summary>What stands for a value that is not known until the change is applied, as Terraform prints it.</summary>
    public const string UnknownPlaceholder = "(known after apply)";

    internal GuardedText(string text, ImmutableArray<Range> secrets, bool isUnknown) =>
        (Text, Secrets, IsUnknown) = (text, secrets, isUnknown);

    /// <summary>A wholly unknown value.</summary>
    public static GuardedText Unknown { get; } = new(UnknownPlaceholder, [], isUnknown: true);

    /// <summary>A wholly sensitive value.</summary>
    public static GuardedText Secret(string text) => new(text, [new Range(0, text.Length)], isUnknown: false);

    /// <summary>Part of the text is not known, so neither comparing it nor branching on it has an answer.</summary>
    public bool IsUnknown { get; }

    /// <summary>The text in clear. For comparing and measuring only.</summary>
    internal string Text { get; }

    /// <summary>The parts of <see cref="Text"/> that may not be shown, ascending, not overlapping.</summary>
    internal ImmutableArray<Range> Secrets { get; }

    /// <summary>Never the text in clear.</summary>
    public override string ToString() => IsUnknown ? UnknownPlaceholder : "(sensitive)";
}
