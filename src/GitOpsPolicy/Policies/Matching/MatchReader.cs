using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Script.Instrumentation;

namespace GitOpsPolicy.Policies.Matching;

/// <summary>Reads the <c>match</c> of a rule.</summary>
/// <param name="instrumentation">What is done to it besides reading it; null for nothing.</param>
internal sealed class MatchReader(ScriptInstrumentation? instrumentation)
{
    private readonly Dictionary<string, SourceLocation> places = new(StringComparer.Ordinal);

    /// <summary>Reads the field <c>match</c> of a rule; everything matches when there is none.</summary>
    /// <param name="rule">The rule's fields.</param>
    /// <param name="instrumentation">What is done to it besides reading it; null for nothing.</param>
    public static RuleMatch Read(FieldReader rule, ScriptInstrumentation? instrumentation = null) =>
        rule.TryGetFields("match", out var fields) ? new MatchReader(instrumentation).ReadMatch(fields) : new();

    private RuleMatch ReadMatch(FieldReader fields)
    {
        var operations = Words<Operation>(fields, "operations");
        var (kubernetes, terraform, files) = (Kubernetes(fields), Terraform(fields), Files(fields));
        var all = kubernetes is null && terraform is null && files is null;
        var match = new RuleMatch
        {
            Kubernetes = all ? new() : kubernetes,
            Terraform = all ? new() : terraform,
            Files = files,
            Origins = Words<ChangeOrigin>(fields, "origins"),
            Environments = Globs(fields, "environments"),
            Surfaces = Words<Surface>(fields, "surfaces"),
        };
        match = match with { Places = places.ToImmutableDictionary(StringComparer.Ordinal) };
        fields.Finish();
        return operations.IsEmpty ? match : match with { Operations = operations };
    }

    private KubernetesMatch? Kubernetes(FieldReader match)
    {
        if (!match.TryGetFields("kubernetes", out var fields)) return null;
        var kubernetes = new KubernetesMatch
        {
            Kinds = Globs(fields, "kinds"),
            Subresources = Globs(fields, "subresources"),
            Namespaces = Globs(fields, "namespaces"),
            Labels = Pairs(fields, "labels"),
            Annotations = Pairs(fields, "annotations"),
        };
        fields.Finish();
        return kubernetes;
    }

    private TerraformMatch? Terraform(FieldReader match)
    {
        if (!match.TryGetFields("terraform", out var fields)) return null;
        var terraform = new TerraformMatch { Types = Globs(fields, "types"), Providers = Globs(fields, "providers") };
        fields.Finish();
        return terraform;
    }

    private FileMatch? Files(FieldReader match)
    {
        if (!match.TryGetFields("files", out var fields)) return null;
        var files = new FileMatch { Kinds = Globs(fields, "kinds") };
        fields.Finish();
        return files;
    }

    private ImmutableArray<Glob> Globs(FieldReader fields, string name)
    {
        if (fields.Any(name) is SequenceNode { Count: 0 } empty)
            fields.Problems.Add(empty, $"`{name}` is empty, so the rule would match nothing", "leave it out to match all");
        return Kept(fields, name, [.. fields.TextList(name).Select(text => new Glob(text))]);
    }

    private ImmutableArray<T> Words<T>(FieldReader fields, string name)
        where T : struct, Enum => Kept(fields, name, fields.WordList<T>(name));

    // Without one of its constraints, or with one word less, a rule is another one: its tests should notice.
    private ImmutableArray<T> Kept<T>(FieldReader fields, string name, ImmutableArray<T> items)
    {
        if (!items.IsEmpty) places[name] = fields.PlaceOf(name);
        if (instrumentation is null || items.IsEmpty) return items;
        if (instrumentation.Makes(fields.PlaceOf(name), $"`{name}` left out")) return [];
        var written = fields.Items(name);
        for (var i = 0; items.Length > 1 && i < written.Length; i++)
            if (instrumentation.Makes(written[i].Location, $"`{(written[i] as ScalarNode)?.Text}` left out of `{name}`"))
                return items.RemoveAt(i);
        return items;
    }

    private ImmutableArray<(string Key, Glob Value)> Pairs(FieldReader fields, string name)
    {
        var pairs = AllPairs(fields, name);
        if (!pairs.IsEmpty) places[name] = fields.PlaceOf(name);
        return instrumentation is not null && !pairs.IsEmpty && instrumentation.Makes(fields.PlaceOf(name), $"`{name}` left out")
            ? []
            : pairs;
    }

    private static ImmutableArray<(string Key, Glob Value)> AllPairs(FieldReader fields, string name) =>
    [
        .. fields.Entries(name)
            .Select(e => (e.Key, Value: Reads.Text(e.Value, e.Key, fields.Problems)))
            .Where(p => p.Value is not null)
            .Select(p => (p.Key, new Glob(p.Value!))),
    ];
}
