using System.Runtime.CompilerServices;

namespace GitOpsPolicy.Documents.Tests;

/// <summary>Where the test data lies in the work tree.</summary>
internal static class Fixtures
{
    /// <summary>Real manifests and plans that all test projects share.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "Fixtures"));

    /// <summary>The folder of this test project.</summary>
    public static string Project { get; } = Here();

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
