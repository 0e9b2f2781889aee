using GitOpsPolicy.Reconciler.Tests.Fakes;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>How a client bears with a server, as its log shows it.</summary>
internal static class Patience
{
    /// <summary>
    /// Writes of one object within one second, the most of all. What the engine keeps of a unit is written before and after what
    /// a pass makes.
    /// </summary>
    public static IReadOnlyList<Operation> MostWritesOfOne(IEnumerable<Operation> asked) =>
        [.. asked.Where(static one => one.IsWrite && !one.Key.Name.StartsWith("reconciliation-", StringComparison.Ordinal))
            .GroupBy(static one => (one.Key, (int)one.At.TotalSeconds))
            .MaxBy(static group => group.Count()) ?? Enumerable.Empty<Operation>()];

    /// <summary>Who was told to wait did.</summary>
    public static void AssertWaits(IReadOnlyList<Operation> asked)
    {
        foreach (var (told, i) in asked.Select(static (one, i) => (one, i)).Where(static pair => pair.one.Code == 429))
        {
            var next = asked.Skip(i + 1).FirstOrDefault(one => one.Key == told.Key && one.Verb == told.Verb);
            Assert.True(next is null || next.At - told.At >= TimeSpan.FromSeconds(0.95), $"{told} and again {next}");
        }
    }
}
