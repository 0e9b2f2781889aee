using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace GitOpsPolicy.Reconciler.Tests.Browser;

/// <summary>The DevTools protocol: commands with answers, and events.</summary>
public sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly List<Action<string, string, JsonElement>> listeners = [];
    private Task reading = Task.CompletedTask;
    private int last;

    private DevTools()
    {
    }

    /// <summary>Hears events: their session, name and content.</summary>
    public void Listen(Action<string, string, JsonElement> listener)
    {
        lock (listeners) listeners.Add(listener);
    }

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        await tools.socket.ConnectAsync(address, CancellationToken.None);
        tools.reading = tools.ReadAsync();
        return tools;
    }

    public async Task<JsonElement> SendAsync(string method, object? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = id, ["method"] = method, ["params"] = parameters ?? new { }, ["sessionId"] = session,
        }.Where(static part => part.Value is not null).ToDictionary(StringComparer.Ordinal));
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        sending.Dispose();
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (!ending.IsCancellationRequested)
        {
            var received = await socket.ReceiveAsync(buffer, ending.Token);
            message.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage) continue;
            using var read = JsonDocument.Parse(message.ToArray());
            message.SetLength(0);
            Take(read.RootElement.Clone());
        }
    }

    private void Take(JsonElement message)
    {
        if (!message.TryGetProperty("id", out var id))
        {
            var session = message.TryGetProperty("sessionId", out var known) ? known.GetString()! : "";
            lock (listeners) listeners.ForEach(listener => listener(
                session, message.GetProperty("method").GetString()!, message.GetProperty("params")));
            return;
        }

        if (!waiting.TryRemove(id.GetInt32(), out var answer)) return;
        if (message.TryGetProperty("error", out var error)) answer.SetException(new InvalidOperationException(error.ToString()));
        else answer.SetResult(message.GetProperty("result"));
    }
}
