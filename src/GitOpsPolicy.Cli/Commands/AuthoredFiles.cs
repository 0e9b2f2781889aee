using GitOpsPolicy.Authoring;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Writes files for authors into one folder, and says which.</summary>
/// <param name="terminal">Where it says so.</param>
/// <param name="folder">The folder, as the user named it.</param>
internal sealed class AuthoredFiles(Terminal terminal, string folder)
{
    private readonly ReportFiles files = new(terminal, []);

    /// <summary>Makes the folder itself, where it is not there.</summary>
    public void MakeFolder() => files.MakeFolder(folder);

    /// <summary>Writes a file that belongs to us, whatever is there.</summary>
    public void Write(AuthoredFile file)
    {
        var path = PathOf(file);
        var full = Full(path);
        if (File.Exists(full) && File.ReadAllText(full) == file.Text)
        {
            terminal.Out.WriteLine($"same     {path}");
            return;
        }

        files.MakeFolder(Path.GetDirectoryName(path)!);
        files.WriteFile(path, writer => writer.Write(file.Text));
        terminal.Out.WriteLine($"written  {path}");
    }

    /// <summary>Writes a file that will be the user's, unless one is there.</summary>
    /// <returns>True when it was written, or is there with the same text.</returns>
    public bool WriteNew(AuthoredFile file)
    {
        var path = PathOf(file);
        if (!Path.Exists(Full(path)) || File.ReadAllText(Full(path)) == file.Text)
        {
            Write(file);
            return true;
        }

        terminal.Out.WriteLine($"kept     {path}, as it is there");
        return false;
    }

    /// <summary>Something is there.</summary>
    public bool Exists(string path) => Path.Exists(Full(PathOf(path)));

    /// <summary>A path as the user would write it.</summary>
    public string PathOf(string path) => folder is "" or "." ? path : $"{folder.TrimEnd('/')}/{path}";

    private string PathOf(AuthoredFile file) => PathOf(file.Path);

    private string Full(string path) => Path.GetFullPath(Path.Combine(terminal.WorkingDirectory, path));
}
