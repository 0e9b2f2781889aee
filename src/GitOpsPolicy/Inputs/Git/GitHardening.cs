namespace GitOpsPolicy.Inputs.Git;

/// <summary>
/// What <c>git</c> is told whoever calls it and for whatever: neither the machine nor a repository has it run, ask or answer
/// anything else than what it was called for. Callers add what is about their own call.
/// </summary>
public static class GitHardening
{
    /// <summary>Its environment. Nobody is asked over any network; whoever fetches says over which.</summary>
    public static IReadOnlyDictionary<string, string> Surroundings { get; } = new Dictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_OPTIONAL_LOCKS"] = "0",
        // A repository must not serve other objects than the ones named, nor fetch missing ones.
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_ALLOW_PROTOCOL"] = "none",
    };

    /// <summary>Its configuration.</summary>
    public static IReadOnlyList<(string Key, string Value)> Configuration { get; } =
        [
            ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"), ("core.useReplaceRefs", "false"),
            ("protocol.allow", "never")
        ];

    /// <summary>The same for bare repositories: no index that lies beside the packs is trusted.</summary>
    public static IReadOnlyList<(string Key, string Value)> OfBare { get; } = [
        .. Configuration,
        ("core.commitGraph", "false"),
        ("core.multiPackIndex", "false")
    ];
}
