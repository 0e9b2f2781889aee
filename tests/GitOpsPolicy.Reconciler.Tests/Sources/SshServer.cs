using System.Diagnostics;
using System.Net.Sockets;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Reconciler.Tests.Sources;

/// <summary>A real sshd on loopback that lets in one key.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    public SshServer(int port)
    {
        Port = port;
        foreach (var key in (string[])["host", "user", "other"])
            folder.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        folder.Write(
            "sshd_config",
            $"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder.At("host")}\nAuthorizedKeysFile {folder.At("user.pub")}\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n");
        // Where root runs it, it wants this folder.
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd");
        process = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", folder.At("sshd_config")])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        while (!Answers() && !process.HasExited) Thread.Yield();
    }

    public int Port { get; }

    public string Key(string name) => File.ReadAllText(folder.At(name));

    /// <summary>A line of <c>known_hosts</c>.</summary>
    public string Known(string host, string key) => $"[{host}]:{Port} {string.Join(' ', Key(key + ".pub").Split(' ').Take(2))}";

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
