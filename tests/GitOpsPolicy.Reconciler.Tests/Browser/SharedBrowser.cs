using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Browser;

/// <summary>One browser for all tests of a class, started by the first that asks.</summary>
public sealed class SharedBrowser : IAsyncLifetime
{
    private Chromium? browser;

    public async Task<Chromium> GetAsync() => browser ??= await Chromium.StartAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
    }
}
