using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults.Lives;

/// <summary>
/// Units to which things happen that nobody thought of: the same few of them each time, or others for as many minutes as
/// <c>GITOPS_POLICY_LIVES</c> says.
/// </summary>
public sealed class LifeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task Whatever_happens_to_a_unit_it_ends_as_Git_says_and_nothing_is_lost(int seed) => Life.LiveAsync(seed, 60);

    [Fact]
    public async Task Other_lives_end_well_too()
    {
        if (!double.TryParse(
            Environment.GetEnvironmentVariable("GITOPS_POLICY_LIVES"), CultureInfo.InvariantCulture, out var minutes))
            return;
        var first = int.TryParse(
            Environment.GetEnvironmentVariable("GITOPS_POLICY_LIVES_FROM"), CultureInfo.InvariantCulture, out var from)
            ? from
            : 1000;
        var (begun, lived, failed) = (Stopwatch.StartNew(), 0, new List<string>());
        for (; begun.Elapsed < TimeSpan.FromMinutes(minutes) && failed.Count < 10; lived++)
        {
            try
            {
                await Life.LiveAsync(first + lived, 20 + (lived % 120));
            }
            catch (InvalidOperationException e)
            {
                failed.Add(e.Message);
                if (Environment.GetEnvironmentVariable("GITOPS_POLICY_LIVES_OUT") is { Length: > 0 } folder)
                    await File.WriteAllTextAsync(Path.Join(folder, $"{first + lived}.txt"), e.Message);
            }
        }

        output.WriteLine($"{lived} lives, {failed.Count} of them ended badly; {string.Join(", ", Life.Phases.OrderByDescending(static pair => pair.Value))}");
        Assert.True(failed.Count == 0, string.Join("\n\n", failed.Take(3)));
    }
}
