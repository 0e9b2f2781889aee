namespace GitOpsPolicy.Script.Builtins;

/// <summary>The standard objects of the language, as far as rules may use them.</summary>
internal static class StandardLibrary
{
    /// <summary>Fills the language's own objects. Called once, before anything else is run.</summary>
    public static void Install()
    {
    }
}
