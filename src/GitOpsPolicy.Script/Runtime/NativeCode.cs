namespace GitOpsPolicy.Script.Runtime;

/// <summary>The code of a function that the host offers to rules.</summary>
/// <param name="run">The run in force: charge work to its budget before doing it.</param>
/// <param name="thisValue">The value of <c>this</c>.</param>
/// <param name="arguments">The arguments given; a missing one reads as undefined through <see cref="Arguments"/>.</param>
public delegate Value NativeCode(ScriptRun run, Value thisValue, Arguments arguments);

/// <summary>The code of a constructor of the language's own: what <c>new</c> does.</summary>
/// <param name="run">The run in force.</param>
/// <param name="arguments">The arguments given.</param>
/// <param name="newTarget">The function that <c>new</c> was applied to: the constructor itself, or a class that extends
/// it.</param>
internal delegate Value NativeConstruct(ScriptRun run, Arguments arguments, ScriptFunction newTarget);

/// <summary>Arguments of a call. Reading past the end gives undefined, as in the language.</summary>
public readonly ref struct Arguments(ReadOnlySpan<Value> values)
{
    private readonly ReadOnlySpan<Value> values = values;

    /// <summary>How many were given.</summary>
    public int Count => values.Length;

    /// <summary>One argument, counted from 0; undefined past the end.</summary>
    public Value this[int index] => (uint)index < (uint)values.Length ? values[index] : Value.Undefined;

    /// <summary>The arguments that were given.</summary>
    public ReadOnlySpan<Value> All => values;
}
