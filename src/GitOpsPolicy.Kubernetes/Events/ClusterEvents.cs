using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Kubernetes.Resources;

namespace GitOpsPolicy.Kubernetes.Events;

/// <summary>Something that happened to an object, to be seen by whoever describes it.</summary>
/// <param name="Reason">Why, in one word such as <c>RulesRejected</c>.</param>
/// <param name="Action">What was done or refused, in one word such as <c>Reload</c>.</param>
/// <param name="Note">For a person; longer ones are cut at 1,024 bytes, the server's limit. Never a secret.</param>
public sealed record Occurrence(string Reason, string Action, string Note)
{
    /// <summary>Something is wrong; else it is for information.</summary>
    public bool IsWarning { get; init; }
}

/// <summary>
/// Writes events (<c>events.k8s.io/v1</c>). They are a courtesy: the server forgets them after an hour, and a failure to write
/// one must not stop anything.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="controller">Who reports, such as <c>gitops-policy.dev/webhook</c>.</param>
/// <param name="instance">Which of them, such as the Pod's name.</param>
public sealed class ClusterEvents(KubernetesClient client, string controller, string instance)
{
    /// <summary>
    /// Where events about objects outside of namespaces go. Servers take them in <c>default</c> too, but not those before 1.21
    /// (<c>pkg/apis/core/validation/events.go</c>); kubectl looks everywhere.
    /// </summary>
    private const string HomeOfOthers = "kube-system";

    private const int MaxNote = 1024;
    private const int MaxName = 253;

    private static readonly ResourceType Type = new("events.k8s.io", "v1", "events", "Event", IsNamespaced: true);

    /// <summary>Writes that something happened.</summary>
    /// <param name="regarding">The object that it happened to.</param>
    /// <param name="occurrence">What happened.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>Why it could not be written; null when it was.</returns>
    public async Task<ApiFailure?> WriteAsync(MappingNode regarding, Occurrence occurrence, CancellationToken cancellation)
    {
        var metadata = new ObjectMetadata(regarding);
        var home = metadata.Namespace.Length == 0 ? HomeOfOthers : metadata.Namespace;
        var body = NewObject.Of(
            ("apiVersion", Type.ApiVersion),
            ("kind", Type.Kind),
            ("metadata", NewObject.Of(("name", NewName(metadata.Name)), ("namespace", home))),
            ("eventTime",
                client.Options.Time.GetUtcNow().UtcDateTime
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
            ("reportingController", controller),
            ("reportingInstance", instance),
            ("action", occurrence.Action),
            ("reason", occurrence.Reason),
            ("type", occurrence.IsWarning ? "Warning" : "Normal"),
            ("note", Cut(Shown.Line(occurrence.Note))),
            ("regarding", Reference(regarding, metadata)));
        try
        {
            await client.CreateAsync(Type, home, body, null, cancellation);
            return null;
        }
        catch (KubernetesException e)
        {
            return e.Failure;
        }
    }

    private static MappingNode Reference(MappingNode regarding, ObjectMetadata metadata) => NewObject.Of(
        ("apiVersion", regarding.Text("apiVersion")),
        ("kind", regarding.Text("kind")),
        ("name", metadata.Name),
        ("namespace", metadata.Namespace.Length == 0 ? null : metadata.Namespace),
        ("uid", metadata.Uid.Length == 0 ? null : metadata.Uid),
        ("resourceVersion", metadata.ResourceVersion.Length == 0 ? null : metadata.ResourceVersion));

    private static string NewName(string name)
    {
        var tail = "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return name.Length + tail.Length <= MaxName ? name + tail : name[..(MaxName - tail.Length)] + tail;
    }

    private static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= MaxNote) return note;
        var room = MaxNote - Encoding.UTF8.GetByteCount("…");
        var end = 0;
        foreach (var rune in note.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            end += rune.Utf16SequenceLength;
        }

        return note[..end] + "…";
    }
}
