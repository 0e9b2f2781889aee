using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>A test that runs where all these tools are installed, and is told as skipped where one is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsToolsAttribute : FactAttribute
{
    public NeedsToolsAttribute(params string[] tools) => Skip = Tools.Missing(tools);
}

/// <summary>The same for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryNeedsToolsAttribute : TheoryAttribute
{
    public TheoryNeedsToolsAttribute(params string[] tools) => Skip = Tools.Missing(tools);
}

/// <summary>Programs on the PATH.</summary>
internal static class Tools
{
    /// <summary>Why a test cannot run here; null when it can.</summary>
    public static string? Missing(string[] tools)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var missing = tools.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool))));
        return missing is null ? null : $"`{missing}` is not on the PATH";
    }
}
