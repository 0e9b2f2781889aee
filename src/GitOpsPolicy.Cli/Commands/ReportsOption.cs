using System.CommandLine;
using GitOpsPolicy.Webhook.Audit.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>--reports</c>: the report objects that an audit writes to the cluster.</summary>
internal static class ReportsOption
{
    /// <summary>The word for no reports.</summary>
    public const string None = "none";

    private static readonly string[] Names = [.. ReportForm.All.Select(static form => form.Name), None];

    /// <summary>The option.</summary>
    /// <param name="usual">What holds when it is not given.</param>
    public static Option<string> Create(string usual)
    {
        var option = new Option<string>("--reports")
        {
            HelpName = string.Join('|', Names),
            Description =
                "Report objects to write to the cluster, one for each namespace and one for what is outside of namespaces.",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(static result =>
        {
            if (!Names.Contains(result.GetValueOrDefault<string>()))
                result.AddError($"The option '--reports' takes {string.Join(", ", Names.Select(static name => $"'{name}'"))}.");
        });
        return option;
    }

    /// <summary>The form of a name; null for none.</summary>
    public static ReportForm? Read(string name) => ReportForm.All.FirstOrDefault(form => form.Name == name);
}
