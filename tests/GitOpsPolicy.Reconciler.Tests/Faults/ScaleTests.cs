using System.Globalization;
using System.Text.Json.Nodes;
using GitOpsPolicy.Tests.Inputs;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// Many units: what a pass over all of them takes. 1,000 of them where <c>GITOPS_POLICY_LONG</c> is set, else so many that it
/// still works.
/// </summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Objects = 10;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GITOPS_POLICY_LONG") is { Length: > 0 };

    private static readonly int Units = IsLong ? 1000 : 10;

    [Theory]
    [InlineData("folders")]
    [InlineData("one repository")]
    [InlineData("a repository each")]
    public async Task Many_units_are_written_only_where_something_changed(string source)
    {
        await using var bench = await Bench.StartAsync();
        using var origin = new TemporaryFolder();
        var names = Enumerable.Range(1, Units).Select(static i => $"u{i:0000}").ToList();
        Push(bench, origin, source, names, "r1", static name => Revision.Maps(1, 1, Objects, name));
        await using var process = EngineProcess.StartAll(
            bench, string.Join(',', names), ["rounds=stdin", .. OptionsOf(source, origin)]);

        Assert.Equal(Units * Objects, (await RoundAsync(process, $"{source}, the first pass", null)).Writes);
        Assert.Equal(0, (await RoundAsync(process, $"{source}, a pass over what has not changed", 5)).Writes);
        Push(
            bench, origin, source, names, "r2",
            static name => [.. Revision.Maps(2, 1, 1, name), .. Revision.Maps(1, 2, Objects - 1, name)]);
        // so long an answer of Git is good for the next unit of the same repository
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);
        Assert.Equal(Units, (await RoundAsync(process, $"{source}, a pass over one change of each", 60)).Writes);
        var (writes, memory) = await RoundAsync(process, $"{source}, a pass over what has not changed", 5);
        Assert.Equal(0, writes);
        output.WriteLine($"{source}: memory {memory} MB, {memory / 300.0:0.00} of the limit of 300 MB");
    }

    private static void Push(
        Bench bench, TemporaryFolder origin, string source, List<string> names, string revision,
        Func<string, List<JsonObject>> objects)
    {
        foreach (var name in names)
        {
            if (source == "folders")
            {
                Revision.Push(bench.Folder, bench.Log, revision, objects(name), name);
                continue;
            }

            var place = source == "one repository" ? "" : name + "/";
            origin.Write(
                $"{place}{name}/all.yaml", string.Join("\n---\n", objects(name).Select(static one => one.ToJsonString())));
            if (place.Length > 0)
                origin.Run(
                    "sh", "-c",
                    "cd \"$0\" && { [ -d .git ] || git init -q -b main; } && git add -A && git -c user.name=t -c user.email=t@example.com commit -q -m work", name);
        }

        if (source == "one repository") origin.Commit();
    }

    private static string[] OptionsOf(string source, TemporaryFolder origin) =>
        source == "folders"
            ? []
            : [$"git={(source == "one repository" ? origin.Path : origin.At("{unit}"))}", $"cache={origin.At(".cache")}"];

    private async Task<(int Writes, int Memory)> RoundAsync(EngineProcess process, string what, double? limit)
    {
        var told = (await process.AskAsync("round")).Split(' ');
        var seconds = double.Parse(told[1], CultureInfo.InvariantCulture);
        output.WriteLine($"{Units} units of {Objects} objects, {what}: {seconds} s{(limit is { } most ? $", {seconds / most:0.00} of the limit of {most} s" : "")}; {told[2]} writes, {told[4]} MB, {told[5]} s of processor time so far");
        Assert.Equal("0", told[3]); // all have come to rest
        return (int.Parse(told[2], CultureInfo.InvariantCulture), int.Parse(told[4], CultureInfo.InvariantCulture));
    }
}
