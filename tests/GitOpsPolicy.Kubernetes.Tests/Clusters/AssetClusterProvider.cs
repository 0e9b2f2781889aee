using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace GitOpsPolicy.Kubernetes.Tests.Clusters;

/// <summary>
/// Starts etcd and kube-apiserver from a folder, the convention of envtest: on loopback, with fresh state, for one test run.
/// </summary>
/// <param name="assets">Folder with <c>etcd</c>, <c>kube-apiserver</c>, <c>kubectl</c> and perhaps
/// <c>kube-controller-manager</c>.</param>
internal sealed class AssetClusterProvider(string assets) : IClusterProvider
{
    /// <summary>A busy machine takes half a minute, an idle one five seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public bool HasControllers { get; } = File.Exists(Path.Join(assets, "kube-controller-manager"));

    /// <inheritdoc/>
    public bool TakesFlags => true;

    /// <inheritdoc/>
    public async Task<TestCluster> StartAsync(ClusterRequest request)
    {
        if (request.Controllers && !HasControllers)
            throw new InvalidOperationException($"There is no kube-controller-manager in {assets}.");
        var cluster = new AssetCluster(assets, Directory.CreateTempSubdirectory("gitops-policy-cluster-").FullName);
        try
        {
            cluster.Start(request);
            await cluster.ReadyAsync(Patience);
            if (request.Controllers) cluster.StartControllers();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A cluster out of this machine's programs.</summary>
internal sealed class AssetCluster : TestCluster
{
    private readonly string assets;
    private readonly Guardian guardian;
    private readonly TestAuthority authority = new("test-kube-ca");
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly int[] ports = FreePorts(3);

    public AssetCluster(string assets, string folder)
    {
        this.assets = assets;
        guardian = new(folder);
        KubeConfig = In("admin.kubeconfig");
    }

    /// <inheritdoc/>
    public override string KubeConfig { get; }

    /// <inheritdoc/>
    public override string Kubectl => Path.Join(assets, "kubectl");

    /// <summary>The authority that vouches for the server and its clients.</summary>
    public TestAuthority Authority => authority;

    private string Server => $"https://127.0.0.1:{ports[0]}";

    /// <inheritdoc/>
    public override string Logs => string.Join(
        '\n', new[] { "etcd", "kube-apiserver", "kube-controller-manager" }.Select(name => In(name + ".log")).Where(File.Exists)
            .SelectMany(static log => File.ReadLines(log).TakeLast(8).Prepend($"== {Path.GetFileName(log)}")));

    /// <summary>Writes keys and configuration and starts both servers.</summary>
    public void Start(ClusterRequest request)
    {
        WriteKeys();
        guardian.Start("etcd", Path.Join(assets, "etcd"), EtcdFlags());
        guardian.Start("kube-apiserver", Path.Join(assets, "kube-apiserver"), ApiServerFlags(request));
    }

    /// <summary>Starts the controllers, each as a user of its own, as clusters have it.</summary>
    public void StartControllers() => guardian.KeepRunning(
        "kube-controller-manager", Path.Join(assets, "kube-controller-manager"),
        [
            $"--kubeconfig={KubeConfig}", "--use-service-account-credentials=true",
            $"--service-account-private-key-file={In("sa.key")}",
            $"--root-ca-file={In("ca.crt")}", "--leader-elect=false", "--bind-address=127.0.0.1", "--secure-port=0",
            .. IsOld() ? ["--port=0"] : (string[])[], // a fixed port by default, which two clusters of a machine cannot share
        ]);

    /// <summary>Waits until the API server says that it is ready.</summary>
    public async Task ReadyAsync(TimeSpan patience)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.ImportFromPem(authority.Pem);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new() { CertificateChainPolicy = trust },
        })
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var started = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (started.Elapsed > patience)
                throw new InvalidOperationException($"kube-apiserver is not ready after {patience.TotalSeconds:0} s:\n{Logs}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Lets etcd forget all states but the current one, as the API server has it do every five minutes.</summary>
    public async Task ForgetHistoryAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new($"http://127.0.0.1:{ports[1]}"),
        };
        var range = await http.PostAsync(
            new Uri("/v3/kv/range", UriKind.Relative), new StringContent("""{"key":"AA==","limit":"1"}"""));
        var revision = (string?)JsonNode.Parse(await range.Content.ReadAsStringAsync())!["header"]!["revision"];
        var compacted = await http.PostAsync(
            new Uri("/v3/kv/compaction", UriKind.Relative),
            new StringContent($$"""{"revision":"{{revision}}","physical":true}"""));
        compacted.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await guardian.DisposeAsync();
        authority.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync(new Uri(Server + "/readyz")) == "ok";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void WriteKeys()
    {
        using var serviceAccounts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = authority.ForServer("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc");
        File.WriteAllText(In("ca.crt"), authority.Pem);
        File.WriteAllText(In("server.crt"), server.Certificate);
        File.WriteAllText(In("server.key"), server.Key);
        File.WriteAllText(In("sa.key"), serviceAccounts.ExportECPrivateKeyPem());
        File.WriteAllText(In("sa.pub"), serviceAccounts.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(In("tokens.csv"), $"{token},admin,admin,\"system:masters\"\n");
        File.WriteAllText(KubeConfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: test, cluster: {server: "{{Server}}", certificate-authority: ca.crt} }]
            users: [{name: admin, user: {token: "{{token}}"} }]
            contexts: [{name: test, context: {cluster: test, user: admin} }]

            """);
    }

    private IEnumerable<string> EtcdFlags() =>
    [
        "--name=test", $"--data-dir={In("etcd")}", $"--listen-client-urls=http://127.0.0.1:{ports[1]}",
        $"--advertise-client-urls=http://127.0.0.1:{ports[1]}",
        $"--listen-peer-urls=http://127.0.0.1:{ports[2]}", $"--initial-advertise-peer-urls=http://127.0.0.1:{ports[2]}",
        $"--initial-cluster=test=http://127.0.0.1:{ports[2]}", "--unsafe-no-fsync",
    ];

    private IEnumerable<string> ApiServerFlags(ClusterRequest request)
    {
        string[] flags =
        [
            $"--etcd-servers=http://127.0.0.1:{ports[1]}", "--bind-address=127.0.0.1", $"--secure-port={ports[0]}",
            $"--tls-cert-file={In("server.crt")}", $"--tls-private-key-file={In("server.key")}",
            $"--client-ca-file={In("ca.crt")}",
            $"--token-auth-file={In("tokens.csv")}", "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://kubernetes.default.svc", $"--service-account-signing-key-file={In("sa.key")}",
            $"--service-account-key-file={In("sa.pub")}", "--allow-privileged=true",
        ];
        return flags
            .Concat(IsOld() ? ["--feature-gates=BoundServiceAccountTokenVolume=true"] : [])
            .Concat(request.AdmissionConfiguration is { } file ? [$"--admission-control-config-file={file}"] : [])
            .Concat(request.ApiServerFlags);
    }

    // So old a server mounts a token Secret into Pods unless told to project a token, and its controllers listen without TLS
    // unless told not to; later ones do as they should, and no longer know the flags.
    private bool IsOld()
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Join(assets, "kube-apiserver"), "--version")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var version = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return version.Contains(" v1.20.", StringComparison.Ordinal);
    }

    private string In(string file) => Path.Join(guardian.Folder, file);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var free = listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return free;
    }
}
