using System.CommandLine;
using System.Text;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Reconciler.Adopting;
using GitOpsPolicy.Reconciler.Dashboard;
using GitOpsPolicy.Reconciler.Status;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>
/// What <c>reconcile --once</c> leaves behind: how each unit is doing, and the files by which somebody decides about what waits.
/// </summary>
internal sealed class ReconcileReport
{
    private readonly Option<string> format = new("--format")
    {
        HelpName = "text|json",
        Description = "With `--once`: how it is told how each unit is doing.",
        DefaultValueFactory = static _ => "text",
    };
    private readonly Option<string?> acknowledgements = new("--write-acknowledgements")
    {
        HelpName = "DIR",
        Description = "With `--once`: for each thing that waits for a decision, writes the file that decides about it, for somebody to say who, why, and of drift what.",
    };

    public ReconcileReport() => format.AcceptOnlyFromAmong("text", "json");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [format, acknowledgements];

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>Tells it and writes the files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="statuses">How the units are doing.</param>
    /// <param name="began">When the run began.</param>
    /// <param name="files">Where the units are.</param>
    /// <param name="terminal">The terminal.</param>
    public void Write(
        ParseResult parsed, IReadOnlyList<UnitStatus> statuses, DateTimeOffset began, ReconcileUnitFiles files, Terminal terminal)
    {
        if (parsed.GetRequiredValue(format) == "json")
            terminal.Out.WriteLine(Encoding.UTF8.GetString(StatusApi.All(statuses).Span));
        else WriteText(statuses, began, terminal.Out);
        if (parsed.GetValue(acknowledgements) is { } folder) WriteAcknowledgements(statuses, folder, terminal);
        else if (statuses.Any(static status => Decisions(status).Any()))
            terminal.Error.WriteLine(
                "gitops-policy: `--write-acknowledgements DIR` writes the files that decide about what waits");
        foreach (var command in statuses.Select(status => AdoptHint.CommandFor(status, files.FileOf(status.Unit))).OfType<string>())
            terminal.Error.WriteLine($"gitops-policy: `{command}{AdoptOptions.SharedWith(parsed)}` writes what was changed by hand as a patch for Git");
    }

    private static void WriteText(IReadOnlyList<UnitStatus> statuses, DateTimeOffset began, TextWriter output)
    {
        foreach (var line in statuses.SelectMany(status => StatusText.Lines(status, began))) output.WriteLine(line);
    }

    private static void WriteAcknowledgements(IReadOnlyList<UnitStatus> statuses, string folder, Terminal terminal)
    {
        var files = new ReportFiles(terminal, []);
        files.MakeFolder(folder);
        foreach (var (name, text) in statuses.SelectMany(Decisions))
        {
            var file = Path.Combine(folder, name);
            if (File.Exists(Path.Combine(terminal.WorkingDirectory, file)))
                terminal.Error.WriteLine($"gitops-policy: {file} is there already");
            else
            {
                files.WriteFile(file, writer => writer.Write(text));
                terminal.Error.WriteLine($"gitops-policy: {file} is written; say in it who and why, and commit it");
            }
        }
    }

    // Drift that only alerts does not wait, and may be decided about all the same.
    private static IEnumerable<(string File, string Text)> Decisions(UnitStatus status)
    {
        var waiting = status.Approvals.Where(static one => one.Acknowledgement.Length > 0)
            .Select(static one => (one.Digest, one.Acknowledgement));
        var drift = status.Drift.Where(one => one is { Digest.Length: > 0, IsTolerated: false } && !status.Approvals.Any(waits => waits.Digest == one.Digest))
            .Select(one => (one.Digest, ApprovalText.Write(NameOf(status, one.Digest), ApprovalSubject.Drift, one.Digest)));
        return waiting.Concat(drift).Select(one => (NameOf(status, one.Digest) + ".yaml", one.Item2));
    }

    private static string NameOf(UnitStatus status, string digest) => ApprovalText.NameOf(status.Unit.Name, digest);
}
