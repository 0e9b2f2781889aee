using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GitOpsPolicy.Load.Calling;
using GitOpsPolicy.Load.Reviews;
using GitOpsPolicy.Load.Serving;

namespace GitOpsPolicy.Load.Scenarios;

/// <summary>
/// R9: rules change ten times a second under load. Each revision says which one it is and denies Pods of another lane, in two
/// files: an answer that is not wholly of one good revision shows.
/// </summary>
internal static class Reloads
{
    private const int Lanes = 7;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HalfWritten = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(LoadRun run)
    {
        await WithoutRulesAsync(run);
        using var folder = new RuleFolder();
        var revisions = new Revisions(folder);
        await revisions.WriteAsync(isBroken: false);
        await using var server = await run.ServeAsync(folder, "--reload", "0.02");
        using var caller = run.Caller(server);
        var loop = new OpenLoop(caller, LanePods(), revisions.Check);
        await loop.RunAsync(100, TimeSpan.FromSeconds(1));

        using var stop = new CancellationTokenSource();
        var load = loop.RunAsync(run.Options.Rate ?? 200, TimeSpan.FromMinutes(10), stop.Token);
        var changes = run.Options.Count(run.Options.Seconds is null ? 60 : 15, 500);
        for (var i = 1; i <= changes; i++)
        {
            if (i % 20 == 7) await revisions.WriteInTwoAsync(HalfWritten);
            else await revisions.WriteAsync(isBroken: i % 10 == 3);
            await Task.Delay(Between, TimeProvider.System);
        }

        await revisions.WriteAsync(isBroken: false);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await stop.CancelAsync();
        var result = await load;
        run.Sound(result);
        run.Figures.Count("requests turned away", result.Refused);
        run.Figures.Holds("the last revision is in force in the end", revisions.NewestSeen == revisions.Last);
        run.Figures.Tell("changes, revisions that judged", $"{changes}, {revisions.Seen}");
    }

    private static async Task WithoutRulesAsync(LoadRun run)
    {
        using var folder = new RuleFolder();
        folder.Write("policies/broken.rule.js", "export default {");
        await using var server = ServedProcess.Start(run.Program, folder.Path, new());
        using var client = new HttpClient();
        HttpStatusCode? status;
        do
        {
            await Task.Delay(Between, TimeProvider.System);
            status = await server.StatusAsync(client);
        }
        while (status is null || !server.Said.Contains("probes:", StringComparison.Ordinal));

        run.Figures.Holds("without rules it is not ready", status == HttpStatusCode.ServiceUnavailable);
        using var caller = run.Caller(server);
        var result = await new OpenLoop(caller, LanePods()).RunClosedAsync(4, 40);
        run.Figures.Holds("without rules every review is told 503", result.Statuses == "503×40");
    }

    private static List<Review> LanePods() =>
        [.. Enumerable.Range(0, Lanes).Select(static lane =>
        {
            var pod = PodReviews.Sound(lane);
            pod["metadata"]!["labels"]!["lane"] = JsonValue.Create(lane.ToString(CultureInfo.InvariantCulture));
            return Review.OfCreate(
                "Pod", pod.ToJsonString(), new(true, [lane.ToString(CultureInfo.InvariantCulture)]),
                ("team-1", $"web-{lane}", "alice"));
        })];

    /// <summary>The revisions of the rules that were written, and those that answers came from.</summary>
    private sealed class Revisions(RuleFolder folder)
    {
        private readonly ConcurrentDictionary<int, bool> good = new();
        private readonly ConcurrentDictionary<int, string> digests = new();
        private int written;

        public int Last { get; private set; }

        public int Seen => digests.Count;

        public int NewestSeen => digests.Keys.Max();

        /// <summary>Writes the next revision the way a ConfigMap changes: all files at once, by a link.</summary>
        public async Task WriteAsync(bool isBroken)
        {
            var revision = ++written;
            var name = $"..{revision}";
            folder.Write($"policies/{name}/lane.rule.js", isBroken ? Lane(revision)[..60] : Lane(revision));
            folder.Write($"policies/{name}/revision.rule.js", Revision(revision));
            if (!isBroken) MarkGood(revision);
            await LinkAsync(name);
            if (revision > 1) return;
            foreach (var file in (string[])["lane.rule.js", "revision.rule.js"])
                File.CreateSymbolicLink(Path.Combine(folder.Path, "policies", file), Path.Combine("..data", file));
        }

        /// <summary>Writes the next revision in place, file by file, with a pause in the middle of one.</summary>
        public async Task WriteInTwoAsync(TimeSpan pause)
        {
            var revision = ++written;
            var place = $"policies/..{revision}";
            folder.Write($"{place}/lane.rule.js", Lane(revision)[..90]);
            folder.Write($"{place}/revision.rule.js", Revision(revision));
            await LinkAsync($"..{revision}");
            await Task.Delay(pause, TimeProvider.System);
            MarkGood(revision);
            folder.Write($"{place}/lane.rule.js", Lane(revision));
        }

        /// <summary>One good revision from beginning to end, always with the same digest.</summary>
        public string? Check(Review review, string uid, Reply reply)
        {
            if (reply.Uid != uid) return $"{uid} was answered as {reply.Uid}";
            var told = reply.Warnings.FirstOrDefault(static warning => warning.StartsWith(
                "[revision] revision ", StringComparison.Ordinal));
            if (told is null
                || !int.TryParse(told["[revision] revision ".Length..], CultureInfo.InvariantCulture, out var revision))
                return $"{uid} does not tell its revision";
            if (!good.ContainsKey(revision)) return $"{uid} was judged by revision {revision}, which is broken";
            if (digests.GetOrAdd(revision, reply.RuleSet) != reply.RuleSet) return $"revision {revision} has two digests";
            var isAllowed = (revision % Lanes).ToString(CultureInfo.InvariantCulture) != review.Expected.DeniedBy[0];
            return reply.IsAllowed == isAllowed
                ? null
                : $"{uid}, lane {review.Expected.DeniedBy[0]}, revision {revision}: allowed {reply.IsAllowed}";
        }

        private void MarkGood(int revision)
        {
            good[revision] = true;
            Last = revision;
        }

        // A link takes the place of another by being renamed, so that there is one at every moment; .NET renames no link to a
        // folder.
        private async Task LinkAsync(string target)
        {
            var place = Path.Combine(folder.Path, "policies");
            File.CreateSymbolicLink(Path.Combine(place, "..new"), target);
            using var rename = Process.Start("mv", ["-T", Path.Combine(place, "..new"), Path.Combine(place, "..data")]);
            await rename.WaitForExitAsync();
        }

        private static string Lane(int revision) =>
            $$"""
            export default {
              name: "lane",
              title: "Lane {{revision}}",
              severity: "low",
              match: { operations: ["create"], kubernetes: { kinds: ["Pod"] } },
              check(change, { report }) {
                if (change.after.metadata.labels.lane === "{{revision % Lanes}}") report.deny("not this lane", change.after.metadata.labels.lane);
              },
            };
            """;

        private static string Revision(int revision) =>
            $$"""
            export default {
              name: "revision",
              title: "Revision",
              severity: "low",
              match: { operations: ["create"], kubernetes: { kinds: ["Pod"] } },
              check(change, { report }) {
                report.warn("revision {{revision}}", change.after);
              },
            };
            """;
    }
}
