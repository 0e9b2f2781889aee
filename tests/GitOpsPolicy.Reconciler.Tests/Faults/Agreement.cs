using System.Text.Json.Nodes;
using GitOpsPolicy.Reconciler.Crash;
using GitOpsPolicy.Reconciler.Status;
using GitOpsPolicy.Reconciler.Tests.Fakes;
using GitOpsPolicy.Reconciler.Tests.Model;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>Somebody agrees to what a unit waits for, as he would: by a file in the repository.</summary>
internal static class Agreement
{
    /// <summary>
    /// Pushes objects, which is held since more leaves than may without a word, and then the same with the agreement to exactly
    /// that.
    /// </summary>
    /// <param name="bench">Where.</param>
    /// <param name="objects">What stays.</param>
    /// <param name="gone">What leaves.</param>
    public static async Task PushAsync(Bench bench, List<JsonObject> objects, IEnumerable<FakeKey> gone)
    {
        bench.Push("unagreed", objects);
        PendingApproval waiting;
        using (var asking = bench.Process())
        {
            var result = await asking.SettleAsync();
            Assert.True(result.Status.Phase == UnitPhase.Held, result.Status.Message);
            waiting = Assert.Single(result.Status.Approvals);
        }

        bench.Log.Confirm(gone);
        bench.Log.Push("agreed", objects);
        FolderRevisions.Push(
            Path.Join(bench.Folder, bench.Unit.Key.Name), "agreed",
            string.Join("\n---\n", objects.Select(static one => one.ToJsonString())), Signed(waiting.Acknowledgement));
    }

    /// <summary>The file that agrees, with who and why.</summary>
    public static string Signed(string acknowledgement, string choice = "") => acknowledgement
        .Replace("owner: \"\"", "owner: team", StringComparison.Ordinal)
            .Replace("approver: \"\"", "approver: platform", StringComparison.Ordinal)
        .Replace("reason: \"\"", "reason: it is meant", StringComparison.Ordinal)
            .Replace("choice: \"\"", $"choice: {choice}", StringComparison.Ordinal);
}
