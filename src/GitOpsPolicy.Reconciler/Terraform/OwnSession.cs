using System.Runtime.InteropServices;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// A session of its own for a program and all that it starts: nothing of it stays when the run ends, Ctrl-C of a terminal reaches
/// none of it, and the program is told to stop (SIGTERM) when the engine is gone without having said so. It is <c>setsid</c> and
/// <c>setpriv</c> of util-linux that do so; where a machine has none, a run that is stopped ends with the children that can still
/// be found.
/// </summary>
internal static class OwnSession
{
    private const int Kill = 9;
    private const int Terminate = 15;

    // Nothing of what is run stands in it: the shell moves the outputs away, and hands on the first request to end and no other.
    // When an engine is killed, Linux sends the signal anew for each of its threads that the program is a child of in turn, and
    // Terraform takes a second one for an order to leave at once, with what it is making unknown to its state. A wait that a signal
    // ends early is taken up again; 127 is the word for a program that was waited for already.
    private const string Quietly =
        """
        umask 077
        trap 'test "$!" || exit 143; again=1; trap "again=1" TERM; kill -TERM $!' TERM
        "$@" >/dev/null 2>"$0" &
        again=1
        while test "$again"; do
          again=
          wait $!; code=$?
          test $code = 127 || ended=$code
        done
        exit ${ended:-127}
        """;

    private static readonly Lazy<string[]> Way = new(FindWay);
    private static readonly Lazy<string?> Shell = new(static () =>
        !OperatingSystem.IsWindows() && Tool.TryFind("sh", out var shell) ? shell : null);

    /// <summary>The words that run a program so.</summary>
    public static string[] Around(string executable) => [.. Way.Value, executable];

    /// <summary>
    /// The words that run a program without a reader: a program of Go that writes to a pipe which nobody reads any more dies of
    /// it, and one that writes a state had better not when the engine is gone. Null where there is no shell to do that.
    /// </summary>
    /// <param name="executable">The program.</param>
    /// <param name="errors">The file that its errors go to.</param>
    public static string[]? Unread(string executable, string errors) =>
        Shell.Value is { } shell ? [.. Around(shell), "-c", Quietly, errors, executable] : null;

    /// <summary>Asks a program to end.</summary>
    public static void Ask(int process) => _ = Signal(process, Terminate);

    /// <summary>Ends what is left of a session whose program has ended.</summary>
    /// <param name="session">The id of its program.</param>
    public static void End(int session)
    {
        if (Way.Value.Length > 0) _ = Signal(-session, Kill);
    }

    // Some have a `setpriv` that knows no signal for the death of a parent (BusyBox). The signal comes when the thread ends that
    // started the program: each run has one for itself, which waits for it.
    private static string[] FindWay()
    {
        if (OperatingSystem.IsWindows() || !Tool.TryFind("setsid", out var setsid)) return [];
        string[] dying = Tool.TryFind("setpriv", out var setpriv) ? [setpriv, "--pdeathsig", "TERM", "--"] : [];
        return dying.Length > 0 && Works([.. dying, setsid, "true"]) ? [.. dying, setsid]
            : Works([setsid, "true"]) ? [setsid]
            : [];
    }

    private static bool Works(string[] words) =>
        new Tool(words[0], new Dictionary<string, string>()).Run("/", words[1..], TimeSpan.FromSeconds(10), 1024).Succeeded;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
