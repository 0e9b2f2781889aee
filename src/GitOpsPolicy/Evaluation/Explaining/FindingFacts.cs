using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Images;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Knowledge.Secrets;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Evaluation.Explaining;

/// <summary>What is known of the resource and the value that a finding is about: the tables that rules ask too.</summary>
internal static class FindingFacts
{
    /// <summary>The facts, the change first.</summary>
    public static IEnumerable<Fact> Of(Finding finding, ChangeSet changes, RuleSet rules) =>
        [
            .. OfChange(finding), .. OfClass(finding, rules), .. OfGuards(finding, changes), .. OfImage(finding),
            .. OfSecret(finding)
        ];

    private static IEnumerable<Fact> OfChange(Finding finding)
    {
        if (finding.Change is not { } change) yield break;
        var why = change.Reason is { } reason ? $", {reason}" : "";
        var cause = change.Cause == ChangeCause.Explicit ? "" : $" by {Words<ChangeCause>.Of(change.Cause)}";
        yield return new(
            "change",
            $"{change.Resource}: {Words<Operation>.Of(change.Operation)}{cause}, seen in a {Words<ChangeOrigin>.Of(change.Origin)}{why}", change.Location);
        yield return new(
            "environment",
            change.Environment is { } environment
                ? $"{environment}, by the configuration's `environments` or `--environment`"
                : "none: no path of the configuration's `environments` fits");
    }

    private static IEnumerable<Fact> OfClass(Finding finding, RuleSet rules)
    {
        if (finding.Resource is null or FileId) yield break;
        var of = rules.Classes.ClassOf(finding.Resource);
        var isOwn = rules.DriftTable is not null && DriftTable.Shipped.ClassOf(finding.Resource) != of;
        var state = of.IsStateful ? ", holds state" : "";
        yield return new(
            "class",
            $"`{of.Name}` of the {(isOwn ? "repository's own" : "shipped")} drift table: drift {Word(of.Drift)}, prune {Word(of.Prune)}{state}; {of.Why}", isOwn
                ? rules.DriftTable!.Location
                : null);
    }

    // Guards matter where something goes, and where one of them does.
    private static IEnumerable<Fact> OfGuards(Finding finding, ChangeSet changes)
    {
        if (finding.Change is not { Before: not null } change) yield break;
        var protection = Protection.Of(change, changes);
        foreach (var guard in protection.Guards)
            yield return new("guard", $"{guard.By} stands against it: {Word(guard.Effect)}", guard.Node.Location);
        foreach (var guard in protection.Powerless)
            yield return new("guard", $"{guard.By} is there, and stands against something else than this", guard.Node.Location);
        foreach (var guard in protection.Lost)
            yield return new("guard", $"{guard.By} is taken away by this change", guard.Node.Location);
        if (DeletionSet.IsDeletion(change) && protection is { Guards.Count: 0, Powerless.Count: 0 })
            yield return new("guard", "none is found on the state before the change");
    }

    private static IEnumerable<Fact> OfImage(Finding finding)
    {
        if (finding.Node is not { } node || finding.Change is not { } change) yield break;
        var all = ImageFinder.Find(
            change.After, change.Resource).Concat(ImageFinder.Find(change.Before, change.Previous ?? change.Resource));
        foreach (var image in all.Where(image =>
            ReferenceEquals(image.Node, node) || ReferenceEquals(image.Tag, node) || ReferenceEquals(image.Digest, node)))
        {
            if (image.Reference is { } reference)
                yield return new(
                    "image",
                    $"registry {reference.Registry}, repository {reference.Path}, {(reference.Tag is { } tag ? $"tag {tag}" : "no tag")}, {(reference.Digest is { } digest ? $"digest {digest}" : "no digest")}; as it is pulled: {reference}", node.Location);
            if (image.Problem is { } problem) yield return new("image", $"the reference {problem}", node.Location);
        }
    }

    private static IEnumerable<Fact> OfSecret(Finding finding)
    {
        if (finding.Node is not { } node || finding.Change is not { } change) yield break;
        var name = SecretFinder.NameOf(change.Resource);
        foreach (var secret in SecretFinder.Find(change.After, name).Where(secret => ReferenceEquals(secret.Node, node)))
        {
            var key = secret.Key is { } under ? $", under the name `{under}`" : "";
            yield return new(
                "detector",
                $"`{secret.Detector}` takes the value for {secret.Title} ({Word(secret.Confidence)}){key}{(secret.IsEncoded ? ", after base64 decoding" : "")}", node.Location);
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => Words<T>.Of(value);
}
