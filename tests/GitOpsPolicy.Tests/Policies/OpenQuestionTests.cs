using Xunit;

namespace GitOpsPolicy.Tests.Policies;

/// <summary>What a YAML rule finds although something else that it asks is not known yet.</summary>
public sealed class OpenQuestionTests
{
    // the rule from `deny` on, and what is expected; the image of the first container and the number of replicas are not known
    public static TheoryData<string, string> Cases { get; } = new()
    {
        {
            "deny:\n  - { when: change.after.spec.replicas > 3, message: many }\n  - { when: change.after.spec.paused, message: paused }",
            "[{ action: undetermined, message: Deployment web /spec/replicas }, { action: deny, message: paused }]"
        },
        {
            "forEach: change.after.spec.containers\ndeny:\n  - { when: item.image.endsWith(':latest'), message: \"${item.name} moves\", where: item.image }",
            "[{ action: undetermined, message: Deployment web /spec/containers/0/image }, { action: deny, message: b moves, pointer: /spec/containers/1/image }]"
        },
        {
            "forbid:\n  - pattern: { spec: { replicas: { atLeast: 3 } } }\n  - pattern: { spec: { paused: true } }\n    message: paused",
            "[{ action: undetermined, message: Deployment web /spec/replicas }, { action: deny, message: paused }]"
        },
        {
            "deny: { when: change.after.spec.replicas > 3, message: many }\nforbid: { spec: { containers: { image: old } } }",
            "[{ action: undetermined, message: /replicas.*image/ }]"
        },
        {
            "deny:\n  - { when: change.after.spec.paused, message: \"${change.after.spec.replicas} paused\", where: change.after.spec.paused }",
            "[{ action: deny, message: (known after apply) paused }]"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_not_known_yet_hides_nothing_that_is_certain(string rule, string expected)
    {
        const string Spec =
            "{ replicas: 1, paused: true, containers: [{ name: a, image: x }, { name: b, image: \"y:latest\" }] }";
        var report = new Repository().WithRule("r", rule).WithDocument("policies/r.test.yaml", "RuleTest", "r", $$"""
            rule: r
            cases:
              - name: it
                change:
                  after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: {{Spec}} }
                  unknown: [/spec/replicas, /spec/containers/0/image]
                expect: {{expected}}
            """).Test();
        Assert.Equal(
            "", string.Join('\n', report.Results.SelectMany(result => result.Failures).Select(failure => failure.Message)));
    }
}
