using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// One run of a rule: its budget and its stack. The same program on the same input uses the same fuel on every machine.
/// A run leaves no trace for the next one.
/// </summary>
/// <threadsafety>One thread at a time.</threadsafety>
public sealed partial class ScriptRun(ScriptBudget budget)
{
    /// <summary>Estimated bytes of one element of an array.</summary>
    internal const int ElementBytes = 24;

    /// <summary>Estimated bytes of one property of an object.</summary>
    internal const int PropertyBytes = 80;

    /// <summary>Estimated bytes of an object without properties.</summary>
    internal const int ObjectBytes = 64;

    private long fuel = budget.Fuel;
    private long memory = budget.MemoryBytes;
    private int callDepth;
    private bool isEntered;

    /// <summary>The limits in force.</summary>
    public ScriptBudget Budget { get; private set; } = budget;

    /// <summary>Fuel used so far.</summary>
    public long FuelUsed => Math.Min(Budget.Fuel, Budget.Fuel - fuel);

    /// <summary>Estimated bytes allocated so far; what is no longer in use counts too.</summary>
    public long MemoryUsed => Math.Min(Budget.MemoryBytes, Budget.MemoryBytes - memory);

    /// <summary>Calls a function.</summary>
    /// <exception cref="ScriptException">The script threw, or used up its budget.</exception>
    /// <exception cref="UndeterminedException">The script had to know an unknown value.</exception>
    public Value Call(Value function, Value thisValue, params ReadOnlySpan<Value> arguments)
    {
        if (!isEntered) return Enter(function, thisValue, arguments);
        if (function.Reference is not ScriptFunction code) throw NotCallable(function);
        Charge(1);
        return Invoke(code, thisValue, arguments);
    }

    /// <summary>Whether a value counts as true.</summary>
    /// <exception cref="UndeterminedException">The value is not known.</exception>
    public bool Truthy(Value value) => value.IsUnknown ? throw Undetermined(value) : Conversion.IsTruthy(value);

    /// <summary>Charges steps before they are done.</summary>
    /// <exception cref="ScriptException">There is not so much fuel left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long steps)
    {
        if ((fuel -= steps) < 0) throw OutOfFuel();
    }

    /// <summary>Charges bytes before they are allocated.</summary>
    /// <exception cref="ScriptException">There is not so much memory left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Allocate(long bytes)
    {
        if ((memory -= bytes) < 0) throw OutOfMemory();
    }

    /// <summary>Charges looking through text: a step per 16 characters of long text, nothing for short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ChargeScan(int length)
    {
        if (length >= 64) Charge(length >> 4);
    }

    /// <summary>Charges the handling of text: a step per 16 bytes, and its memory.</summary>
    internal void ChargeText(long length)
    {
        Charge((length >> 3) + 1);
        Allocate((length * 2) + 24);
    }

    /// <summary>Applies <c>new</c> to a value.</summary>
    internal Value Construct(in Value constructor, ReadOnlySpan<Value> arguments, ScriptFunction? newTarget = null)
    {
        if (constructor.Reference is not ScriptFunction { IsConstructor: true } code)
            throw TypeError("the value after `new` is not a constructor");
        Charge(1);
        var (frames, calls) = (frameDepth, callDepth);
        Descend();
        try
        {
            return code.Construct(this, arguments, newTarget ?? code);
        }
        finally
        {
            callDepth = calls;
            frameDepth = frames;
        }
    }

    /// <summary>Calls a function whose call has been charged.</summary>
    internal Value Invoke(ScriptFunction function, in Value thisValue, ReadOnlySpan<Value> arguments)
    {
        var (frames, calls) = (frameDepth, callDepth);
        Descend();
        try
        {
            return function.Call(this, thisValue, arguments);
        }
        finally
        {
            callDepth = calls;
            frameDepth = frames;
        }
    }

    /// <summary>
    /// Runs work of the host's that may call into a script, turning what the script throws into what hosts see.
    /// </summary>
    internal T Guarded<T>(Func<T> work)
    {
        if (isEntered) return work();
        isEntered = true;
        try
        {
            return work();
        }
        catch (ScriptThrow thrown)
        {
            throw Failure(thrown);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Goes one level deeper: a call, or a level of a built-in's own recursion. Two guards: the depth that the budget names, the
    /// same everywhere, and the thread's own stack as a last resort.
    /// </summary>
    private void Descend()
    {
        if (++callDepth > Budget.CallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            callDepth--;
            throw new ScriptException(ScriptFailure.TooDeep, $"calls are nested more than {Budget.CallDepth} deep", Location);
        }
    }

    private Value Enter(in Value function, in Value thisValue, ReadOnlySpan<Value> arguments)
    {
        isEntered = true;
        try
        {
            return Call(function, thisValue, arguments);
        }
        catch (ScriptThrow thrown)
        {
            throw Failure(thrown);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        isEntered = false;
        callDepth = 0;
        frameDepth = 0;
    }
}
