namespace GitOpsPolicy.Script.Runtime;

/// <summary>
/// An object of the host's that rules see as an ordinary frozen object: its members are computed when they are read.
/// </summary>
public abstract class HostObject : ScriptObject
{
    /// <summary>The names of the members, in the order that <c>Object.keys</c> gives.</summary>
    public abstract IReadOnlyList<string> MemberNames { get; }

    /// <summary>Reads one member; false when the object has none of that name (the rule then sees undefined).</summary>
    public abstract bool TryGetMember(string name, out Value value);

    /// <summary>What the object turns into in text, such as <c>${change.resource}</c>; null for <c>[object Object]</c>.</summary>
    public virtual Value? Text => null;
}
