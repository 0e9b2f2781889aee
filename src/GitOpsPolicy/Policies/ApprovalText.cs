using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies;

/// <summary>
/// Writes the file that decides about what waits for somebody's word. Who answers for it and why is left empty, so that it does
/// not load before somebody says so.
/// </summary>
public static class ApprovalText
{
    /// <summary>The file.</summary>
    /// <param name="name">Name of the acknowledgement.</param>
    /// <param name="subject">What waits.</param>
    /// <param name="digest">The digest that it is bound to.</param>
    public static string Write(string name, ApprovalSubject subject, string digest)
    {
        var text = new StringBuilder();
        text.Append("apiVersion: gitopspolicy.dev/v1alpha1\nkind: Acknowledgement\nmetadata:\n  name: ").Append(Quoted(name));
        text.Append("\nspec:\n  approves:\n    - subject: ").Append(subject.ToString().ToLowerInvariant());
        text.Append("\n      digest: ").Append(Quoted(digest)).Append('\n');
        if (subject == ApprovalSubject.Drift) text.Append("      choice: \"\" # adopt, revert or tolerate\n");
        return text.Append("  owner: \"\"\n  approver: \"\"\n  reason: \"\"\n").ToString();
    }

    /// <summary>A name for it, which says what it belongs to and differs for each digest.</summary>
    /// <param name="of">What it belongs to.</param>
    /// <param name="digest">The digest.</param>
    public static string NameOf(string of, string digest)
    {
        var start = digest.IndexOf(':', StringComparison.Ordinal) + 1;
        return $"{of}-{digest[start..Math.Min(start + 8, digest.Length)]}";
    }

    // A JSON string is a YAML string, and no text can end it early.
    internal static string Quoted(string text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        NodeWriter.WriteJson(ScalarNode.String(text), buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
