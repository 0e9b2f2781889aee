using System.Collections.Immutable;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>What <c>gitops-policy.yaml</c> says. Everything has a default, so that there need not be one.</summary>
public sealed record PolicyConfig
{
    /// <summary>The word among <see cref="Rules"/> that stands for the rules in the binary.</summary>
    public const string Builtin = "builtin";

    /// <summary>Where rules are when nothing is said.</summary>
    public const string DefaultRules = "policies";

    /// <summary>The configuration while there is none.</summary>
    public static PolicyConfig None { get; } = new();

    /// <summary>Folders and files with rules, from the folder of the configuration; default when nothing is said.</summary>
    public ImmutableArray<string> Rules { get; init; }

    /// <summary>Folders and files with rules of the user's own, from the folder of the configuration.</summary>
    public ImmutableArray<string> OwnRules => Rules.IsDefault ? [DefaultRules] : [.. Rules.Where(path => path != Builtin)];

    /// <summary>Parameter values for all environments.</summary>
    public ImmutableArray<RuleParameters> Parameters { get; init; } = [];

    /// <summary>The most that findings may do, by surface; a surface that is not in it does as the rules say.</summary>
    public ImmutableSortedDictionary<Surface, Enforcement> Enforcement { get; init; } =
        ImmutableSortedDictionary<Surface, Enforcement>.Empty;

    /// <summary>The same by rule.</summary>
    public ImmutableArray<RuleEnforcement> RuleEnforcement { get; init; } = [];

    /// <summary>
    /// The most that findings may do in namespaces of a cluster, in the order of the file: the first that fits counts.
    /// </summary>
    public ImmutableArray<NamespaceEnforcement> NamespaceEnforcement { get; init; } = [];

    /// <summary>What becomes of a request to a cluster that the rules could not judge.</summary>
    public OnError OnError { get; init; } = OnError.Deny;

    /// <summary>Environments, in the order of the file: the first that a path fits counts.</summary>
    public ImmutableArray<PolicyEnvironment> Environments { get; init; } = [];

    /// <summary>What is said about drift.</summary>
    public DriftSettings Drift { get; init; } = DriftSettings.None;

    /// <summary>Folders and files with waivers; default when nothing is said.</summary>
    public ImmutableArray<string> Waivers { get; init; }

    /// <summary>Folders and files with acknowledgements; default when nothing is said.</summary>
    public ImmutableArray<string> Acknowledgements { get; init; }

    /// <summary>How many days ahead a waiver may expire.</summary>
    public int WaiverDays { get; init; } = 90;

    /// <summary>The most that findings of a rule may do on a surface.</summary>
    public Enforcement EnforcementOf(RuleMetadata rule, Surface surface)
    {
        var own = RuleEnforcement.FirstOrDefault(e => e.Rule == rule.Name);
        if (own?.BySurface.TryGetValue(surface, out var exact) == true) return exact;
        var general = Enforcement.TryGetValue(surface, out var set) ? set
            : surface == Surface.Audit ? Policies.Enforcement.Audit
            : Policies.Enforcement.Deny;
        var wanted = own?.Everywhere ?? rule.Enforcement;
        return general < wanted ? general : wanted;
    }

    /// <summary>The most that findings may do in a namespace of a cluster.</summary>
    /// <param name="name">The namespace; empty for cluster-scoped objects, which no pattern fits.</param>
    public Enforcement EnforcementIn(string name)
    {
        if (name.Length == 0) return Policies.Enforcement.Deny;
        foreach (var entry in NamespaceEnforcement)
            if (entry.Pattern.Fits(name)) return entry.Limit;
        return Policies.Enforcement.Deny;
    }

    /// <summary>
    /// The folder that paths of files are relative to, seen from the folder of the configuration; empty when it is the same.
    /// </summary>
    internal string WorkingFolder { get; init; } = "";

    /// <summary>The environment that a file belongs to; null for none.</summary>
    public string? EnvironmentOf(string file)
    {
        if (Environments.IsEmpty) return null;
        var path = WorkingFolder.Length == 0 && !file.StartsWith('.') ? file : Plain($"{WorkingFolder}/{file}");
        foreach (var environment in Environments)
            if (environment.Globs.Any(glob => glob.Matches(path))) return environment.Name;
        return null;
    }

    /// <summary>
    /// Paths are all of what they are part of: none lies within the folder of an environment, as one of its applications does.
    /// </summary>
    public bool AreWhole(IEnumerable<string> paths) =>
        !paths.Select(path => FromTop(path))
            .Any(path => Environments.SelectMany(
                static environment => environment.Globs).Any(glob =>
                    glob.Folder.Length > 0 && path.StartsWith(glob.Folder + "/", StringComparison.Ordinal)));

    /// <summary>A path from the folder of the configuration, as it is written in the folder that the command runs in.</summary>
    internal string FromWorkingFolder(string path) =>
        string.Concat(WorkingFolder.Split('/').Where(step => step.Length > 0).Select(_ => "../")) + path;

    /// <summary>A path as it is written in the folder that the command runs in, from the folder of the configuration.</summary>
    internal string FromTop(string path) => Plain($"{WorkingFolder}/{path}");

    // `apps/../base/./x.yaml` is base/x.yaml.
    private static string Plain(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/'))
        {
            if (step is "" or ".") continue;
            if (step == ".." && steps.Count > 0 && steps[^1] != "..") steps.RemoveAt(steps.Count - 1);
            else steps.Add(step);
        }

        return string.Join('/', steps);
    }
}

/// <summary>Parameter values for one rule.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Location">Where the name stands.</param>
/// <param name="Values">The values, as written.</param>
public sealed record RuleParameters(string Rule, SourceLocation Location, MappingNode Values)
{
    /// <summary>Values that were read from files which <see cref="Values"/> only names, by parameter.</summary>
    internal ImmutableDictionary<string, Node> FromFiles { get; init; } = ImmutableDictionary<string, Node>.Empty;

    /// <summary>The value of a parameter; null for none.</summary>
    internal Node? this[string parameter] => FromFiles.GetValueOrDefault(parameter) ?? Values[parameter];
}

/// <summary>The most that findings of one rule may do.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Location">Where the name stands.</param>
/// <param name="Everywhere">On every surface, held against the surface's own limit; null when nothing is said.</param>
/// <param name="BySurface">On single surfaces, whatever the surface's own limit.</param>
public sealed record RuleEnforcement(
    string Rule, SourceLocation Location, Enforcement? Everywhere, ImmutableSortedDictionary<Surface, Enforcement> BySurface);

/// <summary>The most that findings may do in some namespaces of a cluster.</summary>
/// <param name="Namespaces">A glob over names of namespaces.</param>
/// <param name="Limit">The most that findings may do.</param>
public sealed record NamespaceEnforcement(string Namespaces, Enforcement Limit)
{
    /// <summary><see cref="Namespaces"/>, ready to be used.</summary>
    internal Glob Pattern { get; } = new(Namespaces);
}

/// <summary>
/// What becomes of a request to a cluster that the rules could not judge: one failed, used up its budget, or had no time left.
/// </summary>
public enum OnError
{
    /// <summary>It is denied.</summary>
    Deny,

    /// <summary>It is allowed, with a warning that says so.</summary>
    Allow,
}

/// <summary>A part of the repository that has parameters of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paths">Globs over the paths of files that belong to it.</param>
/// <param name="Parameters">Parameter values, laid over the general ones.</param>
public sealed record PolicyEnvironment(string Name, ImmutableArray<string> Paths, ImmutableArray<RuleParameters> Parameters)
{
    /// <summary><see cref="Paths"/>, ready to be used.</summary>
    internal ImmutableArray<PathGlob> Globs { get; } = [.. Paths.Select(p => new PathGlob(p))];

    /// <summary>The environment that changes come from; null for one that starts a line.</summary>
    public string? After { get; init; }

    /// <summary>Words that stand for the environment in names, namespaces and values; its name when nothing is said.</summary>
    public ImmutableArray<string> Words { get; init; } = [Name];

    /// <summary>Its place in the line, for what is judged.</summary>
    internal EnvironmentStep Step => new(Name, After, Words);
}
