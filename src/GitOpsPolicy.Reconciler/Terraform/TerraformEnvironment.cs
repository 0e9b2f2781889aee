using System.Text.RegularExpressions;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>
/// The whole environment of the program: what it needs to run by itself, and the variables of the unit's Secret. Nothing of the
/// engine's own.
/// </summary>
internal static partial class TerraformEnvironment
{
    // What decides which program runs, what it loads, which settings it reads, and where it writes.
    private static readonly string[] Kept =
    [
        "PATH", "HOME", "SHELL", "IFS", "ENV", "BASH_ENV", "LD_", "DYLD_", "GIT_", "SSH_", "TF_CLI_", "TF_LOG", "TF_DATA_DIR",
        "TF_PLUGIN", "TF_WORKSPACE", "TF_INPUT",
        "TF_IN_AUTOMATION", "TF_REATTACH", "TF_ACC", "TF_FORK", "TF_TEMP", "CHECKPOINT_", "PLUGIN_", "TOFU_",
    ];

    /// <summary>Why a name cannot be a variable of the unit's; null when it can.</summary>
    public static string? Refusal(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!Names().IsMatch(name))
                return $"`{Reports.SafeText.OneLine(name)}` in the Secret of the environment cannot be the name of a variable";
            if (Kept.Any(kept => kept.EndsWith('_')
                ? name.StartsWith(kept, StringComparison.Ordinal)
                : name == kept || name.StartsWith(kept + "_", StringComparison.Ordinal)))
                return $"`{name}` in the Secret of the environment decides how the program runs, which the unit may not";
        }

        return null;
    }

    /// <summary>Puts it together.</summary>
    /// <param name="host">The host.</param>
    /// <param name="input">The pass.</param>
    /// <param name="folder">The work folder.</param>
    public static Dictionary<string, string> Of(TerraformHost host, TerraformInput input, string folder)
    {
        var environment = new Dictionary<string, string>(input.Secrets, StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["TMPDIR"] = Temporary(folder),
            ["LC_ALL"] = "C",
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["TF_DATA_DIR"] = Path.Combine(folder, "data"),
            ["TF_PLUGIN_CACHE_DIR"] = PluginCache(host),
            ["CHECKPOINT_DISABLE"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ALLOW_PROTOCOL"] = "https:ssh",
        };
        if (host.CliConfigFile is { } settings) environment["TF_CLI_CONFIG_FILE"] = settings;
        if (input.Unit.Terraform?.Workspace is { } workspace) environment["TF_WORKSPACE"] = workspace;
        foreach (var name in (ReadOnlySpan<string>)["SSL_CERT_FILE", "SSL_CERT_DIR"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) environment[name] = value;
        return environment;
    }

    /// <summary>The folder for temporary files, among them the sockets over which providers are spoken to.</summary>
    public static string Temporary(string folder) => Path.Combine(folder, "t");

    /// <summary>Where providers are kept from pass to pass.</summary>
    public static string PluginCache(TerraformHost host) => Path.GetFullPath(Path.Combine(host.CacheFolder, "providers"));

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,199}$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
