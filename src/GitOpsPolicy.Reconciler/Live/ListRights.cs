using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Live;

/// <summary>
/// What a name may list in a namespace, as the server says it (<c>SelfSubjectRulesReview</c>, which every account may ask for).
/// What it may in all namespaces it may in each.
/// </summary>
internal sealed class ListRights
{
    private static readonly ResourceType Review = new(
        "authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", IsNamespaced: false);

    // It decides about kubelets alone, cannot say what they may, and stands before the others in nearly every cluster.
    private const string OfNodes = "node authorizer does not support user rule resolution";

    private readonly SequenceNode? rules;

    private ListRights(SequenceNode? rules) => this.rules = rules;

    /// <summary>Nobody knows: everything is worth asking for.</summary>
    public static ListRights Unknown { get; } = new(null);

    /// <summary>Asks the server.</summary>
    /// <param name="client">The server, in the name.</param>
    /// <param name="place">The namespace.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ListRights> AskAsync(KubernetesClient client, string place, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.CreateAsync(Review, null, Question(place), null, cancellation);
            var isWhole = answer.Object.At("status", "incomplete") is not ScalarNode { IsTrue: true }
                || answer.Object.Text("status", "evaluationError") == OfNodes;
            return isWhole && answer.Object.At("status", "resourceRules") is SequenceNode rules ? new(rules) : Unknown;
        }
        catch (KubernetesException e) when (e.Failure.Stage == FailureStage.Refused)
        {
            return Unknown;
        }
    }

    /// <summary>Objects of a type may be listed, as far as is known.</summary>
    public bool Allow(ResourceType type) => rules is null || rules.Items.ToArray().Any(rule =>
        Has(rule, "verbs", "list") && Has(rule, "apiGroups", type.Group) && Has(rule, "resources", type.Plural)
            && rule.At("resourceNames") is not SequenceNode { Count: > 0 });

    private static bool Has(Node rule, string list, string wanted) =>
        rule.At(list) is SequenceNode words
            && words.Items.ToArray().Any(word => word is ScalarNode { Text: var text } && (text == "*" || text == wanted));

    private static MappingNode Question(string place) => NewObject.Of(
        ("apiVersion", Review.ApiVersion), ("kind", Review.Kind), ("spec", NewObject.Of(("namespace", place))));
}
