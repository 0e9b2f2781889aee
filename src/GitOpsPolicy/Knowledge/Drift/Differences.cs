using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Knowledge.Drift;

/// <summary>
/// Where two states of a resource differ in a way that means something. Left out is what the server, controllers and providers
/// write by themselves, and different spellings of the same value.
/// </summary>
internal static class Differences
{
    /// <summary>The differences, in the order of the object before, then what is only in the one after.</summary>
    public static List<Difference> Between(Node? before, Node? after, ResourceId id)
    {
        var found = new List<Difference>();
        IDriftNoise noise = id switch
        {
            TerraformId terraform => TerraformNoise.For(terraform),
            KubernetesId kubernetes => KubernetesNoise.For(kubernetes),
            _ => NoNoise.Instance,
        };
        Compare(before, after, [], noise, found);
        return found;
    }

    private static void Compare(Node? before, Node? after, List<string> steps, IDriftNoise noise, List<Difference> found)
    {
        if (noise.Hides(steps) || AreSame(before, after, noise) || IsAddedDefault(before, after, steps, noise)) return;
        switch (before, after)
        {
            case (MappingNode left, MappingNode right):
                CompareMappings(left, right, steps, noise, found);
                break;
            case (SequenceNode left, SequenceNode right) when left.Count == right.Count:
                for (var i = 0; i < left.Count; i++) Below(left[i], right[i], i.ToString(), steps, noise, found);
                break;
            default:
                found.Add(new Difference([.. steps], before, after));
                break;
        }
    }

    private static void CompareMappings(
        MappingNode left, MappingNode right, List<string> steps, IDriftNoise noise, List<Difference> found)
    {
        foreach (ref readonly var entry in left.Entries) Below(entry.Value, right[entry.Key], entry.Key, steps, noise, found);
        foreach (ref readonly var entry in right.Entries)
            if (left[entry.Key] is null) Below(null, entry.Value, entry.Key, steps, noise, found);
    }

    private static void Below(
        Node? before, Node? after, string step, List<string> steps, IDriftNoise noise, List<Difference> found)
    {
        steps.Add(step);
        Compare(before, after, steps, noise, found);
        steps.RemoveAt(steps.Count - 1);
    }

    private static bool AreSame(Node? before, Node? after, IDriftNoise noise)
    {
        if (ReferenceEquals(before, after) || (IsEmpty(before) && IsEmpty(after))) return true;
        if (before is null || after is null || before.IsUnknown || after.IsUnknown) return false;
        if (before is ScalarNode left && after is ScalarNode right)
            return noise.AreEqual(left, right) || NodeEquality.AreEqual(left, right);
        return false;   // two mappings or lists are compared part by part, once
    }

    private static bool IsAddedDefault(Node? before, Node? after, List<string> steps, IDriftNoise noise) =>
        steps.Count > 0 && (before, after) switch
        {
            (null, { } added) => noise.IsDefault(steps[^1], added),
            ({ } gone, null) => noise.IsDefault(steps[^1], gone),
            _ => false,
        };

    /// <summary>Absent, null, "", [] and {} are the same to every server.</summary>
    public static bool IsEmpty(Node? node) => node switch
    {
        null => true,
        { IsUnknown: true } => false,
        MappingNode mapping => mapping.Count == 0,
        SequenceNode sequence => sequence.Count == 0,
        ScalarNode { Kind: NodeKind.Null } => true,
        ScalarNode { Kind: NodeKind.String } scalar => scalar.Text.Length == 0,
        _ => false,
    };
}

/// <summary>Which differences mean nothing.</summary>
internal interface IDriftNoise
{
    /// <summary>Whatever is at or below this place does not count.</summary>
    bool Hides(List<string> steps);

    /// <summary>What the server writes under this key where nothing is said.</summary>
    bool IsDefault(string step, Node node);

    /// <summary>Two spellings of one value.</summary>
    bool AreEqual(ScalarNode before, ScalarNode after);
}

/// <summary>Nothing but its author writes to the thing.</summary>
internal sealed class NoNoise : IDriftNoise
{
    /// <summary>The one there is.</summary>
    public static readonly NoNoise Instance = new();

    /// <inheritdoc/>
    public bool Hides(List<string> steps) => false;

    /// <inheritdoc/>
    public bool IsDefault(string step, Node node) => false;

    /// <inheritdoc/>
    public bool AreEqual(ScalarNode before, ScalarNode after) => false;
}
