namespace GitOpsPolicy.Script.Runtime;

public sealed partial class ScriptRun
{
    /// <summary>
    /// Goes one level deeper in work of the host's that nests, such as flattening; counts like a call until disposed.
    /// </summary>
    /// <exception cref="ScriptException">Calls are nested too deep already.</exception>
    internal Nesting Nest()
    {
        Descend();
        return new(this);
    }

    /// <summary>One level of nested work.</summary>
    internal readonly ref struct Nesting(ScriptRun run)
    {
        /// <summary>Comes back up.</summary>
        public void Dispose() => run.callDepth--;
    }
}
