using System.Text;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes;
using GitOpsPolicy.Kubernetes.Http;
using GitOpsPolicy.Kubernetes.Resources;
using GitOpsPolicy.Reconciler.Rendering;
using GitOpsPolicy.Reconciler.Units;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>
/// Reads the Secrets that a unit names. They lie in the unit's own namespace: whoever may write units there may use what is kept there, and
/// nothing else. They are read anew for each fetch, so that one that was changed counts at once.
/// </summary>
/// <param name="home">The cluster that units live in.</param>
public sealed class UnitSecrets(KubernetesClient home)
{
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
        return (await ReadAsync(unit, keys, cancellation)).TryGet(out var signing, out var missing) ? new(credentials.WithSigningKeys(signing)) : new([missing]);
    }

    /// <summary>What the unit's files are decrypted with; null where it names nothing.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<Loaded<DecryptionKeys>?> DecryptionOfAsync(Unit unit, CancellationToken cancellation)
    {
        if (unit.Render.DecryptionSecretName is not { } name) return null;
        return (await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem) ? DecryptionKeys.Read(name, data) : new([problem]);
    }

    /// <summary>What Terraform is given in its environment; empty where the unit names nothing.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it, or cannot be asked.</exception>
    public async Task<Loaded<IReadOnlyDictionary<string, string>>> EnvironmentOfAsync(Unit unit, CancellationToken cancellation)
    {
        if (unit.Terraform?.EnvironmentSecretName is not { } name) return new(new Dictionary<string, string>());
        return (await ReadAsync(unit, name, cancellation)).TryGet(out var data, out var problem) ? new(data) : new([problem]);
    }

    private async Task<SecretAnswer> ReadAsync(Unit unit, string name, CancellationToken cancellation)
    {
        if (name.Length == 0) return new(null, new(unit.Location, "a `secretRef` of the unit names no Secret"));
        var found = await home.FindAsync(new ObjectAddress(Secrets, unit.Key.Namespace, name), cancellation);
        if (found is null) return new(null, new(unit.Location, $"there is no Secret `{unit.Key.Namespace}/{name}`", "make it, beside the unit"));
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
