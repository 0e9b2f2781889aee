using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy certs</c>: a folder of certificates from the first one to a new authority.</summary>
public sealed class CertsTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_folder_is_filled_once_and_then_kept()
    {
        var (exit, written, errors) = await line.Run(
            "certs", "init", "--host", "gitops-policy.policy.svc", "--host", "10.0.0.9", "--client", "kube-apiserver");
        Assert.Equal((0, ""), (exit, errors));
        Assert.StartsWith(
            "written  webhook-certs/tls.crt, for gitops-policy.policy.svc, 10.0.0.9, until ", written, StringComparison.Ordinal);
        Assert.Contains("written  webhook-certs/client.crt, for kube-apiserver, until ", written, StringComparison.Ordinal);
        Assert.Equal(
            ["ca.crt", "ca.key", "client-ca.crt", "client-ca.key", "client.crt", "client.key", "tls.crt", "tls.key"],
            line.Files().Select(Path.GetFileName));

        var before = line.Read("webhook-certs/tls.crt");
        var (again, kept, _) = await line.Run("certs", "init", "--host", "other.test");
        Assert.Equal(0, again);
        Assert.StartsWith(
            "kept     webhook-certs/tls.crt, for gitops-policy.policy.svc, 10.0.0.9, until ", kept, StringComparison.Ordinal);
        Assert.Equal(before, line.Read("webhook-certs/tls.crt"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 0)]
    [InlineData(31, 1)]
    public async Task Showing_fails_when_something_ends_within_the_days_asked_for(int within, int exit)
    {
        await line.Run("certs", "init", "certs", "--days", "30");
        var shown = await line.Run("certs", "show", "certs", "--within", $"{within}");
        Assert.Equal((exit, ""), (shown.Exit, shown.Error));
        Assert.Matches(
            @"(?m)^tls\.crt  localhost, 127\.0\.0\.1, ::1  [0-9A-F]{32}  until \d{4}-\d\d-\d\d  29 days left\r?$", shown.Out);
        Assert.Matches(@"(?m)^ca\.crt   gitops-policy-ca +[0-9A-F]+  until \d{4}-\d\d-\d\d  3649 days left\r?$", shown.Out);
    }

    [Fact]
    public async Task A_renewal_keeps_the_names_unless_told_others()
    {
        await line.Run("certs", "init", "--host", "a.test");
        var before = Serial();
        Assert.StartsWith(
            "nothing ends within 5 days", (await line.Run("certs", "renew", "--within", "5")).Out, StringComparison.Ordinal);
        Assert.Equal(before, Serial());

        Assert.StartsWith("written  webhook-certs/tls.crt", (await line.Run("certs", "renew")).Out, StringComparison.Ordinal);
        Assert.NotEqual(before, Serial());
        Assert.Contains("tls.crt  a.test ", (await line.Run("certs", "show")).Out, StringComparison.Ordinal);

        await line.Run("certs", "renew", "--host", "b.test", "--within", "5");
        Assert.Contains("tls.crt  b.test ", (await line.Run("certs", "show")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_authority_is_trusted_beside_the_old_one_until_that_is_retired()
    {
        await line.Run("certs", "init");
        var (exit, _, next) = await line.Run("certs", "renew", "--authority");
        Assert.Equal(0, exit);
        Assert.Contains("then `gitops-policy certs renew webhook-certs`", next, StringComparison.Ordinal);
        Assert.Equal(2, Authorities());
        Assert.Equal(0, (await line.Run("certs", "show")).Exit);
        Assert.StartsWith(
            "every authority is still needed", (await line.Run("certs", "renew", "--retire")).Out, StringComparison.Ordinal);

        await line.Run("certs", "renew");
        Assert.Equal((2, 0), (Authorities(), (await line.Run("certs", "show")).Exit));
        Assert.StartsWith(
            "written  webhook-certs/ca.crt, without 1 it had before", (await line.Run("certs", "renew", "--retire")).Out,
            StringComparison.Ordinal);
        Assert.Equal((1, 0), (Authorities(), (await line.Run("certs", "show")).Exit));
    }

    [Fact]
    public async Task A_certificate_that_nothing_in_the_folder_vouches_for_is_told_of()
    {
        await line.Run("certs", "init", "one");
        await line.Run("certs", "init", "two");
        line.Write("one/ca.crt", line.Read("two/ca.crt"));
        var (exit, shown, _) = await line.Run("certs", "show", "one");
        Assert.Equal(1, exit);
        Assert.Contains("not issued by an authority in ca.crt", shown, StringComparison.Ordinal);
        Assert.Contains(
            "one/tls.crt is there, but not issued by an authority in ca.crt", (await line.Run("certs", "init", "one")).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there are no certificates in none; `gitops-policy certs init` makes them", "show", "none")]
    [InlineData("there are no certificates in none; `gitops-policy certs init` makes them", "renew", "none")]
    [InlineData("`--host a b` is no DNS name and no address", "init", "--host", "a b")]
    [InlineData("`--days` takes 1 to 36500 days", "init", "--days", "0")]
    [InlineData("`--authority` begins what `--retire` ends; give one of them", "renew", "--authority", "--retire")]
    [InlineData(
        "broken/tls.crt: this is no PEM certificate with the key that belongs to it; take both files away and run `gitops-policy certs init`", "show", "broken")]
    [InlineData(
        "half/ca.crt is there without half/ca.key: nothing can be issued by it; take it away to begin anew", "init", "half")]
    public async Task What_cannot_be_is_one_clear_line(string message, params string[] args)
    {
        line.Write("broken/tls.crt", "no certificate");
        line.Write("broken/tls.key", "no key");
        line.Write("half/ca.crt", "whatever");
        var (exit, _, error) = await line.Run(["certs", .. args]);
        Assert.Equal((2, $"gitops-policy: {message}"), (exit, error.TrimEnd()));
    }

    private string Serial()
    {
        using var certificate = X509Certificate2.CreateFromPem(line.Read("webhook-certs/tls.crt"));
        return certificate.SerialNumber;
    }

    private int Authorities() => line.Read("webhook-certs/ca.crt").Split("BEGIN CERTIFICATE").Length - 1;
}
