namespace GitOpsPolicy.Cli.Tests;

/// <summary>Runs commands in a folder of the test's own.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-");

    /// <summary>Runs one command.</summary>
    public Task<(int Exit, string Out, string Error)> Run(params string[] args) => RunWith("", args);

    /// <summary>Runs one command with a text on its standard input.</summary>
    public async Task<(int Exit, string Out, string Error)> RunWith(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = errors,
            In = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            Variable = static _ => null,
            WorkingDirectory = folder.FullName,
        };
        var exit = await Application.RunAsync(args, terminal, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }

    /// <summary>Writes a file; its folders come to be.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Reads a file.</summary>
    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>The files there are, in order.</summary>
    public string[] Files() =>
        [.. Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder.FullName, file))
            .Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string path) => Path.Combine(folder.FullName, path);
}
