using FluentValidation;
using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Policies.Configuration;

/// <summary>
/// What a configuration has to mean, beyond the form of its fields. The custom state of a failure is the hint.
/// </summary>
internal sealed class PolicyConfigValidator : AbstractValidator<PolicyConfig>
{
    private const string Outside = "`{PropertyValue}` leads out of the repository";
    private const string Relative = "paths start at the folder of this file and hold no `..`";

    /// <summary>Sets up the rules.</summary>
    public PolicyConfigValidator()
    {
        RuleFor(c => c.Rules)
            .Must(rules => rules.IsDefault || !rules.IsEmpty)
            .WithMessage("`rules` is empty, so nothing would be judged")
                .WithState(_ => "leave it out for the default, or name `builtin`");
        RuleForEach(c => c.Rules).Must(IsInside).WithMessage(Outside).WithState(_ => Relative).When(c => !c.Rules.IsDefault);
        RuleForEach(c => c.Waivers).Must(IsInside).WithMessage(Outside).WithState(_ => Relative).When(c => !c.Waivers.IsDefault);
        RuleForEach(c => c.Acknowledgements).Must(IsInside)
            .WithMessage(Outside)
            .WithState(_ => Relative)
            .When(c => !c.Acknowledgements.IsDefault);
        RuleFor(c => c.Drift.Table)
            .Must(p => p is null || IsInside(p))
            .WithMessage(Outside).WithState(_ => Relative);
        RuleFor(c => c.Drift.FreezeWindows.All)
            .Must(windows => windows.Select(window => window.Name).Distinct(StringComparer.Ordinal).Count() == windows.Length)
            .WithMessage("two of `freezeWindows` have the same name")
                .WithState(_ => "findings and conditions tell windows by their names");
        RuleFor(c => c.WaiverDays)
            .InclusiveBetween(1, 366)
            .WithMessage("`waiverDays` must be 1 to 366, not {PropertyValue}");
        RuleForEach(c => c.Environments).SetValidator(new EnvironmentValidator());
        RuleForEach(c => c.Environments)
            .Must((config, environment) =>
                environment.After is not { } after || config.Environments.Any(other => other.Name == after))
            .WithMessage(
                (_, environment) => $"`{environment.Name}` comes after `{environment.After}`, and there is no such environment")
                .WithState(_ => "name another of `environments`");
        RuleForEach(c => c.Environments)
            .Must(
                (config, environment) =>
                    !EnvironmentStep.Circles(environment.Step, [.. config.Environments.Select(other => other.Step)]))
            .WithMessage((_, environment) => $"`{environment.Name}` comes after itself")
                .WithState(_ => "one environment starts the line and has no `after`");
    }

    private static bool IsInside(string path) =>
        path.Length > 0
            && path[0] is not ('/' or '\\')
            && !path.Split('/', '\\').Contains("..")
            && !(path.Length > 1 && path[1] == ':');

    private sealed class EnvironmentValidator : AbstractValidator<PolicyEnvironment>
    {
        public EnvironmentValidator()
        {
            RuleFor(e => e.Name)
                .Must(RuleMetadataReader.IsName)
                .WithMessage("`{PropertyValue}` is no name for an environment")
                    .WithState(_ => "lower-case letters, digits and dashes");
            RuleForEach(e => e.Paths)
                .Must(IsInside)
                .WithMessage(Outside).WithState(_ => Relative);
            // Its name is its word where none is written; one of several words stands for nothing then.
            RuleForEach(e => e.Words)
                .Must((environment, word) => word == environment.Name || (word.Length > 0 && word.All(char.IsLetterOrDigit)))
                .WithMessage("`{PropertyValue}` is no word").WithState(_ => "letters and digits, such as `prod` in `shop-prod`");
        }
    }
}
