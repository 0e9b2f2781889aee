using System.Net;
using System.Text;

namespace GitOpsPolicy.Reconciler.Tests.Terraform;

/// <summary>
/// Keeps one state over HTTP with a lock that, unlike that of a file, nobody takes away from one who is gone (Terraform, backend
/// <c>http</c>).
/// </summary>
internal sealed class StateServer : IDisposable
{
    private const int Locked = 423;

    private readonly HttpListener listener = new();
    private readonly Lock gate = new();
    private byte[] state = [];

    public StateServer()
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>What a configuration says to keep its state here.</summary>
    public string Backend =>
        $"terraform {{\n  backend \"http\" {{\n    address        = \"{Address}\"\n    lock_address   = \"{Address}\"\n    unlock_address = \"{Address}\"\n  }}\n}}\n";

    /// <summary>Who holds the lock, as it said itself; null when nobody does.</summary>
    public string? Holder { get; private set; }

    /// <summary>How long the state is not given out.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The state.</summary>
    public string State
    {
        get
        {
            lock (gate) return Encoding.UTF8.GetString(state);
        }
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            if (context.Request.HttpMethod == "GET") await Task.Delay(Delay, TimeProvider.System);
            var (code, answer) = Answer(context.Request.HttpMethod, body.ToArray());
            context.Response.StatusCode = code;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException
            or ObjectDisposedException
            or IOException
            or InvalidOperationException)
        {
            // Somebody hung up.
        }
    }

    private (int Code, byte[] Answer) Answer(string method, byte[] body)
    {
        lock (gate)
        {
            switch (method)
            {
                case "LOCK" when Holder is { } holder:
                    return (Locked, Encoding.UTF8.GetBytes(holder));
                case "LOCK":
                    Holder = Encoding.UTF8.GetString(body);
                    return (200, []);
                case "UNLOCK":
                    Holder = null;
                    return (200, []);
                case "POST":
                    state = body;
                    return (200, []);
                default:
                    return (state.Length == 0 ? 404 : 200, state);
            }
        }
    }
}
