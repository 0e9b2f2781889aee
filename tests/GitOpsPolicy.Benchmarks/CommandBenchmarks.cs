using System.Diagnostics;
using System.Globalization;

namespace GitOpsPolicy.Benchmarks;

/// <summary>
/// The published program on whole folders and plans: wall clock, processor time and memory of the process, each against the limit
/// it was designed for. The run that took least is told: whatever else the machine does only adds to it. Usage: <c>commands
/// PATH-TO-GITOPS-POLICY FIXTURES</c>.
/// </summary>
internal static class CommandBenchmarks
{
    private const int Rounds = 5;

    private sealed record Measured(double Wall, double Processor, double Megabytes, int ExitCode);

    /// <summary>Runs every measurement and prints a table. The exit code tells nothing but that it ran.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var program, var fixtures])
        {
            await Console.Error.WriteLineAsync("usage: commands PATH-TO-GITOPS-POLICY FIXTURES");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("gitops-policy-bench-").FullName;
        var rules = Path.Combine(AppContext.BaseDirectory, "Rules");
        try
        {
            Console.WriteLine($"{"work",-44} {"wall ms",9} {"cpu ms",9} {"MB",7}   limit");
            await PrintAsync(
                "one file, ten rules", program,
                ["check", Path.Combine(AppContext.BaseDirectory, "Data", "deployment.yaml"), "--policies", rules], "wall", 250);
            foreach (var (count, unit, limit) in ((int, string, double)[])[
                (100, "wall", 400),
                (2_000, "cpu", 500),
                (10_000, "wall", 3_000)
            ])
            {
                var repository = Path.Combine(folder, count.ToString(CultureInfo.InvariantCulture));
                var megabytes = SyntheticRepository.Write(repository, Path.Combine(fixtures, "manifests"), count) / 1e6;
                await PrintAsync(
                    $"{count:N0} manifests ({megabytes:f1} MB), ten rules", program, ["check", repository, "--policies", rules],
                    unit, limit);
                await PrintAsync(
                    $"{count:N0} manifests ({megabytes:f1} MB), shipped rules", program, ["check", repository], "", 0);
            }

            var plan = Path.Combine(folder, "plan.json");
            SyntheticPlan.Write(plan, 100_000_000);
            await PrintAsync("plan of 100 MB, shipped rules", program, ["check", "--plan", plan], "wall", 10_000, rounds: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task PrintAsync(
        string work, string program, string[] arguments, string unit, double limit, int rounds = Rounds)
    {
        var runs = new List<Measured>();
        for (var i = 0; i < rounds; i++) runs.Add(await MeasureAsync(program, arguments));
        var (wall, processor, megabytes, code) = runs.MinBy(static run => run.Processor)!;
        var against = unit switch
        {
            "wall" => $"{wall / limit:f2} of {limit:N0} ms wall",
            "cpu" => $"{processor / limit:f2} of {limit:N0} ms cpu",
            _ => "",
        };
        Console.WriteLine($"{work,-44} {wall,9:f0} {processor,9:f0} {megabytes,7:f0}   {against}{(code is 0 or 1 ? "" : $" EXIT CODE {code}")}");
    }

    private static async Task<Measured> MeasureAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/env", ["time", "-f", "%e %U %S %M", program, .. arguments, "--output", "/dev/null"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figures = error.TrimEnd()
            .Split('\n')[^1]
            .Split(' ')
            .Select(static text => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)
            .ToArray();
        return figures is [var wall, var user, var system, var kilobytes]
            ? new(wall * 1000, (user + system) * 1000, kilobytes / 1024, process.ExitCode)
            : throw new InvalidOperationException($"`time` said: {error}");
    }
}
