using System.Collections.Immutable;
using System.Text;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>A public key that may sign commits.</summary>
/// <param name="Name">How it is called where it was found.</param>
/// <param name="Text">An ssh key on one line, or an armored OpenPGP key.</param>
public sealed record SigningKey(string Name, string Text);

/// <summary>What a unit's Secrets say for its source. It shows nothing of itself.</summary>
public sealed class GitCredentials
{
    /// <summary>None.</summary>
    public static GitCredentials None { get; } = new();

    /// <summary>The value of an <c>Authorization</c> header; null for none.</summary>
    internal string? Authorization { get; init; }

    /// <summary>A private key of ssh; null for none.</summary>
    internal string? Identity { get; init; }

    /// <summary>The servers' keys, as ssh keeps them; null for none.</summary>
    internal string? KnownHosts { get; init; }

    /// <summary>Certificates that servers' certificates are checked against; null for the machine's.</summary>
    internal string? CertificateAuthority { get; init; }

    /// <summary>Keys, one of which has to have signed the commit.</summary>
    internal ImmutableArray<SigningKey> SigningKeys { get; private init; } = [];

    /// <summary>
    /// Reads the values of a Secret: <c>username</c> and <c>password</c>, <c>bearerToken</c>, or <c>identity</c> and
    /// <c>known_hosts</c>; with any of them <c>ca.crt</c>.
    /// </summary>
    /// <param name="secret">The Secret's name, for messages.</param>
    /// <param name="data">Its values, decoded.</param>
    public static Loaded<GitCredentials> Read(string secret, IReadOnlyDictionary<string, string> data)
    {
        string? Value(string key) => data.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
        var (user, password, token, identity) = (Value("username"), Value("password"), Value("bearerToken"), Value("identity"));
        var problem = (user, password, token, identity) switch
        {
            (null, null, null, null) when Value("ca.crt") is null =>
                "holds none of `username` and `password`, `bearerToken`, `identity`, `ca.crt`",
            (null, not null, _, _) or (not null, null, _, _) => "holds only one of `username` and `password`",
            (not null, _, not null, _) or (not null, _, _, not null) or (_, _, not null, not null) =>
                "holds more than one kind of credentials",
            (_, _, _, not null) when Value("known_hosts") is null =>
                "holds an `identity` and no `known_hosts`, without which any server could pass for the right one",
            (_, _, _, not null) when identity.Contains("ENCRYPTED", StringComparison.Ordinal) =>
                "holds an `identity` that is encrypted; nobody is here to type its passphrase",
            _ when HoldsLines(user) || HoldsLines(password) || HoldsLines(token) =>
                "holds a value of more than one line; take the line end out of it",
            _ => null,
        };
        if (problem is not null) return new([new(new(secret, 0, 0), $"the Secret `{secret}` {problem}")]);
        return new(new GitCredentials
        {
            Authorization = token is not null ? "Bearer " + token
                : user is not null ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
                : null,
            Identity = identity,
            KnownHosts = Value("known_hosts"),
            CertificateAuthority = Value("ca.crt"),
        });
    }

    /// <summary>The same, with the public keys of a Secret: one of them has to have signed the commit.</summary>
    public GitCredentials WithSigningKeys(IReadOnlyDictionary<string, string> data) => new()
    {
        Authorization = Authorization,
        Identity = Identity,
        KnownHosts = KnownHosts,
        CertificateAuthority = CertificateAuthority,
        SigningKeys = [.. data.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(static entry => new SigningKey(entry.Key, entry.Value))],
    };

    /// <summary>A server cannot tell one from the other.</summary>
    internal bool AreThoseOf(GitCredentials other) =>
        Authorization == other.Authorization
            && Identity == other.Identity
            && KnownHosts == other.KnownHosts
            && CertificateAuthority == other.CertificateAuthority;

    /// <inheritdoc/>
    public override string ToString() => nameof(GitCredentials);

    private static bool HoldsLines(string? value) => value is not null && value.Any(char.IsControl);
}
