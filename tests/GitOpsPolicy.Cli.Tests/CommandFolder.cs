namespace GitOpsPolicy.Cli.Tests;

/// <summary>A folder of its own to run commands in, gone after the test.</summary>
internal sealed class CommandFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-");

    /// <summary>Environment variables that commands see.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>The full path of a file in it.</summary>
    public string PathOf(string path) => Path.Combine(folder.FullName, path);

    /// <summary>Writes a file; its folders come to be.</summary>
    public CommandFolder Write(string path, string text)
    {
        var file = new FileInfo(PathOf(path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
        return this;
    }

    /// <summary>The text of a file.</summary>
    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Runs one command line.</summary>
    public async Task<(int Exit, string Out, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = errors,
            In = static () => Stream.Null,
            Variable = name => Variables.GetValueOrDefault(name),
            WorkingDirectory = folder.FullName,
        };
        var exit = await Application.RunAsync(args, terminal, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
