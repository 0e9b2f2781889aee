using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies;

/// <summary>The deletions of a change set, as acknowledgements are bound to them.</summary>
public static class DeletionSet
{
    /// <summary>The resource, or what it holds, or the hold on it, is lost. A tool's file holds nothing.</summary>
    public static bool IsDeletion(Change change) => change.Resource is not FileId && change.Operation is Operation.Delete or Operation.Replace or Operation.Forget;

    /// <summary>
    /// <c>sha256:…</c> over the sorted, distinct lines <c>operation canonical-id</c> of the deletions among the changes. The order of
    /// the changes, their files and their content do not count.
    /// </summary>
    public static string Digest(IEnumerable<Change> changes)
    {
        var lines = changes.Where(IsDeletion)
            .Select(c => $"{Words<Operation>.Of(c.Operation)} {c.Resource.Canonical}\n")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    /// <summary>The text of an acknowledgement of all deletions among the changes, ready to be written to a file and reviewed.</summary>
    /// <param name="name">Its name: lower-case words joined by dashes.</param>
    /// <param name="changes">The changes; what is no deletion is left out.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="approver">Who allowed it.</param>
    /// <param name="reason">Why.</param>
    public static string WriteAcknowledgement(string name, IEnumerable<Change> changes, string owner, string approver, string reason)
    {
        var deletions = changes.Where(IsDeletion).ToList();
        var text = new StringBuilder();
        text.Append("apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: ").Append(Quoted(name));
        text.Append("\nspec:\n  deletions:\n");
        foreach (var id in deletions.Select(c => c.Resource.Canonical).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            text.Append("    - ").Append(Quoted(id)).Append('\n');
        text.Append("  digest: ").Append(Digest(deletions)).Append('\n');
        text.Append("  owner: ").Append(Quoted(owner)).Append("\n  approver: ").Append(Quoted(approver));
        return text.Append("\n  reason: ").Append(Quoted(reason)).Append('\n').ToString();
    }

    // A JSON string is a YAML string, and no text can end it early.
    private static string Quoted(string text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        NodeWriter.WriteJson(ScalarNode.String(text), buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
