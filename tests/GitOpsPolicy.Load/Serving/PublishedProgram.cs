using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GitOpsPolicy.Load.Serving;

/// <summary>The webhook as it ships: built for release, compiled ahead of time.</summary>
internal static class PublishedProgram
{
    /// <summary>Publishes it into <c>artifacts/load</c>, which is quick when nothing has changed.</summary>
    /// <returns>The path of the program.</returns>
    public static async Task<string> PublishAsync()
    {
        var root = RepositoryAbove(AppContext.BaseDirectory);
        var output = Path.Combine(root, "artifacts", "load", "publish");
        var arguments = new[] { "publish", Path.Combine(
            root, "src",
            "GitOpsPolicy.Cli"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output, "-nologo", "-v",
            "quiet" };
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })
            ?? throw new InvalidOperationException("dotnet did not start.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(output, "gitops-policy")
            : throw new InvalidOperationException($"The program cannot be published: {said}");
    }

    private static string RepositoryAbove(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "GitOpsPolicy.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No GitOpsPolicy.sln above {path}; give --program PATH.");
    }
}
