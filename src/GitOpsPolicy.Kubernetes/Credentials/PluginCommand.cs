using System.Collections.Immutable;
using GitOpsPolicy.Kubernetes.Configuration;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>Whether a credential plugin may ask the person at the terminal.</summary>
internal enum InteractiveMode
{
    /// <summary>It never asks.</summary>
    Never,

    /// <summary>It asks when there is a terminal.</summary>
    IfAvailable,

    /// <summary>It cannot work without a terminal.</summary>
    Always,
}

/// <summary>A program that gives credentials, as a kubeconfig names it.</summary>
internal sealed record PluginCommand
{
    /// <summary>The version in which it is talked to.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>A bare name for a program in <c>PATH</c>, else a path; a relative one starts at <see cref="Folder"/>.</summary>
    public required string Command { get; init; }

    /// <summary>The folder of the kubeconfig.</summary>
    public required string Folder { get; init; }

    /// <summary>Arguments, one by one.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Variables beside those of this process.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What to tell somebody who lacks the program; null for nothing.</summary>
    public string? InstallHint { get; init; }

    /// <summary>Whether it may ask.</summary>
    public InteractiveMode InteractiveMode { get; init; }

    /// <summary>The cluster to tell it about; null when it does not want to know.</summary>
    public ClusterConnection? Cluster { get; init; }

    /// <summary>
    /// The program's absolute path; null when there is none. A bare name is looked for in the absolute folders of <c>PATH</c>
    /// alone: .NET's own search would begin in the current folder, where whoever wrote a repository may have put a program.
    /// </summary>
    public string? Find()
    {
        if (Command.Contains(Path.DirectorySeparatorChar) || Command.Contains(Path.AltDirectorySeparatorChar))
        {
            var path = Path.GetFullPath(Command, Folder);
            return File.Exists(path) ? path : null;
        }

        var file = OperatingSystem.IsWindows() && !Path.HasExtension(Command) ? Command + ".exe" : Command;
        return (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Join(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
