using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Matching;

/// <summary>Reads the <c>match</c> of a rule.</summary>
internal static class MatchReader
{
    /// <summary>Reads the field <c>match</c> of a rule; everything matches when there is none.</summary>
    public static RuleMatch Read(FieldReader rule)
    {
        if (!rule.TryGetFields("match", out var fields)) return new();
        var operations = fields.WordList<Operation>("operations");
        var (kubernetes, terraform) = (Kubernetes(fields), Terraform(fields));
        var all = kubernetes is null && terraform is null;
        var match = new RuleMatch
        {
            Kubernetes = all ? new() : kubernetes,
            Terraform = all ? new() : terraform,
            Origins = fields.WordList<ChangeOrigin>("origins"),
            Environments = Globs(fields, "environments"),
            Surfaces = fields.WordList<Surface>("surfaces"),
        };
        fields.Finish();
        return operations.IsEmpty ? match : match with { Operations = operations };
    }

    private static KubernetesMatch? Kubernetes(FieldReader match)
    {
        if (!match.TryGetFields("kubernetes", out var fields)) return null;
        var kubernetes = new KubernetesMatch
        {
            Kinds = Globs(fields, "kinds"),
            Namespaces = Globs(fields, "namespaces"),
            Labels = Pairs(fields, "labels"),
            Annotations = Pairs(fields, "annotations"),
        };
        fields.Finish();
        return kubernetes;
    }

    private static TerraformMatch? Terraform(FieldReader match)
    {
        if (!match.TryGetFields("terraform", out var fields)) return null;
        var terraform = new TerraformMatch { Types = Globs(fields, "types"), Providers = Globs(fields, "providers") };
        fields.Finish();
        return terraform;
    }

    private static ImmutableArray<Glob> Globs(FieldReader fields, string name)
    {
        if (fields.Any(name) is SequenceNode { Count: 0 } empty)
            fields.Problems.Add(empty, $"`{name}` is empty, so the rule would match nothing", "leave it out to match all");
        return [.. fields.TextList(name).Select(text => new Glob(text))];
    }

    private static ImmutableArray<(string Key, Glob Value)> Pairs(FieldReader fields, string name) =>
    [
        .. fields.Entries(name)
            .Select(e => (e.Key, Value: Reads.Text(e.Value, e.Key, fields.Problems)))
            .Where(p => p.Value is not null)
            .Select(p => (p.Key, new Glob(p.Value!))),
    ];
}
