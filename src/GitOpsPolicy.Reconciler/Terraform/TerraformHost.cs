using System.Collections.Immutable;
using GitOpsPolicy.Inputs.Admission;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Reconciler.Terraform;

/// <summary>What units of Terraform find at their host.</summary>
public sealed record TerraformHost
{
    /// <summary>
    /// The engine's cache folder: work folders are made in it, and removed at the end of a pass or at the next start.
    /// </summary>
    public required string CacheFolder { get; init; }

    /// <summary>The rules in force, which a pass asks for once.</summary>
    public required Func<RuleSet> Rules { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Keeps a status before something is done that cannot be taken back.</summary>
    public required Func<UnitStatus, CancellationToken, Task> SaveAsync { get; init; }

    /// <summary>Leave to break the rules that holds at a time: nothing is applied of a unit that lies where it holds.</summary>
    public Func<DateTimeOffset, ImmutableArray<BreakGlassGrant>> BrokenGlass { get; init; } = static _ => [];

    /// <summary>Told of each application, and whether it came to its end; null for nobody.</summary>
    public Action<bool>? Applied { get; init; }

    /// <summary>The host's own configuration of the program, which says where providers come from; null for none.</summary>
    public string? CliConfigFile { get; init; }

    /// <summary>The program; null for the one on the PATH.</summary>
    internal string? Executable { get; init; }

    /// <summary>
    /// How long an application that is under way when the engine is told to stop may go on, before it is told to stop, too.
    /// </summary>
    public TimeSpan LetEnd { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a run that was told to stop may take to bring its state home.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What one pass of a unit of Terraform is about.</summary>
public sealed record TerraformInput
{
    /// <summary>Shorter texts turn up everywhere by chance and are not taken for secrets.</summary>
    internal const int ShortestSecret = 4;

    /// <summary>The unit, which says how Terraform is run.</summary>
    public required Units.Unit Unit { get; init; }

    /// <summary>The rules that the pass goes by from its beginning to its end.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>The commit.</summary>
    public required Inputs.Git.GitRevision Tree { get; init; }

    /// <summary>The folder of the configuration, from the top of the repository; empty for the top.</summary>
    internal string FolderName => Unit.Source.Path.Trim('/');

    /// <summary>The commit that was applied last; null where there is none, or it is not to be had.</summary>
    public Inputs.Git.GitRevision? Applied { get; init; }

    /// <summary>What was known of the unit before; null at its first pass.</summary>
    public UnitStatus? Before { get; init; }

    /// <summary>The values of the unit's Secret that become environment variables.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Why nothing is written at the moment; null when it is.</summary>
    public Pause? Paused { get; init; }

    /// <summary>What of the Secret must not be shown.</summary>
    internal IEnumerable<string> SecretTexts => Secrets.Values.Where(static text => text.Length >= ShortestSecret);

    /// <summary>A text in which a value of the Secret may stand, in the key of an address say, without it.</summary>
    internal string Hide(string text) => TerraformErrors.Mask(text, SecretTexts);
}
