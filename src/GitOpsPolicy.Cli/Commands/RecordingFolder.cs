using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Replaying;
using GitOpsPolicy.Webhook.Recording;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>A folder that <c>serve --record</c> wrote, also while it does so.</summary>
internal sealed class RecordingFolder(Terminal terminal, string folder)
{
    /// <summary>Reads its records, oldest first. What is no whole record is told and skipped.</summary>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public IEnumerable<RecordedReview> Read()
    {
        var path = Path.Combine(terminal.WorkingDirectory, folder);
        if (!Directory.Exists(path))
            throw new UsageException($"there is no folder `{folder}`; `gitops-policy serve --record DIR` makes one");
        foreach (var file in RingReader.Read(path))
        {
            foreach (var line in file.Damaged)
                terminal.Error.WriteLine($"{folder}/{file.File}:{line}: this line is no whole record and was skipped");
            foreach (var record in file.Records) yield return record;
        }
    }

    /// <summary>Writes its records as they are, to be kept elsewhere.</summary>
    /// <returns>The exit code.</returns>
    public int Copy(string? output)
    {
        var records = Read().ToList();
        if (output is null) Write(records, terminal.Out);
        else new ReportFiles(terminal, []).WriteFile(output, writer => Write(records, writer));
        return records.Count == 0 ? ExitCode.NoAnswer : ExitCode.Passed;
    }

    private static void Write(List<RecordedReview> records, TextWriter writer)
    {
        foreach (var record in records) writer.Write(System.Text.Encoding.UTF8.GetString(RecordText.Write(record)));
    }
}
