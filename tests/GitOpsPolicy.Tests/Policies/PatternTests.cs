using Xunit;

namespace GitOpsPolicy.Tests.Policies;

public sealed class PatternTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, namespace: prod }
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: web
                  image: web:1
                  resources: { limits: { memory: 64Mi } }
                - name: side
                  image: side:1
                  securityContext: { privileged: true }
        """;

    // pattern => what is found, one line each: line:column message
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "require: { spec: { replicas: 1 } }", "" },
        { "require: { spec: { replicas: 1.0 } }", "" },
        { "require: { spec: { replicas: { atLeast: 2 } } }", "5:13 `spec.replicas` must be at least `2`, not `1`" },
        { "require: { spec: { replicas: { atMost: 2 } } }", "" },
        { "require: { spec: { replicas: { in: [2, 3] } } }", "5:13 `spec.replicas` must be one of `2`, `3`, not `1`" },
        { "require: { spec: { paused: { exists: false } } }", "" },
        { "require: { spec: { paused: { exists: true } } }", "5:3 `spec.paused` must be set, but is missing" },
        { "require: { spec: { strategy: { type: Recreate } } }", "5:3 `spec.strategy.type` must be `Recreate`, but is missing" },
        { "require: { metadata: { namespace: { notIn: [prod] } } }",
            "3:35 `metadata.namespace` must be none of `prod`, not `prod`" },
        { "require: { metadata: { labels: { notIn: [x] } } }", "" },
        { "require: { metadata: { name: { matches: '^w' } } }", "" },
        { "require: { metadata: { name: { matches: '^x' } } }", "3:19 `metadata.name` must match `^x`, not `web`" },
        { "require: { kind: { matches: 'ment$' } }", "" },
        { "require: { kind: { matches: '^(?=D).*(?<=t)$' } }", "" },
        { "require: { kind: { matches: '^\\p{Lu}' } }", "2:7 `kind` must match `^\\p{Lu}`, not `Deployment`" },
        { "require: { metadata: { name: { matches: '${\"^w\"}' } } }", "" },
        {
            "require: { spec: { template: { spec: { containers: { resources: { limits: { memory: { exists: true } } } } } } } }",
            "12:11 `spec.template.spec.containers[1].resources.limits.memory` must be set, but is missing"
        },
        {
            "require: { spec: { template: { spec: { containers: { any: { securityContext: { privileged: true } } } } } } }",
            ""
        },
        {
            "forbid: { spec: { template: { spec: { containers: { securityContext: { privileged: true } } } } } }",
            "14:42 `spec.template.spec.containers[1].securityContext.privileged` must not be `true`"
        },
        {
            "require: { spec: { template: { spec: { containers: { not: { securityContext: { privileged: true } } } } } } }",
            "14:42 `spec.template.spec.containers[1].securityContext.privileged` must not be `true`"
        },
        { "require: { spec: { template: { spec: { initContainers: { each: { image: x } } } } } }", "" },
        {
            "require: { spec: { template: { spec: { containers: [{ name: web }, { name: other }] } } } }",
            "9:9 `spec.template.spec.containers` must have a fitting element"
        },
        { "require: { spec: { template: { spec: { containers: [{ name: side }] } } } }", "" },
        {
            "require: { spec: { template: { spec: { containers: { any: { name: web, resources: { limits: { memory: { atLeast: 1Gi } } } } } } } } }",
            "9:9 `spec.template.spec.containers` must have a fitting element"
        },
        {
            "forbid: { spec: { template: { spec: { containers: { resources: { limits: { memory: { atMost: 0.1Gi } } } } } } } }",
            "11:42 `spec.template.spec.containers[0].resources.limits.memory` must not be at most `0.1Gi`"
        },
        { "forbid: { kind: Deployment, spec: { replicas: { exists: true } } }", "5:13 `spec.replicas` must not be set" },
        { "forbid: { kind: StatefulSet, spec: { replicas: 1 } }", "" },
        { "require: { spec: { replicas: { anyOf: [{ atLeast: 3 }, { equals: 2 }] } } }",
            "5:13 `spec.replicas` must be at least `3` or be `2`, not `1`" },
        { "require: { spec: { replicas: { atLeast: 3, atMost: 5 } } }", "5:13 `spec.replicas` must be at least `3`, not `1`" },
        { "require: { anyOf: [{ spec: { replicas: 2 } }, { spec: { paused: true } }] }",
            "1:1 the value must fit one of the alternatives" },
        { "require: { fields: { kind: Deployment } }", "" },
        { "forbid: { kind: { not: Deployment } }", "" },
        { "require: { kind: { not: { in: [Deployment] } } }", "2:7 `kind` must not be one of `Deployment`" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pattern_finds_what_does_not_fit_and_points_at_it(string pattern, string expected)
    {
        var decision = new Repository().WithRule("shape", pattern).Judge(Deployment);
        Assert.Empty(decision.Failures);
        Assert.Equal(
            expected, string.Join('\n', decision.Findings.Select(f => $"{f.Location.Line}:{f.Location.Column} {f.Message}")));
    }

    [Fact]
    public void A_list_of_patterns_may_warn_and_say_what_to_do()
    {
        var decision = new Repository()
            .WithRule("shape", "require:\n  - { pattern: { kind: Pod }, action: warn, remediation: make it a Pod }")
            .Judge(Deployment);
        var finding = Assert.Single(decision.Findings);
        Assert.Equal(("Warn", "make it a Pod", "/kind"), (finding.Action.ToString(), finding.Remediation, finding.Pointer));
        Assert.Equal("Warn", decision.Outcome.ToString());
    }
}
