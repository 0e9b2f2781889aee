using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script;

/// <summary>Makes values for rules to see. What it makes is frozen, so it may be shared between runs.</summary>
public static class ScriptValues
{
    /// <summary>A frozen array.</summary>
    public static Value Array(IEnumerable<Value> items)
    {
        var array = new ScriptArray([.. items]);
        array.Freeze();
        return Value.Of(array);
    }

    /// <summary>A frozen array.</summary>
    public static Value Array(params ReadOnlySpan<Value> items)
    {
        var array = new ScriptArray(items.ToArray());
        array.Freeze();
        return Value.Of(array);
    }

    /// <summary>A frozen object. Of two members with one name the later wins.</summary>
    public static Value Object(params ReadOnlySpan<(string Name, Value Value)> members)
    {
        var record = new ScriptRecord();
        foreach (ref readonly var member in members) record.Define(member.Name, member.Value);
        record.Freeze();
        return Value.Of(record);
    }
}
