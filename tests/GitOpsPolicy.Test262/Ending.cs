using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Test262;

/// <summary>How the evaluator got through a test.</summary>
internal abstract record Ending
{
    /// <summary>It ran to its end.</summary>
    public sealed record Normal : Ending;

    /// <summary>Its text was found wrong before it ran.</summary>
    public sealed record Rejected(string Problem) : Ending;

    /// <summary>Its text asks for what the evaluator leaves out.</summary>
    public sealed record Unsupported(string Problem) : Ending;

    /// <summary>It threw.</summary>
    /// <param name="Type">The name of the error's constructor.</param>
    /// <param name="Message">What the error says.</param>
    public sealed record Thrown(string Type, string Message) : Ending;

    /// <summary>It used up its budget.</summary>
    public sealed record Broken(string Reason) : Ending;

    /// <summary>
    /// The ending of a text with problems. After something unsupported the rest may be misread, so that goes first.
    /// </summary>
    public static Ending OfProblems(ImmutableArray<Problem> problems, string? where = null)
    {
        var prefix = where is null ? "" : $"{where}: ";
        var left = problems.FirstOrDefault(problem => problem.IsUnsupported);
        return left is not null ? new Unsupported(prefix + left.Message) : new Rejected(prefix + problems[0]);
    }

    /// <summary>The ending of a script that threw.</summary>
    public static Ending OfThrown(ScriptRun run, Value thrown)
    {
        try
        {
            var constructor = thrown.IsObject ? Objects.Get(run, thrown, "constructor") : Value.Undefined;
            var name = constructor.IsFunction && Objects.Get(run, constructor, "name").TryGetText(out var text)
                ? text
                : "no constructor";
            return new Thrown(name, ErrorText.Of(run, thrown));
        }
        catch (ScriptThrow)
        {
            return new Thrown("no constructor", "an object that cannot be read");
        }
    }

    /// <summary>What that means for a test.</summary>
    public (Outcome Outcome, string Reason) Against(Negative? negative) => (this, negative) switch
    {
        (Unsupported { Problem: var problem }, _) => (Outcome.Refused, problem),
        (Broken { Reason: var reason }, _) => (Outcome.Failed, reason),
        (Normal, null) => (Outcome.Passed, ""),
        (Rejected { Problem: var problem }, null) => (Outcome.Failed, problem),
        (Thrown { Message: var message }, null) => (Outcome.Failed, message),
        (Rejected, { Phase: "parse" or "early" or "resolution", Type: "SyntaxError" }) => (Outcome.Passed, ""),
        (Thrown { Type: var type }, { Phase: "runtime" } asked) when type == asked.Type => (Outcome.Passed, ""),
        (Thrown { Type: var type, Message: var message }, { } asked) =>
            (Outcome.Failed, $"{type} ({message}) instead of {asked.Type} at {asked.Phase}"),
        (Rejected { Problem: var problem }, { } asked) => (Outcome.Failed, $"{problem} instead of {asked.Type} at {asked.Phase}"),
        (_, { } asked) => (Outcome.Failed, $"no error instead of {asked.Type} at {asked.Phase}"),
        _ => throw new InvalidOperationException($"There is no outcome for {this}."),
    };
}
