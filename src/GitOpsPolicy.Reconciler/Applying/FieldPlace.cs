using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>Where Git says what a server refuses.</summary>
internal static class FieldPlace
{
    /// <summary>The first field that is told and that Git has, or the nearest one around it; else the object.</summary>
    /// <param name="desired">What Git says.</param>
    /// <param name="answer">What the server says; null for nothing.</param>
    public static SourceLocation Of(Node desired, ApiFailure? answer)
    {
        var node = answer?.Causes.Select(cause => Find(desired, cause.Field)).FirstOrDefault(found => found != desired) ?? desired;
        return node.Location is { Line: > 0 } place ? place : desired.Location;
    }

    // As servers write them: spec.template.spec.containers[0].image, metadata.annotations[example.com/key].
    private static Node Find(Node root, string field)
    {
        var at = root;
        foreach (var step in field.Split('.', '[').SkipWhile(static part => part.Length == 0))
        {
            if (Next(at, step.TrimEnd(']')) is not { } next) return InBrackets(root, field) ?? at;
            at = next;
        }

        return at;
    }

    // A key in brackets may have dots in it.
    private static Node? InBrackets(Node root, string field) =>
        field.EndsWith(']') && field.IndexOf('[') is > 0 and var open && Find(root, field[..open]) is MappingNode mapping
            ? mapping[field[(open + 1)..^1]]
            : null;

    private static Node? Next(Node at, string step) => at switch
    {
        MappingNode mapping => mapping[step],
        SequenceNode list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
        _ => null,
    };
}
