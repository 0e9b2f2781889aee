using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Fakes;

/// <summary>
/// The fields that a field manager owns, as paths of the steps that <c>fieldsV1</c> has: <c>f:name</c>, <c>k:{"name":"web"}</c>
/// and <c>v:"x"</c>; an item of a list is there by itself too. https://kubernetes.io/docs/reference/using-api/server-side-apply/.
/// </summary>
internal sealed class FieldSet
{
    private readonly HashSet<string> paths;

    private FieldSet(IEnumerable<string> paths) => this.paths = new(paths, StringComparer.Ordinal);

    /// <summary>No field.</summary>
    public static FieldSet Empty { get; } = new([]);

    /// <summary>The paths; steps are parted by line ends.</summary>
    public IReadOnlyCollection<string> Paths => paths;

    /// <summary>All leaves of an object.</summary>
    public static FieldSet Of(JsonObject root, ListRules rules)
    {
        var found = new List<string>();
        Collect(root, "", rules, found);
        return new(found.Where(static path => !IsServersOwn(path)));
    }

    /// <summary>Leaves that differ between two objects: those that are new or other, and those that are gone.</summary>
    public static (FieldSet Changed, FieldSet Removed) Compare(JsonObject before, JsonObject after, ListRules rules)
    {
        var (old, now) = (Of(before, rules), Of(after, rules));
        var (oldValues, newValues) = (new FieldValues(before, rules), new FieldValues(after, rules));
        return (new(now.paths.Where(path =>
            !old.paths.Contains(path) || !JsonNode.DeepEquals(oldValues.At(path), newValues.At(path)))),
            new(old.paths.Where(path => !now.paths.Contains(path))));
    }

    public bool Contains(string path) => paths.Contains(path);

    public FieldSet And(FieldSet other) => new(paths.Concat(other.paths));

    public FieldSet Without(FieldSet other) => new(paths.Except(other.paths));

    public FieldSet Within(FieldSet other) => new(paths.Intersect(other.paths));

    public FieldSet Where(Func<string, bool> isWanted) => new(paths.Where(isWanted));

    /// <summary>Reads what <see cref="ToFieldsV1"/> writes. That a map is there by itself is not kept.</summary>
    public static FieldSet Read(JsonObject fields)
    {
        var found = new List<string>();
        Collect(fields, "");
        return new(found);

        void Collect(JsonObject at, string path)
        {
            if (path.Length > 0 && (at.Count == 0 || (at.ContainsKey(".") && path.Split('\n')[^1][0] != 'f'))) found.Add(path);
            foreach (var (step, below) in at)
                if (step != ".") Collect(below!.AsObject(), Join(path, step));
        }
    }

    /// <summary>As <c>managedFields</c> writes it.</summary>
    public JsonObject ToFieldsV1()
    {
        var root = new JsonObject();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var at = root;
            var steps = path.Split('\n');
            foreach (var step in steps) at = (JsonObject)(at[step] ??= new JsonObject());
            if (steps[^1][0] != 'f') at["."] ??= new JsonObject();
        }

        return root;
    }

    /// <summary>As a conflict names it: <c>.spec.containers[name="web"].image</c>.</summary>
    public static string Shown(string path) => string.Concat(path.Split('\n').Select(static step => step[0] switch
    {
        'f' => "." + step[2..],
        'k' =>
            $"[{string.Join(',', JsonNode.Parse(step[2..])!.AsObject().Select(static key => $"{key.Key}={key.Value!.ToJsonString()}"))}]",
        _ => $"[={step[2..]}]",
    }));

    private static void Collect(JsonNode? node, string path, ListRules rules, List<string> found)
    {
        if (node is JsonObject { Count: > 0 } map && !rules.IsAtomic(path))
        {
            foreach (var (key, value) in map) Collect(value, Join(path, $"f:{key}"), rules, found);
            return;
        }

        if (node is JsonArray list && rules.KeysOf(path) is { } keys)
        {
            foreach (var item in list)
            {
                var at = Join(path, ListRules.StepTo(item, keys));
                found.Add(at);
                if (keys.Length > 0) Collect(item, at, rules, found);
            }

            return;
        }

        if (path.Length > 0) found.Add(path);
    }

    public static string Join(string path, string step) => path.Length == 0 ? step : $"{path}\n{step}";

    // The server strips what is not the manager's to own.
    private static bool IsServersOwn(string path) =>
        path is "f:apiVersion" or "f:kind"
        || (path.StartsWith("f:metadata\nf:", StringComparison.Ordinal)
            && path["f:metadata\nf:".Length..].Split('\n')[0] is "name" or "namespace" or "creationTimestamp" or "selfLink"
                or "uid" or "generation" or "managedFields" or "resourceVersion" or "deletionTimestamp"
                or "deletionGracePeriodSeconds")
        || path == "f:metadata";
}

/// <summary>Looks up the values at paths of a field set.</summary>
internal sealed class FieldValues(JsonObject root, ListRules rules)
{
    /// <summary>The value; null when there is none.</summary>
    public JsonNode? At(string path)
    {
        JsonNode? at = root;
        var walked = "";
        foreach (var step in path.Split('\n'))
        {
            at = step[0] switch
            {
                'f' => (at as JsonObject)?[step[2..]],
                _ when at is JsonArray list && rules.KeysOf(walked) is { } keys =>
                    list.FirstOrDefault(item => ListRules.StepTo(item, keys) == step),
                _ => null,
            };
            walked = FieldSet.Join(walked, step);
        }

        return at;
    }
}

/// <summary>
/// Which lists and maps are merged item by item and which are one value: what the server's schema says, for the kinds that tests
/// use.
/// </summary>
/// <param name="isBuiltIn">A built-in kind; objects of definitions without markers have only lists that are one value.</param>
internal sealed class ListRules(bool isBuiltIn)
{
    private static readonly string[] ByName = ["containers", "initContainers", "volumes", "env", "imagePullSecrets", "secrets"];
    private static readonly string[] Whole = [
        "selector", "nodeSelector", "roleRef", "secretKeyRef", "configMapKeyRef", "fieldRef", "namespaceSelector",
        "objectSelector"
    ];

    /// <summary>The map there is one value.</summary>
    public bool IsAtomic(string path) => isBuiltIn && Whole.Contains(LastField(path), StringComparer.Ordinal);

    /// <summary>
    /// The fields that tell items of the list there apart; empty for a set of values, null for a list that is one value.
    /// </summary>
    public string[]? KeysOf(string path) => (LastField(path), isBuiltIn) switch
    {
        ("finalizers", _) when path.StartsWith("f:metadata", StringComparison.Ordinal) => [],
        ("ownerReferences", _) when path.StartsWith("f:metadata", StringComparison.Ordinal) => ["uid"],
        (_, false) => null,
        (var name, _) when ByName.Contains(name, StringComparer.Ordinal) => ["name"],
        ("volumeMounts", _) => ["mountPath"],
        ("conditions", _) => ["type"],
        ("ports", _) =>
            path.Contains("containers", StringComparison.Ordinal) ? ["containerPort", "protocol"] : ["port", "protocol"],
        _ => null,
    };

    /// <summary>The step to an item.</summary>
    public static string StepTo(JsonNode? item, string[] keys)
    {
        if (keys.Length == 0) return "v:" + item!.ToJsonString();
        var key = new JsonObject();
        foreach (var name in keys) key[name] = item?[name]?.DeepClone() ?? (name == "protocol" ? "TCP" : null);
        return "k:" + key.ToJsonString();
    }

    private static string LastField(string path) =>
        path.LastIndexOf("f:", StringComparison.Ordinal) is >= 0 and var at && path.IndexOf('\n', at) < 0 ? path[(at + 2)..] : "";
}
