using System.Text.Json.Nodes;

namespace GitOpsPolicy.Reconciler.Applying;

/// <summary>
/// Writes the protocol into ports that leave it out. It is one of the keys by which a server tells ports apart, and some servers
/// refuse to apply a port without it, or take two of one number for one, though <c>TCP</c> is what they fill in themselves.
/// Source: https://github.com/kubernetes-sigs/structured-merge-diff/issues/130; seen on Kubernetes 1.20.
/// </summary>
internal static class PortKeys
{
    /// <summary>Does so in all ports of Services, endpoints and containers below a node.</summary>
    public static void Complete(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list) Complete(item);
                break;
            case JsonObject mapping:
                foreach (var (key, value) in mapping.ToList())
                {
                    if (key != "ports") Complete(value);
                    else if (value is JsonArray ports)
                        foreach (var port in ports.OfType<JsonObject>()
                            .Where(static port => port.ContainsKey("port") || port.ContainsKey("containerPort")))
                            port["protocol"] ??= "TCP";
                }

                break;
            default:
                break;
        }
    }
}
