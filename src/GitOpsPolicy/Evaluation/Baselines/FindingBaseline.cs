using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Evaluation.Baselines;

/// <summary>A finding that was there when somebody wrote it down.</summary>
/// <param name="Fingerprint">What it is recognised by.</param>
/// <param name="Rule">Name of its rule.</param>
/// <param name="Resource">Canonical id of the resource.</param>
/// <param name="Since">The day it was written down.</param>
public sealed record BaselineEntry(string Fingerprint, string Rule, string Resource, DateOnly Since)
{
    /// <summary>Who is to mend it; null when nobody is named.</summary>
    public string? Owner { get; init; }

    /// <summary>The last day that it is excused; null for no end.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Its time is over on a day.</summary>
    public bool HasExpired(DateOnly today) => Expires is { } last && last < today;
}

/// <summary>
/// The findings of a repository on the day it began to be judged: they are counted, not told, so that new ones are seen. A file
/// in JSON, in one order, so that a new one differs from the old where findings do; <c>docs/reference/baseline.schema.json</c>
/// describes it.
/// </summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Entries">By rule, resource and fingerprint, each fingerprint once.</param>
public sealed record FindingBaseline(string File, ImmutableArray<BaselineEntry> Entries)
{
    /// <summary>Version of the format. A reader may rely on every field while the number before the point stays.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary><c>sha256:…</c> over what it excuses.</summary>
    public string Digest =>
        "sha256:"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Entries.Select(
                static entry =>
                    $"{entry.Fingerprint} {entry.Rule} {entry.Resource}{(entry.Expires is { } last ? $" {last:yyyy-MM-dd}" : "")}\n")))));

    /// <summary>Writes it.</summary>
    public void Write(TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteStartArray("findings");
            foreach (var entry in Entries) Write(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n");
    }

    /// <summary>Reads one, or tells everything that is wrong with the file.</summary>
    public static Loaded<FindingBaseline> Read(TextFile file)
    {
        var loaded = JsonReader.Read(file, file.Bytes, ReaderLimits.Default);
        if (!loaded.TryGet(out var document)) return new(loaded.Problems);
        var problems = new ProblemList();
        if (Reads.Mapping(document.Root, "baseline", problems) is not { } mapping) return new(problems.InFileOrder());
        var fields = new FieldReader(mapping, problems);
        if (fields.RequiredText("schemaVersion") is { Length: > 0 } version
            && version.Split('.')[0] != SchemaVersion.Split('.')[0])
            problems.Add(
                mapping["schemaVersion"]!, $"unknown format `{version}`",
                $"this program reads {SchemaVersion}; write the baseline anew with `--write-baseline`");
        fields.Require("findings");
        var entries = fields.Items("findings").Select(node => ReadEntry(node, problems)).OfType<BaselineEntry>();
        var sorted = InOrder(entries);
        fields.Finish();
        return problems.Count > 0 ? new(problems.InFileOrder()) : new(new FindingBaseline(file.Path, sorted));
    }

    /// <summary>Entries in the order of the file, each fingerprint once.</summary>
    internal static ImmutableArray<BaselineEntry> InOrder(IEnumerable<BaselineEntry> entries) =>
    [
        .. entries.DistinctBy(static entry => entry.Fingerprint)
            .OrderBy(static entry => entry.Rule, StringComparer.Ordinal)
                .ThenBy(static entry => entry.Resource, StringComparer.Ordinal)
                .ThenBy(static entry => entry.Fingerprint, StringComparer.Ordinal),
    ];

    private static BaselineEntry? ReadEntry(Node node, ProblemList problems)
    {
        if (Reads.Mapping(node, "findings", problems) is not { } mapping) return null;
        var fields = new FieldReader(mapping, problems);
        var (fingerprint, rule, resource) = (fields.RequiredText("fingerprint"), fields.RequiredText("rule"),
            fields.RequiredText("resource"));
        fields.Require("since");
        var since = Dates.Read(fields, "since");
        var (owner, expires) = (fields.Text("owner"), Dates.Read(fields, "expires"));
        fields.Finish();
        return since is { } day ? new(fingerprint, rule, resource, day) { Owner = owner, Expires = expires } : null;
    }

    private static void Write(Utf8JsonWriter json, BaselineEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("fingerprint", entry.Fingerprint);
        json.WriteString("rule", entry.Rule);
        json.WriteString("resource", entry.Resource);
        json.WriteString("since", entry.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (entry.Owner is { } owner) json.WriteString("owner", owner);
        if (entry.Expires is { } expires)
            json.WriteString("expires", expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
