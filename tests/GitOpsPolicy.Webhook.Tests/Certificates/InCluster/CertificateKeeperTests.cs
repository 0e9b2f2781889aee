using System.Security.Cryptography.X509Certificates;
using GitOpsPolicy.Webhook.Certificates;
using GitOpsPolicy.Webhook.Certificates.InCluster;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.Certificates.InCluster;

/// <summary>Years in the life of three replicas that share their certificates.</summary>
public sealed class CertificateKeeperTests
{
    private static readonly CertificateTimes Times = new(
        new(TimeSpan.FromDays(365), TimeSpan.FromDays(30)), TimeSpan.FromDays(4));

    private readonly MovableTime clock = new();
    private readonly SharedPlace place = new();
    private readonly List<CertificateKeeper> replicas;

    public CertificateKeeperTests() =>
        replicas = [.. Enumerable.Range(0, 3).Select(_ => new CertificateKeeper(place, place, ["webhook.test"], Times, clock))];

    [Fact]
    public async Task In_three_years_no_API_server_ever_meets_a_certificate_that_it_does_not_trust()
    {
        var (late, leaves, authorities) = ("", new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal));
        for (var day = 0; day < 3 * 365; day++)
        {
            // In turn: a replica may be two days behind, and an API server one, which then still believes what was published
            // before.
            await replicas[day % 3].PassAsync(default);
            foreach (var replica in replicas.Where(static replica => replica.Current is not null))
            {
                var shown = replica.Current!.TargetCertificate;
                leaves.Add(shown.SerialNumber);
                Assert.True(place.IsTrusted(place.Published!, shown, clock.Now), $"day {day}: not trusted");
                Assert.True(
                    late.Length == 0 || place.IsTrusted(late, shown, clock.Now),
                    $"day {day}: not trusted by an API server that lags behind");
            }

            if (late != place.Published)
            {
                late = place.Published!;
                foreach (var authority in PemPair.Bundle(late)) authorities.Add(authority.SerialNumber);
            }

            clock.Now += TimeSpan.FromDays(1);
        }

        Assert.InRange(leaves.Count, 48, 62);   // every 20 days
        Assert.InRange(authorities.Count, 4, 6);   // every 243 days
        Assert.InRange(PemPair.Bundle(place.Published!).Count, 1, 2);
    }

    [Fact]
    public async Task Trust_is_told_apart_by_authority_and_by_day()
    {
        await replicas[0].PassAsync(default);
        var (bundle, shown) = (place.Published!, replicas[0].Current!.TargetCertificate);
        using var stranger = CertificateAuthority.Create(clock.Now, TimeSpan.FromDays(365));
        Assert.True(place.IsTrusted(bundle, shown, clock.Now));
        Assert.False(place.IsTrusted(bundle, shown, clock.Now.AddDays(-1)));
        Assert.False(place.IsTrusted(bundle, shown, clock.Now.AddDays(31)));
        Assert.False(place.IsTrusted(PemPair.Bundle([stranger.Certificate]), shown, clock.Now));
    }

    [Fact]
    public async Task Replicas_that_start_together_agree_on_one_certificate()
    {
        await Task.WhenAll(replicas.Select(replica => Task.Run(() => replica.PassAsync(default))));
        Assert.Single(replicas.Select(static replica => replica.Current!.TargetCertificate.SerialNumber).Distinct());
        Assert.Single(PemPair.Bundle(place.Published!));
    }

    [Fact]
    public async Task An_authority_that_is_not_published_never_issues()
    {
        await replicas[0].PassAsync(default);
        place.CanPublish = false;
        for (var day = 0; day < 360; day++)
        {
            clock.Now += TimeSpan.FromDays(1);
            await replicas[0].PassAsync(default);
            Assert.True(place.IsTrusted(place.Published!, replicas[0].Current!.TargetCertificate, clock.Now), $"day {day}");
        }
    }

    [Fact]
    public async Task What_cannot_be_published_is_told_of_and_the_certificate_is_shown_and_renewed_all_the_same()
    {
        place.Unpublishable = "there is no ValidatingWebhookConfiguration `x` to publish the authority in";
        await replicas[0].PassAsync(default);
        var before = replicas[0].Current!.TargetCertificate.SerialNumber;
        Assert.Equal(place.Unpublishable, replicas[0].Trouble);

        clock.Now += TimeSpan.FromDays(25);
        await replicas[0].PassAsync(default);
        Assert.NotEqual(before, replicas[0].Current!.TargetCertificate.SerialNumber);

        place.Unpublishable = null;
        await replicas[0].PassAsync(default);
        Assert.Null(replicas[0].Trouble);
        Assert.True(place.IsTrusted(place.Published!, replicas[0].Current!.TargetCertificate, clock.Now));
    }

    [Fact]
    public async Task After_a_pause_of_years_it_begins_anew()
    {
        await replicas[0].PassAsync(default);
        clock.Now += TimeSpan.FromDays(2_000);
        Assert.True(replicas[0].NotAfter < clock.Now);
        await replicas[0].PassAsync(default);
        Assert.True(replicas[0].NotAfter > clock.Now);
        Assert.True(place.IsTrusted(place.Published!, replicas[0].Current!.TargetCertificate, clock.Now));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_of_and_the_certificate_stays()
    {
        await replicas[0].PassAsync(default);
        place.Broken = "the Secret policy/certs holds something else";
        await replicas[0].PassAsync(default);
        Assert.NotNull(replicas[0].Current);
        Assert.Equal(place.Broken, replicas[0].Trouble);
        place.Broken = null;
        await replicas[0].PassAsync(default);
        Assert.Null(replicas[0].Trouble);
    }

    /// <summary>The Secret and the webhook configuration, without a cluster.</summary>
    private sealed class SharedPlace : ICertificateStore, ICaBundle
    {
        private readonly Lock gate = new();
        private readonly Dictionary<(string Bundle, string Shown), (DateTimeOffset From, DateTimeOffset Until)> trusted = [];
        private StoredCertificates stored = new(null, "");

        public string? Published { get; private set; }

        public bool CanPublish { get; set; } = true;

        public string? Broken { get; set; }

        public string? Unpublishable { get; set; }

        public Task<StoredCertificates> ReadAsync(CancellationToken cancellation) =>
            Broken is { } why ? throw new CertificateException(why) : Task.FromResult(stored);

        public Task<bool> TryWriteAsync(StoredCertificates found, CertificateState state, CancellationToken cancellation)
        {
            lock (gate)
            {
                if (found.Version != stored.Version) return Task.FromResult(false);
                stored = new(state, found.Version + "x");
                return Task.FromResult(true);
            }
        }

        public Task<bool> PublishAsync(string bundle, CancellationToken cancellation)
        {
            if (Unpublishable is { } why) throw new CertificateException(why);
            if (CanPublish) Published = bundle;
            return Task.FromResult(Published == bundle);
        }

        public bool IsTrusted(string bundle, X509Certificate2 shown, DateTimeOffset now)
        {
            var key = (bundle, shown.Thumbprint);
            if (!trusted.TryGetValue(key, out var time)) trusted[key] = time = TrustedIn(bundle, shown);
            return time.From <= now && now <= time.Until;
        }

        // Who vouches for whom stays as it is, and is asked once; what days change is whether each certificate on the way holds.
        private static (DateTimeOffset From, DateTimeOffset Until) TrustedIn(string bundle, X509Certificate2 shown)
        {
            using var chain = new X509Chain
            {
                ChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
                },
            };
            chain.ChainPolicy.CustomTrustStore.AddRange(PemPair.Bundle(bundle));
            if (!chain.Build(shown)) return (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
            return (chain.ChainElements.Max(static one => new DateTimeOffset(one.Certificate.NotBefore)),
                chain.ChainElements.Min(static one => new DateTimeOffset(one.Certificate.NotAfter)));
        }
    }
}
