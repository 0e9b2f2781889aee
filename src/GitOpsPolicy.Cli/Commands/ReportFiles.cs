using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary>Writes the reports that were asked for, each whole or not at all.</summary>
internal sealed class ReportFiles(Terminal terminal, ImmutableArray<RequestedReport> reports)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The program's version, without the commit.</summary>
    public static string ToolVersion { get; } =
        typeof(ReportFiles).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0];

    /// <summary>Writes them all.</summary>
    public void Write(Decision decision, int exitCode)
    {
        foreach (var (format, file) in reports)
        {
            var context = new ReportContext
            {
                ToolVersion = ToolVersion,
                ExitCode = exitCode,
                Color = file is null && terminal.UseColor,
            };
            if (file is null) Report.ByName[format].Write(decision, context, terminal.Out);
            else WriteFile(file, writer => Report.ByName[format].Write(decision, context, writer));
        }

        if (reports.Any(static report => report.Format == "github")
            && terminal.Variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            using var writer = new StreamWriter(summary, append: true, Utf8);
            Report.ByName["markdown"].Write(decision, new() { ToolVersion = ToolVersion, ExitCode = exitCode }, writer);
        }
    }

    /// <summary>Writes one file, beside its place first: a reader sees the old text or the new one, never half of one.</summary>
    /// <exception cref="UsageException">There is no folder to write it to.</exception>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public void WriteFile(string file, Action<TextWriter> write)
    {
        try
        {
            WriteWhole(file, write);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(
                $"`{file}` cannot be written: permission denied (write it to a folder of yours, or ask for the right to write there)", e);
        }
        catch (IOException e)
        {
            // The system's words come with the path of a file beside it, which nobody has asked for.
            throw new IOException($"`{file}` cannot be written: {e.Message.Split(" : '")[0].TrimEnd('.')}", e);
        }
    }

    /// <summary>Makes a folder and those around it, where they are not there.</summary>
    /// <exception cref="UsageException">A file of that name is in the way.</exception>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public void MakeFolder(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(terminal.WorkingDirectory, folder));
        if (File.Exists(path)) throw new UsageException($"`{folder}` is a file, and a folder is needed there");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"the folder `{folder}` cannot be made: {(e is UnauthorizedAccessException ? "permission denied" : "no folder can be made there")}", e);
        }
    }

    private void WriteWhole(string file, Action<TextWriter> write)
    {
        var path = Path.GetFullPath(Path.Combine(terminal.WorkingDirectory, file));
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new UsageException($"`{file}` cannot be written: there is no folder `{Path.GetDirectoryName(file)}`");
        if (!IsPlainFile(path))
        {
            using var writer = new StreamWriter(path, append: false, Utf8);
            write(writer);
            return;
        }

        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var writer = new StreamWriter(beside, append: false, Utf8)) write(writer);
            if (File.Exists(path) && !OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, File.GetUnixFileMode(path));
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    // A device or a pipe, such as /dev/stderr, is written to, not replaced.
    private static bool IsPlainFile(string path) =>
        !File.Exists(path)
            || (File.GetAttributes(path) & (FileAttributes.Device | FileAttributes.ReparsePoint)) == 0
                && !path.StartsWith("/dev/", StringComparison.Ordinal);
}
