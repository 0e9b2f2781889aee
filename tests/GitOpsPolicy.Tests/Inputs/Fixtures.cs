namespace GitOpsPolicy.Tests.Inputs;

/// <summary>The published files below <c>tests/Fixtures</c>.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Path.Combine(Repository(), "tests", "Fixtures");

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "GitOpsPolicy.sln"))) return at.FullName;
        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
