using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Kubernetes.Objects;
using GitOpsPolicy.Policies.Reading;
using GitOpsPolicy.Reconciler.Sources;

namespace GitOpsPolicy.Reconciler.Units;

/// <summary>Reads a unit from a document of kind <c>Reconciliation</c>, in a file or as the API server gives it.</summary>
public static partial class UnitReader
{
    /// <summary>The kind of the document.</summary>
    public const string Kind = "Reconciliation";

    /// <summary>The API group and version of the document.</summary>
    public const string ApiVersion = "gitopspolicy.dev/v1alpha1";

    /// <summary>Reads one; every mistake is told.</summary>
    /// <param name="document">The document's root.</param>
    public static Loaded<Unit> Read(MappingNode document)
    {
        var problems = new ProblemList();
        var unit = Read(document, problems);
        return unit is not null && problems.Count == 0 ? new(unit) : new(problems.InFileOrder());
    }

    // What is kept of a unit is called after it, and has to be a name as well.
    private const int LongestName = 52;

    private static Unit? Read(MappingNode document, ProblemList problems)
    {
        var top = new FieldReader(document, problems);
        if (top.Text("apiVersion") is var version && version != ApiVersion)
            problems.Add(document, $"`apiVersion` is `{version}`", $"a unit has `apiVersion: {ApiVersion}`");
        if (top.Text("kind") is var kind && kind != Kind)
            problems.Add(document, $"`kind` is `{kind}`", $"a unit has `kind: {Kind}`");
        top.Any("status");
        var key = ReadKey(top, out var generation);
        top.Require("spec");
        if (!top.TryGetFields("spec", out var spec)) return null;
        top.Finish();
        var unit = ReadSpec(spec, key) is { } read ? read with { Generation = generation, Location = document.Location, Retry = UnitResource.RetryOf(document) } : null;
        spec.Finish();
        return unit;
    }

    private static UnitKey ReadKey(FieldReader top, out long generation)
    {
        generation = 0;
        top.Require("metadata");
        if (!top.TryGetFields("metadata", out var metadata)) return new("", "");
        if (metadata.Any("generation") is ScalarNode { Kind: NodeKind.Number } number && long.TryParse(number.Text, out var told))
            generation = told;
        var name = metadata.RequiredText("name");
        if (name.Length > 0 && !ObjectNames.IsLabel(name, LongestName))
            metadata.Problems.Add(
                metadata.Mapping["name"]!, $"`{name}` is no name of a unit",
                $"lower-case letters, digits and dashes, at most {LongestName}");
        return new(metadata.Text("namespace") ?? "default", name);
    }

    // Names of the objects that keep its state and of labels come from it, which must stay below 63 characters.
    private static Unit? ReadSpec(FieldReader spec, UnitKey key)
    {
        spec.Require("source");
        if (!spec.TryGetFields("source", out var source)) return null;
        var unit = new Unit
        {
            Key = key,
            Source = ReadSource(source),
            Environment = spec.Text("environment"),
            Render = Optional(spec, "render", ReadRender) ?? new(),
            Target = Optional(spec, "target", ReadTarget) ?? new(),
            Prune = Optional(spec, "prune", ReadPrune) ?? new(),
            Drift = Optional(spec, "drift", ReadDrift) ?? new(),
            DependsOn = ReadDependencies(spec, key),
            Health = Optional(spec, "health", ReadHealth) ?? new(),
            Rollback = Optional(spec, "rollback", ReadRollback) ?? new(),
            Suspend = Optional(spec, "suspend", ReadSuspension),
            Terraform = Optional(spec, "terraform", ReadTerraform),
        };
        return unit;
    }

    private static T? Optional<T>(FieldReader fields, string name, Func<FieldReader, T> read)
        where T : class
    {
        if (!fields.TryGetFields(name, out var child)) return null;
        var value = read(child);
        child.Finish();
        return value;
    }

    private static GitSource ReadSource(FieldReader fields)
    {
        var standard = new GitSource { Url = "" };
        var source = standard with
        {
            Url = ReadUrl(fields),
            Ref = ReadRef(fields) ?? standard.Ref,
            Path = (fields.Text("path") ?? "").Trim('/'),
            Interval = fields.Duration("interval") ?? standard.Interval,
            Timeout = fields.Duration("timeout") ?? standard.Timeout,
            SecretName = ReadSecretName(fields, "secretRef"),
            SigningKeysSecretName = Optional(fields, "verify", static verify => ReadSecretName(verify, "secretRef") ?? ""),
            OnRewrite = fields.Word<RewriteAnswer>("onRewrite") ?? standard.OnRewrite,
        };
        if (GitAddress.TryParse(source.Url, out var address, out _)
            && address.Scheme == GitScheme.Ssh
            && source.SecretName is null)
            fields.Problems.Add(
                fields.Mapping["url"]!, "an `ssh` address needs a `secretRef`",
                "a Secret with `identity` and `known_hosts`, beside the unit");
        if (source.Path is "." or "./") source = source with { Path = "" };
        if (source.Path.Split('/').Contains(".."))
            fields.Problems.Add(fields.Mapping["path"]!, "`path` leads out of the repository");
        fields.Finish();
        return source;
    }

    private static string? ReadRef(FieldReader fields)
    {
        (string Name, Func<string, string> Of)[] ways =
        [
            ("branch", static name => $"refs/heads/{name}"), ("tag", static name => $"refs/tags/{name}"),
            ("commit", static id => id), ("ref", static name => name),
        ];
        var given = ways.Where(way => fields.Text(way.Name) is { Length: > 0 }).ToArray();
        if (given.Length > 1)
            fields.Problems.Add(
                fields.Mapping, $"`{given[0].Name}` and `{given[1].Name}` do not go together",
                "follow one of branch, tag, commit and ref");
        if (given.Length == 0) return null;
        var (name, full) = (given[0].Name, given[0].Of(fields.Text(given[0].Name)!));
        if (!GitReference.TryParse(full, out var reference)
            || reference.IsCommit != (name == "commit" || (name == "ref" && !full.Contains('/')))
            || (name is "branch" or "tag" && fields.Text(name)!.StartsWith("refs/", StringComparison.Ordinal)))
            fields.Problems.Add(fields.Mapping[name]!, $"`{name}` is none that can be followed", HintOn(name));
        return full;
    }

    private static string HintOn(string name) => name switch
    {
        "commit" => "40 hexadecimal digits in lower case",
        "ref" => "`refs/heads/<branch>`, `refs/tags/<tag>`, or a commit in full; `git check-ref-format` tells what Git takes",
        _ => $"its name alone, as `git {name}` shows it; `git check-ref-format` tells what Git takes",
    };

    // The address itself is not told: a password may stand in it.
    private static string ReadUrl(FieldReader fields)
    {
        var url = fields.RequiredText("url");
        if (!string.IsNullOrWhiteSpace(url) && !new GitSource { Url = url }.IsBesideFile && !GitAddress.TryParse(url, out _, out var reason))
            fields.Problems.Add(fields.Mapping["url"]!, reason);
        return url;
    }

    private static string? ReadSecretName(FieldReader fields, string name) =>
        Optional(fields, name, static secret => secret.RequiredText("name"));

    private static RenderSettings ReadRender(FieldReader fields) => new()
    {
        Tool = fields.Word<RenderTool>("tool") ?? RenderTool.Auto,
        ReleaseName = fields.Text("releaseName"),
        ValuesFiles = fields.TextList("valuesFiles"),
        DecryptionSecretName = Optional(fields, "decryption", static decryption => ReadSecretName(decryption, "secretRef") ?? ""),
    };

    private static TargetSettings ReadTarget(FieldReader fields) => new()
    {
        KubeConfigSecretName = Optional(fields, "kubeConfig", static config => ReadSecretName(config, "secretRef") ?? ""),
        ServiceAccount = fields.Text("serviceAccount"),
        Namespace = fields.Text("namespace"),
        Namespaces = fields.TextList("namespaces"),
        AllowsClusterScoped = fields.Flag("clusterScoped") ?? true,
    };

    private static PruneSettings ReadPrune(FieldReader fields)
    {
        var standard = new PruneSettings();
        return new()
        {
            IsEnabled = fields.Flag("enabled") ?? standard.IsEnabled,
            MaxCount = ReadCount(fields, "maxCount", 0, 100_000) ?? standard.MaxCount,
            MaxPercent = ReadCount(fields, "maxPercent", 0, 100) ?? standard.MaxPercent,
        };
    }

    private static DriftSettings ReadDrift(FieldReader fields)
    {
        var standard = new DriftSettings();
        return new()
        {
            Corrects = fields.Flag("correct") ?? standard.Corrects,
            Interval = fields.Duration("interval") ?? standard.Interval,
            MaxCorrectionsPerHour = ReadCount(fields, "maxCorrectionsPerHour", 0, 1_000) ?? standard.MaxCorrectionsPerHour,
            MaxPercentPerPass = ReadCount(fields, "maxPercentPerPass", 0, 100) ?? standard.MaxPercentPerPass,
            EscalateAfter = fields.Duration("escalateAfter") ?? standard.EscalateAfter,
            OverridableManagers = fields.TextList("overridableManagers"),
        };
    }

    private static int? ReadCount(FieldReader fields, string name, int from, int to)
    {
        if (fields.Integer(name) is not { } number) return null;
        if (number >= from && number <= to) return number;
        fields.Problems.Add(fields.Mapping[name]!, $"`{name}` takes {from} to {to}, not {number}");
        return null;
    }

    private static ImmutableArray<UnitKey> ReadDependencies(FieldReader spec, UnitKey key)
    {
        var found = ImmutableArray.CreateBuilder<UnitKey>();
        foreach (var item in spec.Items("dependsOn"))
        {
            if (item is not MappingNode mapping)
            {
                spec.Problems.Add(item, "`dependsOn` holds the names of units", "write `- name: UNIT`");
                continue;
            }

            var fields = new FieldReader(mapping, spec.Problems);
            found.Add(new(fields.Text("namespace") ?? key.Namespace, fields.RequiredText("name")));
            fields.Finish();
            if (found[^1] == key) spec.Problems.Add(item, "the unit depends on itself");
        }

        return found.ToImmutable();
    }

    private static HealthSettings ReadHealth(FieldReader fields) => new()
    {
        Waits = fields.Flag("wait") ?? true,
        Timeout = fields.Duration("timeout") ?? new HealthSettings().Timeout,
    };

    private static RollbackSettings ReadRollback(FieldReader fields) => new()
    {
        IsEnabled = fields.Flag("enabled") ?? true,
        Window = fields.Duration("window") ?? new RollbackSettings().Window,
    };

    private static Suspension ReadSuspension(FieldReader fields) =>
        new(fields.RequiredText("by"), fields.RequiredText("reason"), Times.Read(fields, "until"));

    private static TerraformSettings ReadTerraform(FieldReader fields)
    {
        var standard = new TerraformSettings();
        var program = fields.Text("program") ?? standard.Program;
        if (program is not ("terraform" or "tofu"))
            fields.Problems.Add(fields.Mapping["program"]!, $"`{program}` is not run", "one of terraform, tofu");
        var (workspace, files) = (fields.Text("workspace"), fields.TextList("variableFiles"));
        if (workspace is not null && !Workspaces().IsMatch(workspace))
            fields.Problems.Add(
                fields.Mapping["workspace"]!, "`workspace` is no name of a workspace",
                "letters, digits, `.`, `_` and `-`, a letter or a digit first");
        if (files.Any(static file => file.StartsWith('/') || file.Split('/').Contains("..")))
            fields.Problems.Add(fields.Mapping["variableFiles"]!, "`variableFiles` leads out of the repository");
        return new()
        {
            Program = program,
            Workspace = workspace,
            VariableFiles = files,
            EnvironmentSecretName = Optional(
                fields, "environment", static variables => ReadSecretName(variables, "secretRef") ?? ""),
            Approval = fields.Word<PlanApproval>("approval") ?? standard.Approval,
            Timeout = fields.Duration("timeout") ?? standard.Timeout,
            LockTimeout = fields.Duration("lockTimeout") ?? standard.LockTimeout,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,89}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Workspaces();
}
