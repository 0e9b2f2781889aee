using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>What a credential plugin is told, in the variable <c>KUBERNETES_EXEC_INFO</c>.</summary>
internal static class PluginQuestion
{
    /// <summary>The <c>ExecCredential</c> in JSON.</summary>
    public static string Write(PluginCommand command, bool interactive)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", command.ApiVersion);
            json.WriteString("kind", "ExecCredential");
            json.WriteStartObject("spec");
            if (command.Cluster is not null) WriteCluster(json, command);
            json.WriteBoolean("interactive", interactive);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void WriteCluster(Utf8JsonWriter json, PluginCommand command)
    {
        var cluster = command.Cluster!;
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server.ToString());
        if (cluster.TlsServerName is { } name) json.WriteString("tls-server-name", name);
        if (cluster.SkipTlsVerification) json.WriteBoolean("insecure-skip-tls-verify", true);
        if (cluster.Authorities is { } authorities)
            json.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(authorities.Read()));
        if (cluster.Proxy is { } proxy) json.WriteString("proxy-url", proxy.ToString());
        json.WriteEndObject();
    }
}
