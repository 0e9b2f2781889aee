using GitOpsPolicy.Inputs.Files;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Rendering;

/// <summary>A test that runs where a tool is installed, and is told as skipped where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsToolAttribute : FactAttribute
{
    public NeedsToolAttribute(string tool)
    {
        if (!Tool.TryFind(tool, out _)) Skip = $"`{tool}` is not on the PATH";
    }
}
