using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Evaluation.Fixes;

/// <summary>One thing that a fix does to a value of the input.</summary>
/// <param name="Target">The value.</param>
internal abstract record FixStep(Node Target)
{
    /// <summary>Takes a value out, with its key where it has one.</summary>
    public sealed record Remove(Node Target) : FixStep(Target)
    {
        public override string ToString() => $"remove {Target.Pointer}";
    }

    /// <summary>Gives a scalar another value.</summary>
    public sealed record Set(ScalarNode Scalar, ScalarNode To) : FixStep(Scalar)
    {
        public override string ToString() => $"set {Target.Pointer} to {NodeWriter.ToJson(To)}";
    }

    /// <summary>Puts another text for a part of a text.</summary>
    public sealed record Replace(ScalarNode Scalar, string From, string To) : FixStep(Scalar)
    {
        public override string ToString() =>
            $"replace {NodeWriter.ToJson(ScalarNode.String(From))} in {Target.Pointer} by {NodeWriter.ToJson(ScalarNode.String(To))}";
    }

    /// <summary>Adds a key with its value to a mapping.</summary>
    public sealed record Add(MappingNode Mapping, string Key, Node Value) : FixStep(Mapping)
    {
        public override string ToString() => $"add {Target.Pointer}{JsonPointer.Format([Key])} {NodeWriter.ToJson(Value)}";
    }

    /// <summary>Adds an item to the end of a list.</summary>
    public sealed record Append(SequenceNode List, Node Value) : FixStep(List)
    {
        public override string ToString() => $"append {NodeWriter.ToJson(Value)} to {Target.Pointer}";
    }
}

/// <summary>What a rule says would mend what it found, in terms of the values that it judged.</summary>
/// <param name="Steps">What is done, in the order of the rule; empty when it cannot be done.</param>
/// <param name="Refusal">Why it cannot be done, in one line; null when it can, as far as the rule goes.</param>
internal sealed record FixRequest(ImmutableArray<FixStep> Steps, string? Refusal = null)
{
    /// <summary>One that cannot be done.</summary>
    public static FixRequest Refused(string reason) => new([], reason);
}
