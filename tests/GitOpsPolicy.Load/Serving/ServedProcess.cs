using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GitOpsPolicy.Load.Serving;

/// <summary>What a process has used.</summary>
/// <param name="Processor">Processor time, user and system.</param>
/// <param name="Megabytes">Memory in RAM.</param>
/// <param name="PeakMegabytes">The most it was.</param>
internal sealed record Usage(TimeSpan Processor, double Megabytes, double PeakMegabytes);

/// <summary>A server that runs as a process of its own.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Process process;
    private readonly System.Text.StringBuilder said = new();

    private ServedProcess(ProcessStartInfo start, int port, int operationsPort, string authority)
    {
        (Address, Operations, Authority) = (new($"https://localhost:{port}/"), new($"http://127.0.0.1:{operationsPort}/"),
            authority);
        Started = Stopwatch.GetTimestamp();
        process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Where reviews are taken.</summary>
    public Uri Address { get; }

    /// <summary>Where probes and metrics are.</summary>
    public Uri Operations { get; }

    /// <summary>The file of the authorities that whoever calls it trusts.</summary>
    public string Authority { get; }

    /// <summary>When the process was started.</summary>
    public long Started { get; }

    /// <summary>From the start of the process to the first time that it said it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>What it has said on standard error.</summary>
    public string Said
    {
        get { lock (said) return said.ToString(); }
    }

    /// <summary>Starts <c>gitops-policy serve</c> in a folder, where its certificates are made too.</summary>
    public static ServedProcess Start(string program, string folder, ServeSettings settings)
    {
        var (port, operations) = settings.Ports ?? (FreePort(), FreePort());
        string[] arguments = [
            "serve", "--address", "127.0.0.1", "--port", Text(port), "--operations-port", Text(operations), .. settings.Arguments
        ];
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Environment) start.Environment[name] = value;
        return new(start, port, operations, Path.Combine(folder, "webhook-certs", "ca.crt"));
    }

    /// <summary>Starts this program once more, as a server that answers without judging.</summary>
    public static ServedProcess StartBare(string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            System.Environment.ProcessPath!, ["bare", Text(port), Path.Combine(folder, "webhook-certs")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Insert(0, typeof(ServedProcess).Assembly.Location);
        return new(start, port, 0, Path.Combine(folder, "webhook-certs", "ca.crt"));
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task<ServedProcess> ReadyAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (Stopwatch.GetElapsedTime(Started) < Patience && !process.HasExited)
        {
            if (await StatusAsync(client) == HttpStatusCode.OK)
            {
                ReadyAfter = Stopwatch.GetElapsedTime(Started);
                return this;
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        throw new InvalidOperationException($"The server is not ready; it said: {Said}");
    }

    /// <summary>The status of <c>/readyz</c>; null when nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(HttpClient client)
    {
        try
        {
            var probe = Operations.Port == 0 ? null : new Uri(Operations, "readyz");
            if (probe is null) return await CanConnectAsync() ? HttpStatusCode.OK : null;
            using var response = await client.GetAsync(probe);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>What it has used so far.</summary>
    /// <remarks>The 14th and 15th field of <c>/proc/PID/stat</c>, in hundredths of a second (proc_pid_stat(5)).</remarks>
    public Usage Use()
    {
        var folder = $"/proc/{Text(process.Id)}";
        var fields = File.ReadAllText(folder + "/stat");
        var after = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
        var status = File.ReadAllLines(folder + "/status");
        return new(
            TimeSpan.FromMilliseconds(10 * (Number(after[11]) + Number(after[12]))), Kilobytes(status, "VmRSS:") / 1024,
            Kilobytes(status, "VmHWM:") / 1024);
    }

    /// <summary>Asks it to end, as a kubelet does, and waits for that.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Text(process.Id)])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it at once, without a word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> CanConnectAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static double Kilobytes(string[] status, string name) => Number(
        status.First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How the webhook is started.</summary>
/// <param name="Arguments">What follows <c>serve</c>.</param>
internal sealed record ServeSettings(params IReadOnlyList<string> Arguments)
{
    /// <summary>Ports for reviews and for probes; null for any free ones.</summary>
    public (int Reviews, int Operations)? Ports { get; init; }

    /// <summary>Environment variables to set.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];
}
