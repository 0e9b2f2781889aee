using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Instrumentation;

/// <summary>
/// Watches scripts run. It is given when a script is loaded; scripts loaded without one run as if there were none. Fuel is the
/// same either way.
/// </summary>
/// <threadsafety>Called by every thread that runs the script.</threadsafety>
public abstract class ScriptObserver
{
    /// <summary>Report what is read from documents and from the host's objects too: <see cref="Read"/>.</summary>
    public virtual bool WantsReads => false;

    /// <summary>A place was compiled. The same place is found again each time its text is loaded.</summary>
    public abstract void Found(ScriptPlace place);

    /// <summary>A run came to a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="outcome">Which way it goes there: an index into <see cref="ScriptPlace.Outcomes"/>.</param>
    public abstract void Reached(ScriptPlace place, int outcome);

    /// <summary>A run read a property, or called a function of another module.</summary>
    public virtual void Read(in ScriptRead read)
    {
    }
}

/// <summary>Something a run read.</summary>
/// <param name="At">Where in the script.</param>
/// <param name="Path">What was read, as written: <c>change.after.spec</c>.</param>
/// <param name="Holder">The node that the property was looked for in; null when it was no document's.</param>
/// <param name="Value">The value; undefined when there is none.</param>
public readonly record struct ScriptRead(SourceLocation At, string Path, Node? Holder, Value Value);

/// <summary>What is done to a script when it is compiled, besides compiling it.</summary>
public sealed record ScriptInstrumentation
{
    /// <summary>Watches it run; null for none.</summary>
    public ScriptObserver? Observer { get; init; }

    /// <summary>Takes every change that could be made to it; null for none. Nothing is changed by this.</summary>
    public ICollection<ScriptMutation>? Mutations { get; init; }

    /// <summary>The one change to make; null for none. A text that it is not about is compiled as it is.</summary>
    public ScriptMutation? Mutation { get; init; }

    /// <summary>
    /// For an expression that decides whether something is done at all, what it is called: it counts as a condition, as that of
    /// an <c>if</c> does. Null for any other text.
    /// </summary>
    public string? Condition { get; init; }

    /// <summary>
    /// Offers a change that a host would make to what it reads itself: notes it, and says whether it is the one to make.
    /// </summary>
    public bool Makes(SourceLocation at, string change)
    {
        var mutation = new ScriptMutation(at, change, 0);
        Mutations?.Add(mutation);
        return mutation == Mutation;
    }
}

/// <summary>A small change to a script that its tests should notice.</summary>
/// <param name="Location">Where it is made.</param>
/// <param name="Change">What is changed: <c>`===` to `!==`</c>.</param>
/// <param name="Ordinal">Tells the changes of one text apart.</param>
public sealed record ScriptMutation(SourceLocation Location, string Change, int Ordinal);
