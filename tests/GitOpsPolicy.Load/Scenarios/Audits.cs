using System.Text.Json;
using GitOpsPolicy.Load.Auditing;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R12: an audit of 50,000 Pods by seventeen rules in pages of 500, from a fake API server; interrupted ten times, at another
/// place each time.
/// </summary>
internal static class Audits
{
    private const int Interruptions = 10;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        var objects = run.Options.Count(50_000, 200_000);
        using var folder = new RuleFolder().WithRules(17, 17);
        using var pods = new StoredPods(objects, RuleFolder.Names(17));
        await using var cluster = await FakeCluster.StartAsync(pods);
        folder.Write("kubeconfig.yaml", cluster.KubeConfig);
        run.Figures.Tell(
            "objects, bytes, findings by the oracle", $"{pods.Count}, {pods.Bytes / 1e6:f0} MB, {pods.Expected.Count}");

        await InterruptAsync(run, folder, cluster, pods);
        var first = await WholeAsync(run, folder, cluster, "first.json");
        run.Figures.Time("an audit", first.Took.TotalMilliseconds, 60_000 * (objects / 50_000d));
        run.Figures.Cost("the most memory", first.Use.PeakMegabytes, "MB", 300);
        run.Figures.Tell(
            "processor time",
            $"{first.Use.Processor.TotalSeconds:f1} s, {first.Use.Processor.TotalMicroseconds / objects:f0} µs each");
        run.Figures.Count("objects told anything but what the oracle says", Wrong(folder, pods));
        run.Figures.Holds("a report for each namespace is written", cluster.Writes == 20 && cluster.Reports.Count == 20);

        await WholeAsync(run, folder, cluster, "second.json");
        run.Figures.Count("reports written by an audit that finds the same", cluster.Writes);
        run.Figures.Holds("two audits find the same, word by word", Told(folder, "first.json") == Told(folder, "second.json"));
    }

    private static async Task InterruptAsync(LoadRun run, RuleFolder folder, FakeCluster cluster, StoredPods pods)
    {
        var (clean, told, chance) = (0, 0, new Random(12));
        for (var i = 0; i < Interruptions; i++)
        {
            cluster.Begin();
            using var audit = Start(run, folder, "interrupted.json");
            var at = chance.Next(pods.Count / 500);
            cluster.Asked = page =>
            {
                if (page == at) audit.Interrupt();
            };
            var ended = await audit.EndAsync();
            if (ended.ExitCode == 130 && cluster.Writes == 0 && !File.Exists(Path.Combine(folder.Path, "interrupted.json")))
                clean++;
            if (ended.Said.StartsWith("gitops-policy: interrupted after ", StringComparison.Ordinal)) told++;
        }

        run.Figures.Count($"of {Interruptions} interruptions leave something half-written", Interruptions - clean);
        run.Figures.Count($"of {Interruptions} interruptions do not say how far they came", Interruptions - told);
    }

    private static async Task<EndedAudit> WholeAsync(LoadRun run, RuleFolder folder, FakeCluster cluster, string report)
    {
        cluster.Begin();
        using var audit = Start(run, folder, report);
        var ended = await audit.EndAsync();
        if (ended.ExitCode != 0) throw new InvalidOperationException($"The audit ended with {ended.ExitCode}: {ended.Said}");
        return ended;
    }

    private static AuditProcess Start(LoadRun run, RuleFolder folder, string report) =>
        AuditProcess.Start(
            run.Program, folder.Path, "--policies", "policies", "--kubeconfig", "kubeconfig.yaml", "--format", $"json={report}",
            "--reports", "openreports");

    private static long Wrong(RuleFolder folder, StoredPods pods)
    {
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "first.json")));
        var told = report.RootElement.GetProperty("findings").EnumerateArray()
            .Select(
                static finding =>
                    $"{finding.GetProperty("resource").GetProperty("id").GetString()} {finding.GetProperty("rule").GetString()}")
                .ToHashSet(StringComparer.Ordinal);
        told.SymmetricExceptWith(pods.Expected);
        return told.Count;
    }

    private static string Told(RuleFolder folder, string report) => File.ReadAllText(Path.Combine(folder.Path, report));
}
