using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform.Configuration;

/// <summary>One block of a configuration: <c>resource "aws_s3_bucket" "logs" { … }</c>.</summary>
/// <param name="Type">Its first word.</param>
/// <param name="Labels">The names behind it.</param>
internal sealed record HclBlock(string Type, ImmutableArray<string> Labels)
{
    /// <summary>What is set in it, as it is written.</summary>
    public List<HclAttribute> Attributes { get; } = [];

    /// <summary>The blocks in it.</summary>
    public List<HclBlock> Blocks { get; } = [];
}

/// <summary>One attribute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its value as it is written; the start of it where it is long.</param>
/// <param name="Position">Where the value starts.</param>
internal readonly record struct HclAttribute(string Name, string Text, SourcePosition Position);

/// <summary>A text cannot be taken apart any further.</summary>
/// <param name="message">What is in the way.</param>
/// <param name="position">Where.</param>
internal sealed class HclException(string message, SourcePosition position) : Exception(message)
{
    /// <summary>Where.</summary>
    public SourcePosition Position { get; } = position;
}
