using System.Diagnostics;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>Waits for what comes by itself.</summary>
internal static class Eventually
{
    /// <summary>Waits until it is so; fails when it takes too long.</summary>
    public static async Task IsAsync(Func<bool> isIt, TimeSpan patience, Func<string>? told = null)
    {
        var begun = Stopwatch.StartNew();
        while (!isIt())
        {
            Assert.True(begun.Elapsed < patience, $"it did not come within {patience}{told?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
