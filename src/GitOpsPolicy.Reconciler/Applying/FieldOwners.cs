using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>
/// Who owns the fields of an object, put right before it is written: a field that has two owners stays when one of them no longer
/// says it, so that what left Git would live on. What Git says is Git's alone, whoever at a keyboard wrote the same; and where a
/// unit takes over an object that somebody applied from files by kubectl, what was in those files is Git's from then on, as when
/// kubectl itself begins to apply on the server's side. What people add by hand later is theirs: that is drift.
/// Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply.
/// </summary>
internal static class FieldOwners
{
    /// <summary>
    /// What kubectl calls itself when somebody edits, patches, scales or applies, and what the server calls fields from before it
    /// kept managers.
    /// </summary>
    public static ImmutableHashSet<string> Keyboards { get; } =
        [
            "kubectl", "kubectl-edit", "kubectl-patch", "kubectl-client-side-apply", "kubectl-create", "kubectl-replace",
            "kubectl-scale", "kubectl-set", "kubectl-label", "kubectl-annotate", "kubectl-rollout", "kubectl-last-applied",
            "before-first-apply"
        ];

    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>
    /// The <c>managedFields</c> that an object should have before the unit writes it; null where they are right.
    /// </summary>
    /// <param name="live">The object.</param>
    /// <param name="desired">What Git says.</param>
    /// <param name="takesOver">The unit has not written it before.</param>
    public static JsonArray? PutRight(MappingNode live, Node desired, bool takesOver)
    {
        var entries = EntriesOf(live);
        if (entries.Count == 0) return null;
        var mine = entries.Find(static entry => entry.Manager == Applier.FieldManager && entry.Is("Apply"));
        var version = mine?.Version ?? desired.Text("apiVersion");
        var others = entries
            .Where(entry => entry.Is("Update")
                && entry.Version == version
                && (Keyboards.Contains(entry.Manager) || entry.Manager == Applier.FieldManager))
            .ToList();
        var owned = mine?.Fields ?? FieldPaths.None;
        if (takesOver) owned = OfFiles(others, live).Aggregate(owned, (all, entry) => all.And(Meant(entry.Fields, desired)));
        if (others.TrueForAll(entry => !entry.Fields.Meets(owned))) return null;
        foreach (var other in others) other.Fields = other.Fields.Without(owned);
        if (mine is not null) mine.Fields = owned;
        else entries.Add(Entry.OfUnit(version, others[0].Time, owned));
        return [.. entries.Where(static entry => !entry.Fields.IsEmpty).Select(static entry => entry.Json.DeepClone())];
    }

    /// <summary>
    /// Managers that have written a field that is said anew, or may have: in another version it may go by another name.
    /// </summary>
    /// <param name="live">The object.</param>
    /// <param name="said">What is to be applied.</param>
    public static IEnumerable<string> Claiming(MappingNode live, MappingNode said)
    {
        var version = said.Text("apiVersion");
        return EntriesOf(live)
            .Where(entry => entry.Version != version || entry.Fields.MayBeSaidBy(said))
            .Select(static entry => entry.Manager);
    }

    private static List<Entry> EntriesOf(MappingNode live) =>
        (live["metadata"] as MappingNode)?["managedFields"] is not SequenceNode list
            ? []
            : [.. JsonNode.Parse(NodeWriter.ToJson(list))!.AsArray()
                .OfType<JsonObject>()
                .Select(static entry => new Entry(entry))];

    // Up to 1.19 kubectl had one name for everything. What was there before managers were kept holds what the server filled in,
    // too: nobody's to take away.
    private static IEnumerable<Entry> OfFiles(List<Entry> others, MappingNode live)
    {
        var hasFiles = live.Text("metadata", "annotations", LastApplied) is not null;
        return others.Where(entry => entry.Manager == "kubectl-client-side-apply" || (entry.Manager == "kubectl" && hasFiles));
    }

    // Whoever scales it, by hand or not, is asked to go on: nobody means one replica by leaving the number out of Git.
    private static FieldPaths Meant(FieldPaths fields, Node desired) =>
        desired.Text("spec", "replicas") is null ? fields.WithoutField("f:spec", "f:replicas") : fields;

    private sealed class Entry(JsonObject json)
    {
        public JsonObject Json => json;

        public string Manager => (string?)json["manager"] ?? "";

        public string Version => (string?)json["apiVersion"] ?? "";

        public string? Time => (string?)json["time"];

        public FieldPaths Fields
        {
            get => field ??= FieldPaths.Read(json["fieldsV1"] as JsonObject);
            set => json["fieldsV1"] = (field = value).Write();
        }

        public static Entry OfUnit(string? version, string? time, FieldPaths fields) => new(new()
        {
            ["manager"] = Applier.FieldManager,
            ["operation"] = "Apply",
            ["apiVersion"] = version,
            ["time"] = time,
            ["fieldsType"] = "FieldsV1",
        })
        {
            Fields = fields,
        };

        public bool Is(string operation) =>
            (string?)json["operation"] == operation && string.IsNullOrEmpty((string?)json["subresource"]);
    }
}
