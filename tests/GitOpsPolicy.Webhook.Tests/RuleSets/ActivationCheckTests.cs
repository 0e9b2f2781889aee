using GitOpsPolicy.Webhook.RuleSets;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.RuleSets;

/// <summary>Rules that would stop the cluster from keeping itself alive do not come into force.</summary>
public sealed class ActivationCheckTests
{
    [Theory]
    [InlineData(
        "Lease",
        "the controller manager keeps its leadership (Update Lease kube-system/kube-controller-manager by `system:kube-controller-manager`)")]
    [InlineData(
        "EndpointSlice",
        "the endpoint slice controller creates a slice (Create EndpointSlice shop/web-x1 by `system:serviceaccount:kube-system:endpointslice-controller`)")]
    [InlineData("Endpoints", "the endpoint controller creates endpoints")]
    [InlineData("Event", "the scheduler writes an event")]
    [InlineData("Binding", "the scheduler binds a Pod")]
    [InlineData("Eviction", "a Pod of the webhook is evicted from a node")]
    [InlineData("Node", "the node controller taints a node that is lost")]
    [InlineData("Scale", "the autoscaler sets a number of replicas")]
    [InlineData("TokenRequest", "a node asks for a Pod's token")]
    [InlineData("ServiceAccount", "a new namespace gets its service account")]
    [InlineData("CertificateSigningRequest", "a node signs up for its certificate")]
    [InlineData("*", "the controller manager keeps its leadership")]
    public void A_set_that_denies_what_keeps_a_cluster_alive_is_refused(string kinds, string request)
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("good")).Look(1);
        folder.Write("policies/b.rule.yaml", RuleFolder.Rule("too-wide", "true", kinds)).Look();

        Assert.Equal(["good"], folder.Names);
        Assert.StartsWith(
            $"were refused: rule `too-wide` would deny what keeps the cluster alive: {request}", folder.InForce.Trouble,
            StringComparison.Ordinal);
        Assert.EndsWith("or let the namespace off in `enforcement.namespaces`", folder.InForce.Trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VolumeAttachment", "a volume is attached to a node")]
    [InlineData("CSINode", "a node tells which volumes it can mount")]
    [InlineData("APIService", "an API server registers what it serves")]
    public void A_set_that_denies_what_nodes_volumes_and_API_servers_do_is_refused(string kinds, string request)
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("too-wide", "true", kinds)).Look(1);
        Assert.StartsWith(
            $"were refused: rule `too-wide` would deny what keeps the cluster alive: {request}", folder.InForce.Trouble,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "change.operation === \"create\" && change.resource.namespace === \"kube-system\"",
        "every node gets its kube-proxy (Create Pod kube-system/kube-proxy-x1", 2)]
    [InlineData("change.operation === \"create\" && change.after.spec.hostNetwork === true", "every node gets its kube-proxy", 1)]
    [InlineData(
        "change.operation === \"create\" && change.resource.namespace === \"gitops-policy-system\"",
        "the webhook itself is started anew", 0)]
    public void What_rules_would_deny_of_the_clusters_own_pods_is_told_when_they_come_into_force(
        string when, string request, int more)
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("pods", $"'{when}'", "Pod")).Look(1);
        Assert.Equal(["pods"], folder.Names);
        Assert.StartsWith(
            $"note: rule `pods` would deny what keeps the cluster alive: {request}", folder.InForce.Concern,
            StringComparison.Ordinal);
        Assert.Equal(
            more > 0, folder.InForce.Concern!.Contains($"(and {more} more requests like this)", StringComparison.Ordinal));
        Assert.Contains(folder.InForce.Concern, folder.Told(), StringComparison.Ordinal);

        folder
            .Write(
                "gitops-policy.yaml",
                "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nenforcement: { namespaces: { kube-system: warn, gitops-policy-system: warn } }\n")
            .Look();
        Assert.Null(folder.InForce.Concern);
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("Namespace")]
    [InlineData("*.example.com/*")]
    public void A_set_that_denies_something_else_altogether_comes_into_force(string kinds)
    {
        using var folder = new RuleFolder().Write("policies/a.rule.yaml", RuleFolder.Rule("strict", "true", kinds)).Look(1);
        Assert.Equal(["strict"], folder.Names);
    }

    [Theory]
    [InlineData("Pod", "a node removes a Pod that has ended")]
    [InlineData("Secret", "the webhook renews its certificate")]
    public void A_rule_that_fails_on_such_a_request_is_refused_too(string kind, string request)
    {
        using var folder = new RuleFolder()
            .Write(
                "policies/a.rule.yaml",
                RuleFolder.Rule("throws", "change.after.metadata.nothing.there === change.before.nothing.there", kind))
            .Look(1);
        Assert.Null(folder.Digest);
        Assert.StartsWith(
            $"were refused: rule `throws` would deny what keeps the cluster alive: {request}", folder.InForce.Trouble,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Namespaces_that_are_let_off_are_not_denied()
    {
        using var folder = new RuleFolder()
            .Write("policies/a.rule.yaml", RuleFolder.Rule("secrets", "true", "Secret"))
            .Write(
                "gitops-policy.yaml",
                "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nenforcement: { namespaces: { gitops-policy-system: warn } }\n")
                .Look(1);
        Assert.Equal(["secrets"], folder.Names);
    }

    [Fact]
    public void The_families_that_ship_come_into_force()
    {
        using var folder = new RuleFolder(null, "builtin").Look(1);
        Assert.Null(folder.InForce.Trouble);
        Assert.NotEmpty(folder.Names);
        Assert.Null(folder.InForce.Concern);
    }

    [Fact]
    public void Every_request_of_the_data_file_can_be_read_and_the_webhooks_own_namespace_is_in_it()
    {
        var requests = ActivationRequests.In("policy-here");
        Assert.True(requests.Length >= 60);
        Assert.Equal(requests.Length, requests.Select(request => request.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(
            requests,
            request => request.Review is { Namespace: "policy-here", User: "system:serviceaccount:policy-here:gitops-policy" });
        Assert.DoesNotContain(requests, request => request.Review.Namespace == "own-namespace");
    }
}
