using System.Text;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Prune;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Configuration;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Policies.Testing;
using GitOpsPolicy.Tests.Inputs;

namespace GitOpsPolicy.Tests.Authoring;

/// <summary>Documents of ours, through the readers that the program has for them.</summary>
internal static class PolicyReaders
{
    /// <summary>Everything a reader has to say about the form of a document.</summary>
    public static List<Problem> Problems(MappingNode document)
    {
        var problems = new ProblemList();
        Read(PolicyFiles.KindOf(document, problems), document, problems);
        return [.. problems.InFileOrder()];
    }

    /// <summary>The documents of a text.</summary>
    public static IEnumerable<MappingNode> Documents(string text, string path = "sample.yaml")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var loaded = YamlReader.Read(new TextFile(path, bytes), bytes, ReaderLimits.Default);
        return loaded.TryGet(out var stream)
            ? stream.Documents.Select(d => d.Root).OfType<MappingNode>()
            : throw new FormatException($"{path}: {loaded.Problems[0]}");
    }

    /// <summary>A document as JSON has it.</summary>
    public static JsonElement Json(Node document) => JsonDocument.Parse(NodeWriter.ToJson(document)).RootElement;

    private static void Read(string? kind, MappingNode document, ProblemList problems)
    {
        switch (kind)
        {
            case "Rule":
                new YamlRuleReader(
                    new ExpressionCompiler(BuiltinModules.Scope(BuiltinModules.For(null, problems))), problems).Read(
                    document);
                break;
            case "Waiver":
                Waiver.Read(document, problems);
                break;
            case "Acknowledgement":
                Acknowledgement.Read(document, problems);
                break;
            case "DriftTable":
                DriftTable.Read(document, problems);
                break;
            case "RuleTest":
                new RuleTestReader(new MemoryTree(), problems).Read(document);
                break;
            case "PolicyConfig":
                new PolicyConfigReader(problems).Read(document);
                break;
            default:
                break;
        }
    }
}
