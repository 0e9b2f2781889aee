using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Tests.Inputs;
using Xunit;

namespace GitOpsPolicy.Tests.Policies;

/// <summary>Parameters whose values lie in files of their own.</summary>
public sealed class ParameterFileTests
{
    private const string Rule = "parameters: { names: { type: array, items: string, default: [] }, other: { type: integer, default: 0 } }\nrequire: { kind: { exists: true } }";

    private static Repository With(string config) => new Repository().WithRule("a", Rule).WithConfig(config);

    [Theory]
    [InlineData("- p\n- q\n")]
    [InlineData("""["p", "q"]""")]
    public void A_file_counts_as_if_it_were_written_out(string text)
    {
        var rules = With("parameters: { a: { names: { fromFile: lists/names.yaml } } }").With("lists/names.yaml", text).Load();
        Assert.Equal("""["p","q"]""", NodeWriter.ToJson(rules.ParametersOf("a")!["names"]!));
        Assert.Equal(With("parameters: { a: { names: [p, q] } }").Load().Digest, rules.Digest);
    }

    [Fact]
    public void An_environment_may_have_a_file_of_its_own()
    {
        var rules = With("parameters: { a: { names: [x] } }\nenvironments: { prod: { paths: [prod/**], parameters: { a: { names: { fromFile: names.yaml } } } } }")
            .With("names.yaml", "[q]")
            .Load();
        Assert.Equal("""["x"]""", NodeWriter.ToJson(rules.ParametersOf("a")!["names"]!));
        Assert.Equal("""["q"]""", NodeWriter.ToJson(rules.ParametersOf("a", "prod")!["names"]!));
    }

    [Fact]
    public void Paths_start_at_the_folder_of_the_configuration()
    {
        var tree = new MemoryTree().With("team/policies/a.yaml", Repository.RuleText("a", Rule)).With("team/names.yaml", "[q]")
            .With(
                "team/gitops-policy.yaml",
                "apiVersion: gitopspolicy.dev/v1alpha1\nkind: PolicyConfig\nparameters: { a: { names: { fromFile: names.yaml } } }\n");
        Assert.True(RuleSetLoader.Load(new() { Tree = tree, ConfigPath = "team/gitops-policy.yaml" }).TryGet(out var rules));
        Assert.Equal("""["q"]""", NodeWriter.ToJson(rules.ParametersOf("a")!["names"]!));
    }

    [Theory]
    [InlineData(null, "gitops-policy.yaml:3:39: there is no file `names.yaml` (paths start at the folder of the configuration)")]
    [InlineData("- x\n- 2\n", "names.yaml:2:3: `names[1]` must be text, not the number `2`")]
    [InlineData("a: x\n", "names.yaml:1:1: `names` must be a list, not a mapping")]
    [InlineData("- x\n---\n- y\n", "names.yaml: the file has 2 documents, and the value of a parameter is one")]
    [InlineData("a: [\n", "names.yaml:")]
    public void What_is_wrong_with_a_file_is_told_at_its_place(string? text, string problem)
    {
        var repository = With("parameters: { a: { names: { fromFile: names.yaml } } }");
        Assert.StartsWith(
            problem, Assert.Single((text is null ? repository : repository.With("names.yaml", text)).Problems()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_text()
    {
        Assert.Contains(
            "`fromFile` must be text", Assert.Single(With("parameters: { a: { names: { fromFile: 3 } } }").Problems()),
            StringComparison.Ordinal);
    }
}
