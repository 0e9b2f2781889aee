using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Inputs.Diff;

/// <summary>
/// Where the base keeps what a path of the head stands for. At a revision that is the same path. In a base folder it is the
/// path below that folder where there is one, else the folder itself: <c>check head --base base</c> compares the two.
/// </summary>
internal sealed class BasePlaces
{
    private readonly FileTree baseFiles;
    private readonly List<(string Base, string Head)> pairs = [];

    /// <summary>Finds the places.</summary>
    public BasePlaces(FileTree baseFiles, string? baseFolder, IReadOnlyList<string> paths)
    {
        this.baseFiles = baseFiles;
        foreach (var path in paths) pairs.Add((Counterpart(baseFolder?.TrimEnd('/'), path), path));
    }

    /// <summary>The paths to read of the base.</summary>
    public IReadOnlyList<string> BasePaths =>
        pairs.ConvertAll(pair => pair.Base).Where(path => path != ManifestInput.StandardInput).ToList();

    /// <summary>True when a path of the head has a counterpart.</summary>
    public bool ExistsAtBase(string headPath)
    {
        var place = pairs.Find(pair => pair.Head == headPath).Base;
        return ManifestPaths.Expand(baseFiles, place) is not null;
    }

    /// <summary>The path at the head of a file of the base.</summary>
    public string HeadPathOf(string baseFile)
    {
        foreach (var (place, path) in pairs)
        {
            if (place == path) continue;
            if (baseFile == place) return path;
            if (baseFile.StartsWith(place + "/", StringComparison.Ordinal)) return path.TrimEnd('/') + baseFile[place.Length..];
        }

        return baseFile;
    }

    private string Counterpart(string? baseFolder, string path)
    {
        if (baseFolder is null) return path;
        if (path == ManifestInput.StandardInput) return baseFolder;
        var below = baseFolder + "/" + path;
        return !Path.IsPathRooted(path) && baseFiles.Find(below) != PathKind.Missing ? below.TrimEnd('/') : baseFolder;
    }
}
