using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>Many units: what a pass over all of them takes. 1,000 of them where <c>GITOPS_POLICY_LONG</c> is set, else so many that it still works.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Objects = 10;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly int Units = IsLong ? 1000 : 20;

    [Fact]
    public async Task Many_units_are_written_only_where_something_changed()
    {
        await using var bench = await Bench.StartAsync();
        var names = Enumerable.Range(1, Units).Select(static i => $"u{i:0000}").ToList();
        foreach (var name in names) Revision.Push(bench.Folder, bench.Log, "r1", Revision.Maps(1, 1, Objects, name), name);
        await using var process = EngineProcess.StartAll(bench, string.Join(',', names), "rounds=stdin");

        Assert.Equal(Units * Objects, (await RoundAsync(process, "the first pass", null)).Writes);
        Assert.Equal(0, (await RoundAsync(process, "a pass over what has not changed", 5)).Writes);
        foreach (var name in names) Revision.Push(bench.Folder, bench.Log, "r2", [.. Revision.Maps(2, 1, 1, name), .. Revision.Maps(1, 2, Objects - 1, name)], name);
        Assert.Equal(Units, (await RoundAsync(process, "a pass over one change of each", 60)).Writes);
        var (writes, memory) = await RoundAsync(process, "a pass over what has not changed", 5);
        Assert.Equal(0, writes);
        output.WriteLine($"memory: {memory} MB, {memory / 300.0:0.00} of the limit of 300 MB");
    }

    private async Task<(int Writes, int Memory)> RoundAsync(EngineProcess process, string what, double? limit)
    {
        var told = (await process.AskAsync("round")).Split(' ');
        var seconds = double.Parse(told[1], CultureInfo.InvariantCulture);
        output.WriteLine($"{Units} units of {Objects} objects, {what}: {seconds} s{(limit is { } most ? $", {seconds / most:0.00} of the limit of {most} s" : "")}; {told[2]} writes, {told[4]} MB, {told[5]} s of processor time so far");
        Assert.Equal("0", told[3]); // all have come to rest
        return (int.Parse(told[2], CultureInfo.InvariantCulture), int.Parse(told[4], CultureInfo.InvariantCulture));
    }
}
