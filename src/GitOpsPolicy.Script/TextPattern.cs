using System.Diagnostics.CodeAnalysis;
using GitOpsPolicy.Script.RegularExpressions;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary>
/// A regular expression that a user writes outside of scripts. It means what <c>/…/</c> without flags means in a rule, and is
/// matched by the same linear-time matcher.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class TextPattern
{
    private readonly Pattern pattern;

    private TextPattern(Pattern pattern) => this.pattern = pattern;

    /// <summary>Makes one; false with the reason and its place when the text is none, or one that is not supported.</summary>
    /// <param name="source">What would stand between the slashes.</param>
    /// <param name="made">The expression.</param>
    /// <param name="flaw">What is wrong with the text.</param>
    public static bool TryMake(string source, [NotNullWhen(true)] out TextPattern? made, out TextPatternFlaw flaw)
    {
        (made, flaw) = (null, default);
        if (Pattern.TryCompile(source, "", out var pattern, out var problem)) made = new(pattern);
        else flaw = new(problem.Message, problem.Offset, problem.IsUnsupported);
        return made is not null;
    }

    /// <summary>Whether the expression is found in a text that came from the input. The run pays for looking.</summary>
    /// <exception cref="ScriptException">The run has used up its budget.</exception>
    public bool IsMatch(ScriptRun run, string text) =>
        new PatternMatcher(pattern, text, new RunMeter(run)).Match(0, sticky: false) is not null;

    /// <summary>Whether the expression is found in a text of the user's own, such as a parameter.</summary>
    public bool IsMatch(string text) => new PatternMatcher(pattern, text, Unmetered.Instance).Match(0, sticky: false) is not null;

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => pattern.Source;

    private sealed class Unmetered : StepMeter
    {
        public static readonly Unmetered Instance = new();

        public override void Spend(long steps)
        {
        }

        public override void Reserve(long bytes)
        {
        }
    }
}

/// <summary>Why a text is no regular expression that can be used.</summary>
/// <param name="Message">What is wrong, without the place.</param>
/// <param name="Offset">Where in the text, in UTF-16 code units from 0.</param>
/// <param name="IsUnsupported">The language has it, this evaluator does not; the message says what to write instead.</param>
public readonly record struct TextPatternFlaw(string Message, int Offset, bool IsUnsupported);
