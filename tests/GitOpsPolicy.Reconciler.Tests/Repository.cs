namespace GitOpsPolicy.Reconciler.Tests;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    /// <summary>The top folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GitOpsPolicy.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
