using System.Collections.Immutable;
using System.Security.Cryptography;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Credentials;
using GitOpsPolicy.Kubernetes.Http;

namespace GitOpsPolicy.Kubernetes.Configuration;

/// <summary>Makes a connection of one context: its cluster, its user, its namespace. All mistakes are found in one run.</summary>
internal sealed class ContextReader(IReadOnlyList<KubeConfigFile> files, TimeProvider time)
{
    private readonly ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();

    /// <summary>Reads the context of this name.</summary>
    public Loaded<ClusterConnection> Read(string name)
    {
        if (Find("contexts", name) is not { } context)
            return new([new(
                new(files[0].Path, 0, 0), $"there is no context `{name}`", "known: " + KubeConfig.Known(files, "contexts"))]);

        var cluster = Require(context, "cluster", "clusters");
        var user = context.Has("user") ? Require(context, "user", "users") : null;
        var connection = cluster is null ? null : ReadCluster(cluster);
        var credential = user is null ? Credential.Anonymous : new UserReader(user, connection, time).Read();
        if (problems.Count > 0 || connection is null) return new(problems.ToImmutable());
        return new(connection with
        {
            Credential = credential,
            Impersonation = user is null ? null : UserReader.Impersonation(user),
            Namespace = context.Text("namespace") ?? "default",
        });
    }

    private EntryReader? Find(string list, string name)
    {
        foreach (var file in files)
            if (file.Find(list, name) is { } entry) return new(file, entry, problems);
        return null;
    }

    private EntryReader? Require(EntryReader context, string field, string list)
    {
        if (context.Text(field) is not { } name)
        {
            context.Report(field, $"the context names no {field}", $"known: {KubeConfig.Known(files, list)}");
            return null;
        }

        var entry = Find(list, name);
        if (entry is null) context.Report(field, $"there is no {field} `{name}`", $"known: {KubeConfig.Known(files, list)}");
        return entry;
    }

    private static ClusterConnection? ReadCluster(EntryReader cluster)
    {
        var server = Address(cluster, "server", "https", "http");
        if (server is null)
        {
            if (!cluster.Has("server"))
                cluster.Report("server", "the cluster has no `server`", "such as `https://10.0.0.1:6443`");
            return null;
        }

        var authorities = cluster.Pem("certificate-authority");
        RequireCertificates(cluster, authorities);
        var skip = cluster.Flag("insecure-skip-tls-verify");
        if (skip && authorities is not null)
        {
            cluster.Report("insecure-skip-tls-verify", "`insecure-skip-tls-verify` contradicts `certificate-authority`",
                "remove `insecure-skip-tls-verify`");
        }

        return new()
        {
            Server = server,
            Authorities = authorities,
            SkipTlsVerification = skip,
            TlsServerName = cluster.Text("tls-server-name"),
            Proxy = Address(cluster, "proxy-url", "http", "https", "socks5"),
        };
    }

    private static Uri? Address(EntryReader cluster, string name, params ReadOnlySpan<string> schemes)
    {
        if (cluster.Text(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)) return address;
        cluster.Report(name, $"`{name}` is no address of the form `{schemes[0]}://HOST:PORT`");
        return null;
    }

    private static void RequireCertificates(EntryReader cluster, PemText? authorities)
    {
        try
        {
            if (authorities is not null && TlsMaterial.Authorities(authorities.Read()).Count == 0)
                cluster.Report(
                    "certificate-authority", "the certificate authority holds no certificate",
                    "it must be PEM: `-----BEGIN CERTIFICATE-----`");
        }
        catch (CryptographicException e)
        {
            cluster.Report("certificate-authority", $"the certificate authority cannot be read: {e.Message.TrimEnd('.')}");
        }
    }
}
