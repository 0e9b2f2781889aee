using System.CommandLine;
using GitOpsPolicy.Inputs.Manifests;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The arguments that say what is judged. Every command that reads changes takes them alike.</summary>
internal sealed class InputOptions
{
    /// <summary>The paths, each a file, a folder, a pattern or <see cref="ManifestInput.StandardInput"/>.</summary>
    public Argument<string[]> Paths { get; } = CreatePaths();

    /// <summary><c>--base</c>.</summary>
    public Option<string?> Base { get; } = new("--base")
    {
        HelpName = "REF|DIR",
        Description = "Compare with a Git revision or a folder, so that what disappears is judged too. Rules, configuration and waivers are then read from that revision.",
    };

    /// <summary><c>--plan</c>.</summary>
    public Option<string[]> Plans { get; } = new("--plan")
    {
        HelpName = "FILE",
        Description = "A Terraform or OpenTofu plan as JSON (`terraform show -json tfplan`); `-` reads standard input. May be given several times.",
    };

    /// <summary><c>--terraform</c>.</summary>
    public Option<string?> Terraform { get; } = new("--terraform")
    {
        HelpName = "DIR",
        Description = "The folder of the configuration that the plans were made of. `prevent_destroy` is in no plan; with `--base`, one that goes together with its block is seen there. Default: the folder of the plan.",
    };

    /// <summary><c>--live</c>.</summary>
    public Option<string?> Live { get; } = new("--live")
    {
        HelpName = "FILE|DIR",
        Description = "Objects that live (`kubectl get KINDS -o yaml --show-managed-fields`), to tell where they have drifted from the paths; `-` reads standard input.",
    };

    /// <summary><c>--environment</c>.</summary>
    public Option<string?> Environment { get; } = new("--environment")
    {
        HelpName = "E",
        Description = "The environment everything belongs to. Default: the configuration's `environments`, by path.",
    };

    /// <summary><c>--no-render</c>.</summary>
    public Option<bool> NoRender { get; } = new("--no-render")
    {
        Description = "Read the files of kustomizations and charts as they are.",
    };

    /// <summary>What of them was given.</summary>
    public CheckOptions Read(ParseResult parsed) => new()
    {
        Paths = [.. parsed.GetValue(Paths) ?? []],
        Base = parsed.GetValue(Base),
        Plans = [.. parsed.GetValue(Plans) ?? []],
        Terraform = parsed.GetValue(Terraform),
        Live = parsed.GetValue(Live),
        Environment = parsed.GetValue(Environment),
        NoRender = parsed.GetValue(NoRender),
    };

    private static Argument<string[]> CreatePaths()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders or patterns (`**/*.yaml`) to judge; `-` reads standard input. A folder with a kustomization or a chart is rendered first.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value[0] == '-'))
                result.AddError($"Unknown option '{token.Value}'; a file of that name is written './{token.Value}'.");
        });
        return paths;
    }
}
