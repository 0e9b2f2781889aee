using GitOpsPolicy.Changes;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Tests.Policies;
using Xunit;

namespace GitOpsPolicy.Tests.Evaluation;

public sealed class CancellationTests
{
    private const string Check = "match: { kubernetes: { kinds: [Service] } }\ndeny: [{ when: \"true\", message: found }]";

    [Fact]
    public void A_judgement_that_is_called_off_ends_before_the_next_rule_and_gives_no_half_answer()
    {
        var rules = new Repository().WithRule("a", Check).WithRule("b", Check).WithRule("c", Check).Load();
        using var calledOff = new CancellationTokenSource();
        var watch = new CallOffAfter(calledOff, rules: 2);
        var service = Repository.Manifests("apiVersion: v1\nkind: Service\nmetadata: { name: s }\n");

        Assert.Throws<OperationCanceledException>(() => new Evaluator(rules).Evaluate(
            service, Repository.Options with { Observer = watch }, calledOff.Token));
        Assert.Equal(["a", "b"], watch.Began);
    }

    private sealed class CallOffAfter(CancellationTokenSource source, int rules) : RuleObserver
    {
        public List<string> Began { get; } = [];

        public override void Judging(BoundRule rule, Change? change)
        {
            Began.Add(rule.Metadata.Name);
            if (Began.Count == rules) source.Cancel();
        }

        public override void Found(ScriptPlace place)
        {
        }

        public override void Reached(ScriptPlace place, int outcome)
        {
        }
    }
}
