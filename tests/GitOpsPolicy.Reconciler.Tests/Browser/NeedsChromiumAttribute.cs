using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Browser;

/// <summary>A test that needs a real browser, and is skipped with a reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsChromiumAttribute : FactAttribute
{
    public NeedsChromiumAttribute() => Skip = Reason;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Reason => Chromium.Program is null ? "there is no Chromium on this machine" : null;
}

/// <summary>The same for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryNeedsChromiumAttribute : TheoryAttribute
{
    public TheoryNeedsChromiumAttribute() => Skip = NeedsChromiumAttribute.Reason;
}
