using System.Collections.Concurrent;
using System.Text.Json;

namespace GitOpsPolicy.Reconciler.Tests.Browser;

/// <summary>A tab of the browser.</summary>
public sealed class BrowserTab
{
    private readonly DevTools tools;
    private readonly string session;
    private TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrowserTab(DevTools tools, string session)
    {
        this.tools = tools;
        this.session = session;
        tools.Listen(Hear);
    }

    /// <summary>
    /// What the browser complained about: violations of the content security policy, failed requests, errors of scripts.
    /// </summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public Task<JsonElement> SendAsync(string method, object? parameters = null) => tools.SendAsync(method, parameters, session);

    /// <summary>Shows a page as on a screen of some size, in a colour scheme.</summary>
    public async Task LookAsync(int width, int height, string scheme = "light", bool isPhone = false)
    {
        await SendAsync(
            "Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = isPhone ? 2 : 1, mobile = isPhone });
        await SendAsync(
            "Emulation.setEmulatedMedia",
            new
            {
                media = "screen",
                features = new[] { new
                {
                    name = "prefers-color-scheme",
                    value = scheme,
                }, new { name = "prefers-reduced-motion", value = "reduce" } },
            });
    }

    public async Task GoAsync(Uri address)
    {
        loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new { url = address.AbsoluteUri });
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Does something that leads to another page, and waits for it.</summary>
    public async Task FollowAsync(Func<Task> step)
    {
        loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await step();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Asks the page; the answer is a value.</summary>
    public async Task<JsonElement> AskAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true });
        return answer.TryGetProperty("exceptionDetails", out var failure)
            ? throw new InvalidOperationException(failure.ToString())
            : answer.GetProperty("result").GetProperty("value");
    }

    public async Task PressAsync(string key, int code, string? text = null, int modifiers = 0)
    {
        await SendAsync(
            "Input.dispatchKeyEvent",
            new
            {
                type = text is null ? "rawKeyDown" : "keyDown",
                key,
                code = key,
                windowsVirtualKeyCode = code,
                modifiers,
                text = text ?? "",
            });
        await SendAsync(
            "Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code, modifiers });
    }

    /// <summary>Takes a picture of the whole page, or of what is on the screen.</summary>
    public async Task ScreenshotAsync(string path, bool isWhole = true, int most = 8_000)
    {
        var size = (await SendAsync("Page.getLayoutMetrics")).GetProperty("cssContentSize");
        object parameters = isWhole
            ? new
            {
                format = "png",
                captureBeyondViewport = true,
                clip = new
                {
                    x = 0,
                    y = 0,
                    width = size.GetProperty("width").GetDouble(),
                    height = Math.Min(most, size.GetProperty("height").GetDouble()),
                    scale = 1,
                },
            }
            : new { format = "png" };
        var shot = await SendAsync("Page.captureScreenshot", parameters);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, shot.GetProperty("data").GetBytesFromBase64());
    }

    private void Hear(string from, string what, JsonElement content)
    {
        if (from != session) return;
        switch (what)
        {
            case "Page.loadEventFired":
                loaded.TrySetResult();
                break;
            case "Log.entryAdded":
                Complaints.Enqueue(content.GetProperty("entry").GetProperty("text").GetString()!);
                break;
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled":
                Complaints.Enqueue(content.ToString());
                break;
        }
    }
}
