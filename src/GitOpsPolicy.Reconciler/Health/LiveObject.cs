using System.Globalization;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Reconciler.Health;

/// <summary>
/// A live object as the rules of health look at it. Of a part of its status, such as one parent of a route, there can be one too.
/// </summary>
/// <param name="root">The object.</param>
/// <param name="part">Where its conditions stand; null for its status.</param>
internal sealed class LiveObject(MappingNode root, MappingNode? part = null)
{
    /// <summary>The whole object.</summary>
    public MappingNode Root { get; } = root;

    /// <summary>Its metadata.</summary>
    public ObjectMetadata Metadata { get; } = new(root);

    /// <summary>Its spec; null when it has none.</summary>
    public MappingNode? Spec { get; } = root.Mapping("spec");

    /// <summary>Its status; null when it has none.</summary>
    public MappingNode? Status { get; } = root.Mapping("status");

    /// <summary>Its API group; empty for the core group.</summary>
    public string Group { get; } = root.Text("apiVersion") is var version && version.IndexOf('/') is > 0 and var slash
        ? version[..slash]
        : "";

    /// <summary>As tables call it: <c>group/Kind</c>, the core group written out.</summary>
    public string KindName { get; } = $"{(root.Text("apiVersion") is var version && version.IndexOf('/') is > 0 and var slash ? version[..slash] : "core")}/{root.Text("kind")}";

    /// <summary>Its generation; 0 when the server keeps none.</summary>
    public long Generation { get; } = NumberOf(root.Mapping("metadata")?["generation"]) ?? 0;

    /// <summary>The generation that its controller has seen; null when it does not say.</summary>
    public long? ObservedGeneration => NumberOf(Status?["observedGeneration"]);

    /// <summary>Its conditions, without those that tell of an earlier generation.</summary>
    public IEnumerable<Condition> Conditions =>
        ((part ?? Status)?.Mappings("conditions") ?? []).Where(IsOfNow)
            .Select(static one => new Condition(one.Text("type"), one.Text("status"), one.Text("reason"), one.Text("message")));

    /// <summary>It has conditions, of whatever generation.</summary>
    public bool HasConditions => (part ?? Status)?["conditions"] is SequenceNode { Count: > 0 };

    /// <summary>One condition; null when there is none of the type.</summary>
    public Condition? ConditionOf(string type) => Conditions.FirstOrDefault(one => one.Type == type);

    /// <summary>A count of the status; 0 when absent, for servers leave zeros out.</summary>
    public int Counted(string name) => Status?.Integer(name) ?? 0;

    private bool IsOfNow(MappingNode condition) =>
        NumberOf(condition["observedGeneration"]) is not { } seen || seen >= Generation;

    // Some controllers write it as text.
    private static long? NumberOf(Node? node) =>
        node is ScalarNode scalar && long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>One condition of a status.</summary>
/// <param name="Type">What is asked.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">Why, in a sentence.</param>
internal sealed record Condition(string Type, string Status, string Reason, string Message)
{
    /// <summary>It holds.</summary>
    public bool IsTrue => Status == "True";

    /// <summary>It is known not to hold.</summary>
    public bool IsFalse => Status == "False";

    /// <summary>In words.</summary>
    public override string ToString() => (Reason, Message) switch
    {
        ("", "") => $"{Type} is {Status}",
        (var word, "") => $"{Type} is {Status}: {word}",
        ("", var sentence) => $"{Type} is {Status}: {sentence}",
        var (word, sentence) => $"{Type} is {Status}: {word}: {sentence}",
    };
}
