using System.CommandLine;
using GitOpsPolicy.Webhook.Admission;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>The options of <c>serve</c> about who may get around the rules.</summary>
internal sealed class ServeExemptions
{
    private readonly Option<string?> label = new("--exempt-label")
    {
        HelpName = "KEY",
        Description = "The label that takes a namespace out of the webhook's sight; guarded at /validate/namespaces.",
    };
    private readonly Option<string[]> labelUsers = new("--exempt-label-user")
    {
        HelpName = "NAME",
        Description = "User or group that may set, change and remove that label. May be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[label, labelUsers]) command.Options.Add(option);
    }

    /// <summary>Guards the label; null when none is named.</summary>
    /// <exception cref="UsageException">Users are named without a label.</exception>
    public LabelGuard? Guard(ParseResult parsed)
    {
        var users = parsed.GetValue(labelUsers) ?? [];
        if (parsed.GetValue(label) is { } key) return new(key, [.. users]);
        return users.Length == 0
            ? null
            : throw new UsageException("`--exempt-label-user` says who may change the label of `--exempt-label`");
    }
}
