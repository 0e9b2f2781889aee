using System.Diagnostics;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>
/// Programs that never outlive the test process. A shell starts them and waits at a pipe that this process holds open; however
/// this process ends, killed included, the pipe closes, and the shell ends the programs and removes their folder.
/// </summary>
internal sealed class Guardian : IAsyncDisposable
{
    private const string Script = """
        exec >/dev/null 2>&1
        trap : INT TERM HUP
        pids=
        while IFS= read -r line; do eval "$line" & pids="$pids $!"; done
        kill $pids
        (sleep 10; kill -9 $pids) &
        wait $pids
        kill $!
        rm -rf -- "$1"
        """;

    private readonly Process shell;

    /// <summary>Starts the shell.</summary>
    /// <param name="folder">The folder to remove at the end.</param>
    public Guardian(string folder)
    {
        Folder = folder;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Script, "guardian", folder]) start.ArgumentList.Add(argument);
        shell = Process.Start(start)!;
    }

    /// <summary>The folder of the programs: logs, keys, data.</summary>
    public string Folder { get; }

    /// <summary>Starts a program; what it writes goes to <c>NAME.log</c>.</summary>
    public void Start(string name, string program, IEnumerable<string> arguments)
    {
        var words = string.Join(' ', arguments.Prepend(program).Select(Quote));
        shell.StandardInput.WriteLine($"exec {words} >{Quote(Path.Join(Folder, name + ".log"))} 2>&1 </dev/null");
        shell.StandardInput.Flush();
    }

    /// <summary>Starts a program, and again whenever it ends: one that gives up when its server is slow to answer.</summary>
    public void KeepRunning(string name, string program, IEnumerable<string> arguments)
    {
        var words = string.Join(' ', arguments.Prepend(program).Select(Quote));
        shell.StandardInput.WriteLine($"trap 'kill $child; wait $child; exit' TERM; while :; do {words} >>{Quote(Path.Join(Folder, name + ".log"))} 2>&1 </dev/null & child=$!; wait $child; sleep 1; done");
        shell.StandardInput.Flush();
    }

    /// <summary>Closes the pipe, as the end of this process would.</summary>
    public void LetGo() => shell.StandardInput.Close();

    /// <summary>Waits until all programs have ended and the folder is gone.</summary>
    public Task GoneAsync() => shell.WaitForExitAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        LetGo();
        await GoneAsync();
        shell.Dispose();
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
