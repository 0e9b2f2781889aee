using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GitOpsPolicy.Reconciler.Tests.Browser;

/// <summary>
/// A real browser without a window, spoken to over its DevTools protocol. Tests share one; each opens tabs of its own.
/// </summary>
public sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"
    ];

    private readonly Process process;
    private readonly string profile;
    private readonly DevTools devTools;

    private Chromium(Process process, string profile, DevTools devTools)
    {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
    }

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Program { get; } = Places.FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-chromium-").FullName;
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-extensions", "--disable-background-networking", "--disable-sync",
            "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-port=0", $"--user-data-dir={folder}",
            "about:blank",
        ];
        var start = new ProcessStartInfo(Program!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            string? line;
            Match match;
            do
            {
                line = await started.StandardError.ReadLineAsync(patience.Token)
                    ?? throw new InvalidOperationException("the browser ended before it listened");
                match = Listening().Match(line);
            }
            while (!match.Success);
            _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
            return new(started, folder, await DevTools.ConnectAsync(new(match.Groups["address"].Value)));
        }
        catch
        {
            started.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Opens a tab.</summary>
    public async Task<BrowserTab> OpenAsync()
    {
        var target = await devTools.SendAsync("Target.createTarget", new { url = "about:blank" });
        var attached = await devTools.SendAsync(
            "Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        var tab = new BrowserTab(devTools, attached.GetProperty("sessionId").GetString()!);
        foreach (var domain in (string[])["Page", "Runtime", "Log", "DOM", "Accessibility"])
            await tab.SendAsync(domain + ".enable");
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        await devTools.DisposeAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // a helper process of the browser may still write into it
        }
    }

    [GeneratedRegex(@"DevTools listening on (?<address>ws://\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
