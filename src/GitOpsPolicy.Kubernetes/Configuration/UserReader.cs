using System.Security.Cryptography;
using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>Makes a credential of a kubeconfig's user.</summary>
/// <param name="user">The user's entry.</param>
/// <param name="cluster">The cluster that the credential is for; null when it could not be read.</param>
/// <param name="time">The clock by which credentials run out.</param>
internal sealed class UserReader(EntryReader user, ClusterConnection? cluster, TimeProvider time)
{
    private static readonly string[] PluginVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    /// <summary>The credential; mistakes are reported.</summary>
    public Credential Read()
    {
        if (user.Has("auth-provider"))
            user.Report(
                "auth-provider", "`auth-provider` is gone from Kubernetes since 1.26", "use an `exec` plugin of your provider");
        if (user.Has("username") || user.Has("password"))
            user.Report(
                "username", "API servers take no password since Kubernetes 1.19",
                "use a token, a client certificate or an `exec` plugin");
        return user.Entry("exec") is { } exec ? ReadPlugin(exec) : ReadGiven();
    }

    /// <summary>As whom the user wants to be treated; null for as itself.</summary>
    public static Impersonation? Impersonation(EntryReader user) => user.Text("as") is { } name
        ? new(name, user.Text("as-uid"), user.Texts("as-groups"), user.Pairs("as-user-extra"))
        : null;

    private GivenCredential ReadGiven()
    {
        var certificate = user.Pem("client-certificate");
        var key = user.Pem("client-key");
        if (certificate is not null && key is null && !user.Has("client-key") && !user.Has("client-key-data"))
            user.Report("client-certificate", "the client certificate has no `client-key`");
        if (key is not null && certificate is null && !user.Has("client-certificate") && !user.Has("client-certificate-data"))
            user.Report("client-key", "the client key has no `client-certificate`");
        if (certificate is not null && key is not null) RequirePair(certificate, key);
        var tokenFile = user.Text("tokenFile") is { } path ? user.File.Resolve(path) : null;
        if (tokenFile is not null && !File.Exists(tokenFile)) user.Report("tokenFile", $"there is no token file `{tokenFile}`");
        return new GivenCredential { Certificate = certificate, Key = key, TokenFile = tokenFile, Token = user.Text("token") };
    }

    private void RequirePair(PemText certificate, PemText key)
    {
        try
        {
            using var pair = TlsMaterial.ClientCertificate(certificate.Read(), key.Read());
        }
        catch (CryptographicException e)
        {
            user.Report(
                "client-certificate", $"the client certificate and its key cannot be used: {e.Message.TrimEnd('.')}",
                "they must be PEM and belong together");
        }
    }

    private PluginCredential ReadPlugin(EntryReader exec)
    {
        var command = exec.Text("command");
        if (command is null) exec.Report("command", "the plugin has no `command`");
        var version = exec.Text("apiVersion");
        if (version is null || !PluginVersions.Contains(version, StringComparer.Ordinal))
        {
            exec.Report("apiVersion", version is null ? "the plugin has no `apiVersion`" : $"unknown plugin version `{version}`",
                "one of " + string.Join(", ", PluginVersions));
        }

        var mode = exec.Text("interactiveMode") ?? "IfAvailable";
        if (!Enum.TryParse<InteractiveMode>(mode, out var interactive) || !Enum.IsDefined(interactive))
            exec.Report("interactiveMode", $"unknown `interactiveMode` value `{mode}`", "one of Never, IfAvailable, Always");
        return new PluginCredential(new PluginCommand
        {
            ApiVersion = version ?? "",
            Command = command ?? "",
            Folder = Path.GetDirectoryName(Path.GetFullPath(exec.File.Path))!,
            Arguments = exec.Texts("args"),
            Environment = [.. exec.Entries("env")
                .Select(static variable => KeyValuePair.Create(variable.Text("name") ?? "", variable.Text("value") ?? ""))
                .Where(static variable => variable.Key.Length > 0)],
            InstallHint = exec.Text("installHint"),
            InteractiveMode = interactive,
            Cluster = exec.Flag("provideClusterInfo") ? cluster : null,
        }, time);
    }
}
