namespace GitOpsPolicy.Inputs.Git;

/// <summary>Maps paths as the user writes them to paths from the top of the repository.</summary>
/// <param name="top">Absolute path of the work tree's top.</param>
/// <param name="prefix">The folder that paths are relative to, from the top, with a slash at its end; empty for the top.</param>
internal sealed class GitPaths(string top, string prefix)
{
    /// <summary>A path from the top as the user writes it.</summary>
    public string Show(string mapped)
    {
        var (own, up) = (prefix, "");
        while (!mapped.StartsWith(own, StringComparison.Ordinal))
        {
            own = own[..(own.TrimEnd('/').LastIndexOf('/') + 1)];
            up += "../";
        }

        return up + mapped[own.Length..];
    }

    /// <summary>The path from the top; false for one that leads out of the repository.</summary>
    public bool TryMap(string path, out string mapped)
    {
        mapped = "";
        if (!path.StartsWith('/')) return TryNormalize(prefix + path, out mapped);
        if (path == top) return true;
        return path.StartsWith(top + "/", StringComparison.Ordinal) && TryNormalize(path[(top.Length + 1)..], out mapped);
    }

    /// <summary>Resolves <c>.</c> and <c>..</c>; false when a path climbs out.</summary>
    public static bool TryNormalize(string path, out string normalized)
    {
        var steps = new List<string>();
        normalized = "";
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".") continue;
            if (step != "..") steps.Add(step);
            else if (steps.Count == 0) return false;
            else steps.RemoveAt(steps.Count - 1);
        }

        normalized = string.Join('/', steps);
        return true;
    }
}
