using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Script.Tests.Runtime;

/// <summary>A small document with every kind of value in it, made by hand so that these tests need no reader.</summary>
internal static class Documents
{
    /// <summary>
    /// <c>{ name: "web", image: "registry.example.com/web:v1", replicas: 3, password: (sensitive) "hunter2", pin: (sensitive)
    /// 1234, id: (unknown), arn: (unknown), tags: ["a", "b"], labels: { app: "web", tier: "front" } }</c>, one member a line.
    /// </summary>
    public static MappingNode Sample()
    {
        var line = 0;
        MappingEntry Entry(string key, Func<SourcePosition, Node> value)
        {
            line++;
            return new MappingEntry(key, new SourcePosition(line, 1), value(new SourcePosition(line, 10)));
        }

        MappingEntry Text(string key, string text, NodeFlags flags = NodeFlags.None) =>
            Entry(key, at => ScalarNode.String(text, at, flags));
        MappingEntry[] entries =
        [
            Text("name", "web"),
            Text("image", "registry.example.com/web:v1"),
            Entry("replicas", at => ScalarNode.Numeric("3", at)),
            Text("password", "hunter2", NodeFlags.Sensitive),
            Entry("pin", at => ScalarNode.Numeric("1234", at, NodeFlags.Sensitive)),
            Text("id", "", NodeFlags.Unknown),
            Text("arn", "", NodeFlags.Unknown),
            Entry("tags", at => new SequenceNode([ScalarNode.String("a", at), ScalarNode.String("b", at)], at)),
            Entry(
                "labels",
                at => new MappingNode(
                    [new("app", at, ScalarNode.String("web", at)), new("tier", at, ScalarNode.String("front", at))], at)),
        ];
        var root = new MappingNode(entries, new SourcePosition(1, 1));
        _ = new Document(new TestFile("web.yaml"), 0, root);
        return root;
    }

    /// <summary>Evaluates an expression in which <c>doc</c> is the sample.</summary>
    public static Value Evaluate(string expression) =>
        Programs.Evaluate(new ScriptRun(new ScriptBudget()), expression, ("doc", Value.Of(Sample())));
}
