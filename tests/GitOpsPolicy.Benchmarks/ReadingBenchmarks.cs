using BenchmarkDotNet.Attributes;
using GitOpsPolicy.Documents;
using YamlDotNet.RepresentationModel;

namespace GitOpsPolicy.Benchmarks;

/// <summary>Reading a manifest: ours, with a mark on every node, beside YamlDotNet's own tree.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    [Benchmark(Baseline = true)]
    public YamlStream YamlDotNetTree()
    {
        using var reader = new StreamReader(new MemoryStream(Samples.DeploymentText));
        var stream = new YamlStream();
        stream.Load(reader);
        return stream;
    }

    [Benchmark]
    public MappingNode OurTree() => Samples.Parse();
}
