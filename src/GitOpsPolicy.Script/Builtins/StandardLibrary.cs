namespace GitOpsPolicy.Script.Builtins;

/// <summary>The standard objects of the language, as far as rules may use them.</summary>
internal static class StandardLibrary
{
    /// <summary>Fills the language's own objects. Called once, before anything else is run.</summary>
    public static void Install()
    {
        ObjectConstructor.Install();
        ObjectProperties.Install();
        FunctionMethods.Install();
        FunctionMethods.InstallGenerators();
        IteratorMethods.Install();
        Compilation.GeneratorMethods.Install();
        ArrayConstructor.Install();
        ArrayReading.Install();
        ArraySearching.Install();
        ArrayChanging.Install();
        ArrayCopying.Install();
        StringConstructor.Install();
        StringMethods.Install();
        StringSearching.Install();
        StringPatterns.Install();
        NumberMethods.Install();
        PrimitiveMethods.Install();
        MathFunctions.Install();
        JsonFunctions.Install();
        RegExpMethods.Install();
        MapMethods.Install();
        SetMethods.Install();
        ErrorMethods.Install();
        UriFunctions.Install();
        GlobalFunctions.Install();
    }
}
