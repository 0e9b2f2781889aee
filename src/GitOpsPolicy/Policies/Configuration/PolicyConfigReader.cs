using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>Reads the document of kind <c>PolicyConfig</c>.</summary>
/// <param name="problems">Where mistakes go.</param>
internal sealed class PolicyConfigReader(ProblemList problems)
{
    private const string DriftTable = $"{nameof(PolicyConfig.Drift)}.{nameof(DriftSettings.Table)}";

    private readonly Dictionary<string, Node> marks = new(StringComparer.Ordinal);

    /// <summary>Reads it. What it says is checked as far as that can be done without the rules.</summary>
    public PolicyConfig Read(MappingNode document)
    {
        var fields = new FieldReader(document, problems);
        fields.Any("apiVersion");
        fields.Any("kind");
        var (enforcement, byRule, byNamespace) = ReadEnforcement(fields);
        var (drift, table) = DriftSettingsReader.Read(fields);
        Marked(DriftTable, table);
        var config = new PolicyConfig
        {
            Rules = Paths(fields, "rules", nameof(PolicyConfig.Rules)),
            Parameters = ReadParameters(fields),
            Enforcement = enforcement,
            RuleEnforcement = byRule,
            NamespaceEnforcement = byNamespace,
            OnError = fields.Word<OnError>("onError") ?? OnError.Deny,
            Environments = ReadEnvironments(fields),
            Drift = drift,
            Waivers = Paths(fields, "waivers", nameof(PolicyConfig.Waivers)),
            Acknowledgements = Paths(fields, "acknowledgements", nameof(PolicyConfig.Acknowledgements)),
            WaiverDays = Marked(nameof(PolicyConfig.WaiverDays), fields.Any("waiverDays")) is null
                ? 90
                : fields.Integer("waiverDays") ?? 90,
        };
        fields.Finish();
        Validate(config, document);
        return config;
    }

    /// <summary>Reads <c>parameters</c>: values by rule.</summary>
    public static ImmutableArray<RuleParameters> ReadParameters(FieldReader fields) =>
    [
        .. fields.Entries("parameters")
            .Select(e => (e.Key, Values: Reads.Mapping(e.Value, e.Key, fields.Problems), Place: PlaceOf(e)))
            .Where(e => e.Values is not null)
            .Select(e => new RuleParameters(e.Key, e.Place, e.Values!)),
    ];

    private void Validate(PolicyConfig config, MappingNode document)
    {
        foreach (var failure in new PolicyConfigValidator().Validate(config).Errors)
            problems.Add(
                marks.GetValueOrDefault(failure.PropertyName) ?? document, failure.ErrorMessage, failure.CustomState as string);
    }

    private Node? Marked(string property, Node? node)
    {
        if (node is not null) marks[property] = node;
        return node;
    }

    private ImmutableArray<string> Paths(FieldReader fields, string name, string property)
    {
        if (Marked(property, fields.Any(name)) is null) return default;
        var items = fields.Items(name);
        for (var i = 0; i < items.Length; i++) Marked($"{property}[{i}]", items[i]);
        return fields.TextList(name);
    }

    /// <summary>Reads <c>environments</c>.</summary>
    public ImmutableArray<PolicyEnvironment> ReadEnvironments(FieldReader config)
    {
        var environments = ImmutableArray.CreateBuilder<PolicyEnvironment>();
        foreach (var (name, _, node) in config.Entries("environments"))
        {
            if (Reads.Mapping(node, name, problems) is not { } mapping) continue;
            var fields = new FieldReader(mapping, problems);
            var property = $"{nameof(PolicyConfig.Environments)}[{environments.Count}]";
            Marked($"{property}.{nameof(PolicyEnvironment.Name)}", node);
            var paths = Paths(fields, "paths", $"{property}.{nameof(PolicyEnvironment.Paths)}");
            var after = Marked($"{nameof(PolicyConfig.Environments)}[{environments.Count}]", fields.Any("after")) is null
                ? null
                : fields.Text("after");
            var words = Paths(fields, "words", $"{property}.{nameof(PolicyEnvironment.Words)}");
            environments.Add(new(name, paths.IsDefault ? [] : paths, ReadParameters(fields))
            {
                After = after,
                Words = words.IsDefault ? [name] : words,
            });
            fields.Finish();
        }

        return environments.ToImmutable();
    }

    private (ImmutableSortedDictionary<Surface,
        Enforcement> BySurface, ImmutableArray<RuleEnforcement> ByRule, ImmutableArray<NamespaceEnforcement> ByNamespace)
        ReadEnforcement(FieldReader config)
    {
        if (!config.TryGetFields("enforcement", out var fields))
            return (ImmutableSortedDictionary<Surface, Enforcement>.Empty, [], []);
        var surfaces = ReadSurfaces(fields);
        var rules = fields.Entries("rules").Select(ReadRuleEnforcement).ToImmutableArray();
        var namespaces = fields.Entries("namespaces").Select(ReadNamespaceEnforcement).ToImmutableArray();
        fields.Finish();
        return (surfaces, rules, namespaces);
    }

    private NamespaceEnforcement ReadNamespaceEnforcement(MappingEntry entry) =>
        new(entry.Key, Reads.Word<Enforcement>(entry.Value, entry.Key, problems) ?? Enforcement.Deny);

    private RuleEnforcement ReadRuleEnforcement(MappingEntry entry)
    {
        if (entry.Value is not MappingNode mapping)
        {
            var word = Reads.Word<Enforcement>(entry.Value, entry.Key, problems);
            return new(entry.Key, PlaceOf(entry), word, ImmutableSortedDictionary<Surface, Enforcement>.Empty);
        }

        var fields = new FieldReader(mapping, problems);
        var rule = new RuleEnforcement(entry.Key, PlaceOf(entry), null, ReadSurfaces(fields));
        fields.Finish();
        return rule;
    }

    private static ImmutableSortedDictionary<Surface, Enforcement> ReadSurfaces(FieldReader fields)
    {
        var surfaces = ImmutableSortedDictionary.CreateBuilder<Surface, Enforcement>();
        foreach (var surface in Enum.GetValues<Surface>())
            if (fields.Word<Enforcement>(Words<Surface>.Of(surface)) is { } enforcement) surfaces[surface] = enforcement;
        return surfaces.ToImmutable();
    }

    private static SourceLocation PlaceOf(MappingEntry entry) =>
        entry.Value.Document is { } d ? d.Source.At(entry.KeyPosition) : entry.Value.Location;
}
