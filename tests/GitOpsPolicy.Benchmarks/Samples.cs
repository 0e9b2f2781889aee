using System.Globalization;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Inputs.Manifests;
using GitOpsPolicy.Policies;

namespace GitOpsPolicy.Benchmarks;

/// <summary>The document and the rules that the evaluation benchmarks share.</summary>
internal static class Samples
{
    private const int MatchingRules = 10;

    private static string Folder { get; } = AppContext.BaseDirectory;

    /// <summary>The text of a Deployment of some 4.5 KB with three containers.</summary>
    public static byte[] DeploymentText { get; } = File.ReadAllBytes(Path.Combine(Folder, "Data", "deployment.yaml"));

    /// <summary>The Deployment as a change.</summary>
    public static ChangeSet Deployment()
    {
        using var tree = new WorkTree(Path.Combine(Folder, "Data"));
        return new ManifestInput(tree).ReadChanges(["deployment.yaml"]);
    }

    /// <summary>Rules of which at most ten match the Deployment, whatever their number.</summary>
    public static RuleSet Rules(int count)
    {
        var folder = Directory.CreateTempSubdirectory("gitops-policy-bench-");
        try
        {
            var rules = Directory.GetFiles(Path.Combine(Folder, "Rules"), "*.rule.js").Order(StringComparer.Ordinal).ToArray();
            for (var i = 0; i < count; i++)
            {
                var text = File.ReadAllText(rules[i % rules.Length]);
                if (i >= MatchingRules) text = Elsewhere(text, i);
                File.WriteAllText(Path.Combine(folder.FullName, $"rule-{i:d3}.rule.js"), text, Encoding.UTF8);
            }

            using var tree = new WorkTree(folder.FullName);
            var loaded = RuleSetLoader.Load(new() { Tree = tree, Policies = ["."] });
            return loaded.TryGet(out var set) ? set : throw new InvalidOperationException(string.Join(Environment.NewLine, loaded.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The same code under another name, for a kind that the sample is not of.
    private static string Elsewhere(string rule, int number) => rule
        .Replace("  name: \"", $"  name: \"other-{number.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal)
        .Replace("apps/Deployment", $"example.com/Kind{number.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal);

    /// <summary>Reads the text of the Deployment afresh.</summary>
    public static MappingNode Parse()
    {
        var loaded = YamlReader.Read(new TextFile("deployment.yaml", DeploymentText), DeploymentText, ReaderLimits.Default);
        return loaded.TryGet(out var stream) ? (MappingNode)stream.Documents[0].Root : throw new InvalidOperationException("The sample does not parse.");
    }
}
