using System.Collections.Immutable;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;
using GitOpsPolicy.Knowledge.Drift;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>Reads <c>drift</c> of a configuration: the path of a drift table, or a mapping.</summary>
internal static class DriftSettingsReader
{
    /// <summary>Reads it; also the node with the path of the table, null for none.</summary>
    public static (DriftSettings Settings, Node? Table) Read(FieldReader config)
    {
        if (config.Any("drift") is not MappingNode) return (new() { Table = config.Text("drift") }, config.Any("drift"));
        if (!config.TryGetFields("drift", out var fields)) return (DriftSettings.None, null);
        var settings = new DriftSettings
        {
            Table = fields.Text("table"),
            Ignore = [.. Each(fields, "ignore", ReadIgnore)],
            FreezeWindows = new([.. Each(fields, "freezeWindows", FreezeWindowReader.Read)]),
        };
        fields.Finish();
        return (settings, fields.Any("table"));
    }

    private static IEnumerable<T> Each<T>(FieldReader fields, string name, Func<FieldReader, T?> read)
        where T : class
    {
        foreach (var node in fields.Items(name))
        {
            if (Reads.Mapping(node, name, fields.Problems) is not { } mapping) continue;
            var entry = new FieldReader(mapping, fields.Problems);
            var made = read(entry);
            entry.Finish();
            if (made is not null) yield return made;
        }
    }

    private static DriftIgnore? ReadIgnore(FieldReader fields)
    {
        var before = fields.Problems.Count;
        fields.Require("kinds", "`group/Kind`, such as `apps/Deployment`, or `core/ConfigMap` for the core group");
        foreach (var kind in fields.Items("kinds")) CheckKind(kind, fields.Problems);
        foreach (var path in fields.Items("paths"))
            if (path.AsText() is { } text && !FieldPattern.IsWellFormed(text))
                fields.Problems.Add(path, $"`{text}` is no path", DriftIgnore.PathHint);
        var entry = new DriftIgnore
        {
            Node = fields.Mapping,
            Reason = fields.RequiredText("reason"),
            Kinds = Globs(fields, "kinds"),
            Namespaces = Globs(fields, "namespaces"),
            Names = Globs(fields, "names"),
            Environments = Globs(fields, "environments"),
            Paths = [.. fields.TextList("paths").Where(FieldPattern.IsWellFormed).Select(static path => new FieldPattern(path))],
            Managers = Globs(fields, "managers"),
            IsOptional = fields.Flag("optional") ?? false,
        };
        if (!fields.Has("paths") && !fields.Has("managers"))
            fields.Problems.Add(
                fields.Mapping, "the entry says neither what is ignored nor whose",
                "give it `paths`, such as `/spec/replicas`, or `managers`; the path \"\" is the whole object");
        return fields.Problems.Count == before ? entry : null;
    }

    // What Argo CD takes for a group, and then never fits: `apps/v1`.
    private static void CheckKind(Node node, ProblemList problems)
    {
        if (node.AsText() is not { } text) return;
        var parts = text.Split('/');
        if (parts.Length == 3)
            problems.Add(node, $"`{text}` has a version in it", $"write `{parts[0]}/{parts[2]}`: entries hold for every version");
        else if (parts.Length == 1 && text != "*")
            problems.Add(node, $"`{text}` has no group", $"write `apps/{text}`, or `core/{text}` for the core group");
        else if (parts.Length == 2 && IsVersion(parts[0]))
            problems.Add(
                node, $"`{parts[0]}` is a version, no group", $"write `core/{parts[1]}`: entries hold for every version");
    }

    private static bool IsVersion(string text) => text.Length > 1 && text[0] == 'v' && char.IsAsciiDigit(text[1]);

    internal static ImmutableArray<Glob> Globs(FieldReader fields, string name) =>
        [.. fields.TextList(name).Select(static text => new Glob(text))];
}
