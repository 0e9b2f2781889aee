namespace GitOpsPolicy.Inputs.Files;

/// <summary>Where a path leads once every link on the way has been followed.</summary>
public static class RealPath
{
    /// <summary>As many links as Linux itself follows.</summary>
    private const int MaxLinks = 40;

    /// <summary>The absolute path without links; null when a link leads nowhere or in a circle.</summary>
    public static string? Of(string fullPath)
    {
        var pending = new Stack<string>();
        Push(pending, fullPath);
        var at = "/";
        var links = 0;
        while (pending.TryPop(out var step))
        {
            if (step == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Join(at, step);
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                if (links > 0 && !Path.Exists(next)) return null;
                at = next;
                continue;
            }

            if (++links > MaxLinks) return null;
            if (Path.IsPathRooted(target)) at = "/";
            Push(pending, target);
        }

        return at;
    }

    /// <summary>True when a path is a folder or lies somewhere below it; both absolute.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var root = folder.TrimEnd('/');
        return path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');
    }

    private static void Push(Stack<string> pending, string path)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = steps.Length - 1; i >= 0; i--)
            if (steps[i] != ".") pending.Push(steps[i]);
    }
}
