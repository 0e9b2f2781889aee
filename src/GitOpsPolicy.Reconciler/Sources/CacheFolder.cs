using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>The folder for mirrors and private files, and what is wrong with one.</summary>
public static class CacheFolder
{
    // errno of Linux and macOS, which is what .NET says for what it has no exception for.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;

    /// <summary>
    /// Makes it for this user alone where there is none yet, since what is mirrored is not for others to read, and looks whether
    /// files can be made in it.
    /// </summary>
    /// <returns>Why it cannot be used, as the rest of a sentence about it; null where it can.</returns>
    public static string? Refusal(string folder)
    {
        try
        {
            PrivateFolder.MakeOwned(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose)) return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return WhyNot(folder, e);
        }
    }

    /// <summary>Why something in it failed, as the rest of a sentence about it.</summary>
    internal static string WhyNot(string folder, Exception e) => e switch
    {
        _ when FileInTheWay(folder) is { } file => file == folder ? "is a file" : $"cannot be made, since `{file}` is a file",
        UnauthorizedAccessException => "may not be written to by this user",
        DirectoryNotFoundException or FileNotFoundException => "cannot be made there",
        { HResult: ReadOnlyFileSystem } => "lies on a file system that is only for reading",
        { HResult: NoSpace } => "lies on a disk that is full",
        _ => $"cannot be written to: {SafeText.OneLine(e.Message)}",
    };

    private static string? FileInTheWay(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(at)) return at;
        return null;
    }
}
