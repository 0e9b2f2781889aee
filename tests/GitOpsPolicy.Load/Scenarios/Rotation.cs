using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R8: certificates are renewed and authorities rolled by <c>gitops-policy certs</c> under load, half of it without keeping
/// connections.
/// </summary>
internal static class Rotation
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2.5);   // the server looks at its files every second

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        using var folder = new RuleFolder().WithRules(17, 17);
        await using var server = await run.ServeAsync(folder);
        using var keeping = run.Caller(server);
        using var closing = new Caller(server.Address, server.Authority, new(ClosesConnections: true));
        var reviews = PodReviews.Make(200, RuleFolder.Names(17));
        using var stop = new CancellationTokenSource();
        var half = (run.Options.Rate ?? 200) / 2;
        Task<LoadResult>[] loads = [.. new[] { keeping, closing }.Select(caller => new OpenLoop(caller, reviews).RunAsync(
            half, TimeSpan.FromHours(1), stop.Token))];

        var seen = new List<double>();
        for (var i = 0; i < run.Options.Count(5, 50); i++) seen.Add(await RenewAsync(run, folder, closing));
        for (var i = 0; i < run.Options.Count(1, 5); i++)
        {
            await CertsAsync(run, folder, "--authority");
            seen.Add(await RenewAsync(run, folder, closing));
            await Task.Delay(Settling, TimeProvider.System);
            await CertsAsync(run, folder, "--retire");
        }

        await Task.Delay(Settling, TimeProvider.System);
        await stop.CancelAsync();
        run.Sound(await loads[0], ", connections kept");
        run.Sound(await loads[1], ", connections closed");
        run.Figures.Time("new certificate seen after, longest", seen.Max(), 2_000);
    }

    private static async Task<double> RenewAsync(LoadRun run, RuleFolder folder, Caller caller)
    {
        await CertsAsync(run, folder);
        var begun = Stopwatch.GetTimestamp();
        using var renewed = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.Path, "webhook-certs", "tls.crt"));
        while (!caller.Shown.ContainsKey(renewed.SerialNumber))
        {
            if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(20)) return double.PositiveInfinity;
            await Task.Delay(Look, TimeProvider.System);
        }

        return Stopwatch.GetElapsedTime(begun, caller.Shown[renewed.SerialNumber]).TotalMilliseconds;
    }

    private static async Task CertsAsync(LoadRun run, RuleFolder folder, params string[] options)
    {
        var start = new ProcessStartInfo(run.Program, ["certs", "renew", .. options])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"certs renew {string.Join(' ', options)}: {said}");
    }
}
