using System.Globalization;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Kubernetes.Credentials;

/// <summary>What a credential plugin gave.</summary>
/// <param name="Token">Bearer token; null for none.</param>
/// <param name="CertificatePem">Client certificate; null for none.</param>
/// <param name="KeyPem">Key of the client certificate; null for none.</param>
/// <param name="Expires">When it runs out; null when only the server's refusal tells.</param>
internal sealed record PluginAnswer(string? Token, string? CertificatePem, string? KeyPem, DateTimeOffset? Expires)
{
    /// <summary>Reads an <c>ExecCredential</c>. What is wrong with it is said without showing any of it.</summary>
    /// <exception cref="CredentialException">It is none, of another version, or gives nothing.</exception>
    public static PluginAnswer Read(PluginCommand command, string output)
    {
        var bytes = Encoding.UTF8.GetBytes(output);
        if (!JsonReader.Read(new TextFile("exec", bytes), bytes, ReaderLimits.Default).TryGet(out var document)
            || document.Root is not MappingNode root)
            throw PluginRun.Failed(command, "wrote no ExecCredential in JSON");
        if (Text(root, "apiVersion") is var version && version != command.ApiVersion)
            throw PluginRun.Failed(
                command, $"answered in version `{Shown.Text(version ?? "")}`, not `{command.ApiVersion}`",
                "make `exec.apiVersion` in the kubeconfig what the program speaks");
        var status = root["status"] as MappingNode;
        var answer = new PluginAnswer(
            Text(status, "token"), Text(status, "clientCertificateData"), Text(status, "clientKeyData"), Time(command, status));
        if (answer.Token is null && answer.CertificatePem is null)
            throw PluginRun.Failed(command, "gave neither a token nor a client certificate");
        if (answer.CertificatePem is null != answer.KeyPem is null)
            throw PluginRun.Failed(command, "gave a client certificate or key without the other half");
        return answer;
    }

    private static string? Text(MappingNode? mapping, string name) =>
        mapping?[name] is ScalarNode { Kind: NodeKind.String, Text.Length: > 0 } scalar ? scalar.Text : null;

    private static DateTimeOffset? Time(PluginCommand command, MappingNode? status)
    {
        if (Text(status, "expirationTimestamp") is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw PluginRun.Failed(command, $"gave `{Shown.Text(text)}` as `expirationTimestamp`, which is no time");
    }
}
