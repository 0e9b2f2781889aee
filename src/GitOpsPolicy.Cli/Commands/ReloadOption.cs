using System.CommandLine;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The option of commands that go on running about files that change meanwhile.</summary>
internal sealed class ReloadOption
{
    private readonly Option<double> reload;

    /// <summary>Makes it.</summary>
    /// <param name="files">Which files: <c>rule files</c>.</param>
    public ReloadOption(string files) =>
        reload = new("--reload")
        {
            HelpName = "SECONDS",
            Description = $"How often to look for changed {files}; 0 for never.",
            DefaultValueFactory = static _ => 2,
        };

    /// <summary>The option.</summary>
    public Option Option => reload;

    /// <summary>How often to look; null for never.</summary>
    /// <exception cref="UsageException">A number of seconds out of range.</exception>
    public TimeSpan? Every(ParseResult parsed) => parsed.GetValue(reload) switch
    {
        0 => null,
        var seconds and >= 0.01 and <= 3_600 => TimeSpan.FromSeconds(seconds),
        _ => throw new UsageException("`--reload` takes 0 to 3600 seconds"),
    };
}
