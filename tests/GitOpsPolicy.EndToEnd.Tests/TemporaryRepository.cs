namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>A Git repository in a folder of its own, gone after the test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-policy-test-");

    /// <summary>The repository's folder.</summary>
    public string Folder => folder.FullName;

    /// <summary>An empty repository on branch <c>main</c>.</summary>
    public static async Task<TemporaryRepository> CreateAsync()
    {
        var repository = new TemporaryRepository();
        await repository.GitAsync("init", "-q", "-b", "main");
        return repository;
    }

    /// <summary>Writes a file; its folders come to be.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>What a file says.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Takes a file away.</summary>
    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    /// <summary>Commits everything there is.</summary>
    public async Task CommitAsync(string subject)
    {
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", subject);
    }

    /// <summary>The commit that `main` is at, as units call it.</summary>
    public string ShortHead => File.ReadAllText(Path.Combine(Folder, ".git", "refs", "heads", "main"))[..12];

    /// <summary>Runs Git in the repository; it has to succeed.</summary>
    public async Task GitAsync(params string[] arguments)
    {
        var ran = await Binary.StartAsync("git", Folder, "", arguments);
        if (ran.ExitCode != 0) throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {ran}");
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => folder.Delete(recursive: true);
}
