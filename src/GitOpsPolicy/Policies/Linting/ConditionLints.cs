using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies.Matching;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Analysis;

namespace GitOpsPolicy.Policies.Linting;

/// <summary>Conditions that no input makes true, or that every one does.</summary>
internal static class ConditionLints
{
    /// <summary>What is to be said about a rule.</summary>
    public static IEnumerable<LintFinding> Of(LintSubject subject) =>
    [
        .. subject.Expressions.Where(static expression => expression.Role == "when")
            .Select(expression => OfWhen(subject, expression))
            .OfType<LintFinding>(),
        .. subject.Code.SelectMany(facts => facts.Comparisons, (facts, comparison) => OfComparison(subject, facts, comparison))
            .OfType<LintFinding>(),
    ];

    private static LintFinding? OfWhen(LintSubject subject, LintExpression when) => when.Facts.ConstantResult switch
    {
        false => subject.Find("never-true", when.Node.Location, $"`{Short(when.Node.Text)}` is false whatever is judged"),
        true => subject.Find("always-true", when.Node.Location, $"`{Short(when.Node.Text)}` is true whatever is judged"),
        null => null,
    };

    private static LintFinding? OfComparison(LintSubject subject, ScriptFacts facts, TextComparison comparison)
    {
        // Of a set, and where the set is looked through, `change` may be any change.
        var isJudged = !subject.Metadata.JudgesSets && !facts.UsedNames.Contains("set");
        var match = subject.Metadata.Match;
        return comparison.Path switch
        {
            "change.operation" => Word<Operation>(operation => match.Operations.Contains(operation)),
            "change.origin" => Word<ChangeOrigin>(origin => match.Origins.IsEmpty || match.Origins.Contains(origin)),
            "change.surface" => Word<Surface>(surface => match.Surfaces.IsEmpty || match.Surfaces.Contains(surface)),
            "change.cause" => Word<ChangeCause>(static _ => true),
            "change.resource.platform" => OneOf(["kubernetes", "terraform", "file"], comparison.Text switch
            {
                "kubernetes" => match.Kubernetes is not null,
                "terraform" => match.Terraform is not null,
                _ => match.Files is not null,
            }),
            "change.resource.kind" when isJudged && !MayBeKind(match, comparison.Text) => Never("`match` leaves it out"),
            _ => null,
        };

        LintFinding? Word<T>(Func<T, bool> isMatched)
            where T : struct, Enum =>
            OneOf(Words<T>.All, Words<T>.TryParse(comparison.Text, out var value) && isMatched(value));

        LintFinding? OneOf(IReadOnlyCollection<string> words, bool isMatched) =>
            !words.Contains(comparison.Text) ? Never(
                $"it is one of {string.Join(", ", words)}{Suggestion.For(comparison.Text, words)}")
            : !isMatched && isJudged ? Never("`match` leaves it out")
            : null;

        LintFinding Never(string why) => subject.Find(
            "impossible-comparison", comparison.Location, $"`{comparison.Path}` is never `{comparison.Text}` here: {why}");
    }

    private static bool MayBeKind(RuleMatch match, string kind) =>
        match.Kubernetes is null
            || match.Kubernetes.Kinds.IsEmpty
            || match.Kubernetes.Kinds.Any(glob => new Glob(glob.Pattern[(glob.Pattern.IndexOf('/') + 1)..]).Fits(kind));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
