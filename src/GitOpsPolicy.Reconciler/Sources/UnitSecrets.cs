using System.Security.Cryptography;
using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Configuration;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Reads the Secrets that a unit names. They lie in the unit's own namespace: whoever may write units there may use what is kept
/// there, and nothing else. They are read anew for each fetch, so that one that was changed counts at once.
/// </summary>
/// <param name="home">The cluster that units live in.</param>
public sealed class UnitSecrets(KubernetesClient home)
{
    private const string KubeConfigKey = "value";

    private static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret", IsNamespaced: true);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the source is asked with: who logs in, and the keys of which one has to have signed.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<Loaded<GitCredentials>> CredentialsOfAsync(Unit unit, CancellationToken cancellation)
    {
        var credentials = GitCredentials.None;
        if (unit.Source.SecretName is { } name)
        {
            if (!(await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem)) return new([problem]);
            var loaded = GitCredentials.Read(name, data);
            if (!loaded.TryGet(out var read)) return loaded;
            credentials = read;
        }

        if (unit.Source.SigningKeysSecretName is not { } keys) return new(credentials);
        return (await ReadAsync(unit, keys, cancellation)).TryGet(out var signing, out var missing)
            ? new(credentials.WithSigningKeys(signing))
            : new([missing]);
    }

    /// <summary>What the unit's files are decrypted with; null where it names nothing.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<Loaded<DecryptionKeys>?> DecryptionOfAsync(Unit unit, CancellationToken cancellation)
    {
        if (unit.Render.DecryptionSecretName is not { } name) return null;
        return (await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem)
            ? DecryptionKeys.Read(name, data)
            : new([problem]);
    }

    /// <summary>What Terraform is given in its environment; empty where the unit names nothing.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<Loaded<IReadOnlyDictionary<string, string>>> EnvironmentOfAsync(Unit unit, CancellationToken cancellation)
    {
        if (unit.Terraform?.EnvironmentSecretName is not { } name) return new(new Dictionary<string, string>());
        return (await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem) ? new(data) : new([problem]);
    }

    /// <summary>
    /// The cluster that the unit's objects go to, and a digest of the text that says so; null where that is the cluster it lives
    /// in.
    /// </summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    internal async Task<Loaded<RemoteTarget>?> TargetOfAsync(Unit unit, CancellationToken cancellation)
    {
        if (unit.Target.KubeConfigSecretName is not { } name) return null;
        if (!(await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem)) return new([problem]);
        var place = $"Secret `{unit.Key.Namespace}/{name}`";
        if (!data.TryGetValue(KubeConfigKey, out var text) || text.Length == 0)
            return new([new(unit.Location, $"the {place} holds no `{KubeConfigKey}`", "keep the kubeconfig under that key")]);
        var read = Connections.FromText(place, Encoding.UTF8.GetBytes(text), home.Options.Time);
        if (!read.TryGet(out var connection))
            return new([.. read.Problems.Select(one => one with { Message = $"the kubeconfig in the {place}: {one.Message}" })]);
        return connection.Impersonation is not null && unit.Target.ServiceAccount is not null
            ? new([new(
                unit.Location, $"the kubeconfig in the {place} impersonates somebody, and so does `target.serviceAccount`",
                "take one of the two out")])
            : new(new RemoteTarget(connection, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
    }

    private async Task<SecretAnswer> ReadAsync(Unit unit, string name, CancellationToken cancellation)
    {
        if (name.Length == 0) return new(null, new(unit.Location, "a `secretRef` of the unit names no Secret"));
        var found = await home.FindAsync(new ObjectAddress(Secrets, unit.Key.Namespace, name), cancellation);
        if (found is null)
            return new(null, new(unit.Location, $"there is no Secret `{unit.Key.Namespace}/{name}`", "make it, beside the unit"));
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in found["data"] is MappingNode values ? values.Entries.ToArray() : [])
        {
            if (entry.Value is not ScalarNode value || !TryDecode(value.Text, out var text))
                return new(null, new(unit.Location, $"`{entry.Key}` in the Secret `{unit.Key.Namespace}/{name}` is no text"));
            data[entry.Key] = text;
        }

        return new(data, null);
    }

    private static bool TryDecode(string base64, out string text)
    {
        text = "";
        try
        {
            text = Strict.GetString(Convert.FromBase64String(base64));
            return true;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return false;
        }
    }

    private sealed record SecretAnswer(IReadOnlyDictionary<string, string>? Data, Problem? Problem)
    {
        public bool TryGet(out IReadOnlyDictionary<string, string> data, out Problem problem)
        {
            (data, problem) = (Data!, Problem!);
            return Data is not null;
        }
    }
}

/// <summary>Another cluster that objects go to.</summary>
/// <param name="Connection">How it is reached.</param>
/// <param name="Digest">Of the text that says so.</param>
internal sealed record RemoteTarget(ClusterConnection Connection, string Digest);
