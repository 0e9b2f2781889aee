using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy bench</c>: measures what each rule costs, and holds it against a baseline.</summary>
internal static class BenchCommand
{
    private const int MostRounds = 1_000;

    private static readonly ImmutableArray<string> Formats = ["text", "json"];

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var (inputs, sources) = (new InputOptions(), new RuleSourceOptions());
        var format = new Option<string>("--format")
        {
            HelpName = "text|json",
            Description = "How to write the figures.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong([.. Formats]);
        var (rounds, limit) = (CreateRounds(), CreateLimit());
        var save = new Option<string?>("--save")
        {
            HelpName = "FILE",
            Description = "Write the figures as a baseline, to be committed and compared with.",
        };
        var compare = new Option<string?>("--compare")
        {
            HelpName = "FILE",
            Description = "Compare with a baseline: fuel and allocations, which are the same on every machine.",
        };
        var command = new Command("bench", "Measures what each rule costs: on the rules' test cases, or on the inputs given.")
        {
            inputs.Paths, inputs.Base, inputs.Plans, inputs.Terraform, sources.Config, sources.Policies, inputs.Environment,
            format, rounds, save, compare, limit, inputs.NoRender,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(new BenchRun(terminal, new BenchOptions
        {
            Inputs = inputs.Read(parsed) with
            {
                Config = parsed.GetValue(sources.Config),
                Policies = parsed.GetValue(sources.Policies),
            },
            IsJson = parsed.GetValue(format) == "json",
            Rounds = parsed.GetValue(rounds),
            Save = parsed.GetValue(save),
            Compare = parsed.GetValue(compare),
            FailOnIncrease = parsed.GetValue(limit),
        }).Execute(cancellation)));
        return command;
    }

    private static Option<int> CreateRounds()
    {
        var rounds = new Option<int>("--rounds")
        {
            HelpName = "N",
            Description = "Rounds that the CPU times are the median of; fuel and allocations are the same in each.",
            DefaultValueFactory = static _ => 11,
        };
        rounds.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0
                && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 1 or > MostRounds))
                result.AddError($"The option '--rounds' takes a number from 1 to {MostRounds}.");
        });
        return rounds;
    }

    private static Option<double?> CreateLimit()
    {
        var limit = new Option<double?>("--fail-on-increase")
        {
            HelpName = "PERCENT",
            Description =
                "Exit with 1 when a rule uses more fuel than in the baseline by more than this, on inputs that are the same.",
        };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 0) return;
            var isNumber = double.TryParse(
                result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent);
            if (!isNumber || percent is not >= 0)
                result.AddError("The option '--fail-on-increase' takes a number of percent, 0 or more.");
        });
        return limit;
    }
}

/// <summary>What the user asked <c>bench</c> to do.</summary>
internal sealed record BenchOptions
{
    /// <summary>What rules are run on; nothing given stands for their test cases.</summary>
    public required CheckOptions Inputs { get; init; }

    /// <summary>Write JSON, not text.</summary>
    public bool IsJson { get; init; }

    /// <summary>Rounds that times are the median of.</summary>
    public int Rounds { get; init; }

    /// <summary>The baseline to write; null for none.</summary>
    public string? Save { get; init; }

    /// <summary>The baseline to compare with; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>Percent of fuel that no rule may use more; null for any.</summary>
    public double? FailOnIncrease { get; init; }
}
