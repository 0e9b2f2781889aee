using System.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.Script.Tests.Differential;

/// <summary>
/// Programs made by chance mean here what they mean to node. With <c>GITOPS_POLICY_SEEDS=FIRST:COUNT</c> set and node on the
/// path, as many new ones are made and tried.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const string Seeds = "GITOPS_POLICY_SEEDS";
    private const int ChunkSize = 100;

    /// <summary>Differences told in full; more only make the message longer.</summary>
    private const int Told = 5;

    private static readonly (string Prelude, IReadOnlyList<GeneratedProgram> Programs) Committed =
        GeneratedProgram.ReadCommitted();

    public static TheoryData<int, int> Chunks
    {
        get
        {
            var chunks = new TheoryData<int, int>();
            for (var from = 0; from < Committed.Programs.Count; from += ChunkSize)
                chunks.Add(from, Math.Min(ChunkSize, Committed.Programs.Count - from));
            return chunks;
        }
    }

    [Theory]
    [MemberData(nameof(Chunks))]
    public void Generated_programs_print_what_node_prints(int from, int count) =>
        AssertSame(Committed.Prelude, Committed.Programs.Skip(from).Take(count));

    [Fact]
    public void Over_five_thousand_programs_are_committed_and_no_two_are_alike()
    {
        var distinct = Committed.Programs.Select(p => p.Text).Distinct(StringComparer.Ordinal).Count();
        output.WriteLine($"{Committed.Programs.Count} generated programs, {Committed.Programs.Sum(p => p.Expected.Split('\n').Length)} lines compared with node's");
        Assert.InRange(distinct, 5_000, Committed.Programs.Count);
    }

    [WhenAsked(Seeds)]
    public void Fresh_programs_print_what_node_prints()
    {
        var (prelude, programs) = Generate(Environment.GetEnvironmentVariable(Seeds)!.Split(':'));
        output.WriteLine($"{programs.Count} fresh programs");
        AssertSame(prelude, programs);
    }

    private static void AssertSame(string prelude, IEnumerable<GeneratedProgram> programs)
    {
        var different = programs.Select(p => p.Difference(prelude)).OfType<string>().ToArray();
        Assert.True(different.Length == 0, $"{different.Length} programs differ:\n{string.Join('\n', different.Take(Told))}");
    }

    private static (string Prelude, IReadOnlyList<GeneratedProgram> Programs) Generate(string[] seeds)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "tools", "generate-programs.mjs"),
            "--seeds",
            .. seeds
        ])
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        return GeneratedProgram.Read(node.StandardOutput);
    }

    private sealed class WhenAskedAttribute : FactAttribute
    {
        public WhenAskedAttribute(string variable)
        {
            if (Environment.GetEnvironmentVariable(variable) is null) Skip = $"set {variable}=FIRST:COUNT to try new programs";
        }
    }
}
