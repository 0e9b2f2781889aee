using GitOpsPolicy.Inputs.Live;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Reconciler.Inventories;

namespace GitOpsPolicy.Reconciler.Passes;

/// <summary>What a cluster has said to what a commit brings, as far as this process has asked.</summary>
/// <param name="commit">The commit.</param>
internal sealed class CommitAnswers(string commit)
{
    private readonly Dictionary<string, string> taken = new(StringComparer.Ordinal);

    public string Commit => commit;

    /// <summary>What somebody should know of it, in order.</summary>
    public SortedSet<string> Notes { get; } = new(StringComparer.Ordinal);

    /// <summary>The object as Git says it is taken in place of what lives.</summary>
    public bool IsTaken(PassObject one) =>
        taken.TryGetValue(PassObject.KeyOf(one.Id), out var question) && question == QuestionOf(one);

    /// <summary>That was asked, and it is taken.</summary>
    public void Take(PassObject one) => taken[PassObject.KeyOf(one.Id)] = QuestionOf(one);

    private static string QuestionOf(PassObject one) =>
        $"{DesiredDigest.Of(one.Desired!)} {one.Live?.Text("metadata", "uid")} {one.Live?.Text("metadata", "resourceVersion")}";
}
