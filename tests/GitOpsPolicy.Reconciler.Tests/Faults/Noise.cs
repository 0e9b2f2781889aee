using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Tests.Faults;

/// <summary>
/// An object that takes room: so large that a fetch of it takes a while, and that nothing of it can be packed away.
/// </summary>
internal static class Noise
{
    /// <summary>Another one for each seed.</summary>
    public static JsonObject Of(int seed)
    {
        var bytes = new byte[300_000];
        new Random(seed).NextBytes(bytes);
        return Revision.Of(
            "v1", "ConfigMap", "noise", new() { ["binaryData"] = new JsonObject { ["noise"] = Convert.ToBase64String(bytes) } });
    }
}
