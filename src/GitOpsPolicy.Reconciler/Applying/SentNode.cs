using System.Text;
using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>
/// Makes nodes to be sent of JSON that was put together: a node of a document that was read belongs to that document.
/// </summary>
internal static class SentNode
{
    /// <summary>The same as a node of its own.</summary>
    public static Node Of(JsonNode json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        return JsonReader.Read(new TextFile("", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            ? document.Root
            : throw new InvalidOperationException("What was put together to be sent cannot be read.");
    }
}
