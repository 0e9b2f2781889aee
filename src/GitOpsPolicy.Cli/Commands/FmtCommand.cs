using System.CommandLine;
using System.Text;
using GitOpsPolicy.Authoring.Formatting;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Reports;

namespace GitOpsPolicy.Cli.Commands;

/// <summary><c>gitops-policy fmt [PATH…]</c>: puts our YAML files into the one form there is.</summary>
internal sealed class FmtCommand
{
    private const string StandardInput = "-";

    private readonly Terminal terminal;
    private readonly bool checkOnly;
    private readonly ReportFiles files;
    private readonly List<Problem> problems = [];
    private int seen;
    private int different;

    private FmtCommand(Terminal terminal, bool checkOnly) =>
        (this.terminal, this.checkOnly, files) = (terminal, checkOnly, new(terminal, []));

    /// <summary>The command with its options.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders; `-` is standard input, written to standard output. Default: this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Write nothing; list the files that are not formatted, and fail when there are any.",
        };
        var command = new Command(
            "fmt",
            "Formats rules, tests and the other YAML files of gitops-policy. Files of others are left alone.") { paths, check };
        command.SetAction(
            parsed => new FmtCommand(terminal, parsed.GetValue(check)).Run(
                parsed.GetValue(paths) is { Length: > 0 } given ? given : ["."]));
        return command;
    }

    private int Run(string[] paths)
    {
        if (paths.Length > 1 && paths.Contains(StandardInput) && !checkOnly)
            throw new UsageException("`-` goes alone: what is formatted is all that standard output then holds");
        using var tree = new WorkTree(terminal.WorkingDirectory);
        foreach (var path in paths)
        {
            if (path == StandardInput) FormatStandardInput();
            else FormatPath(tree, path);
        }

        if (problems.Count > 0) return RuleSources.Refuse(terminal.Error, "not formatted", [.. problems]);
        if (different > 0)
            terminal.Error.WriteLine($"gitops-policy: {different} of {Counted.Of(seen, "file")} {(!checkOnly ? "formatted" : $"{(different == 1 ? "is" : "are")} not formatted; `gitops-policy fmt` formats {(different == 1 ? "it" : "them")}")}");
        return checkOnly && different > 0 ? ExitCode.Failed : ExitCode.Passed;
    }

    private void FormatPath(WorkTree tree, string path)
    {
        switch (tree.Find(path))
        {
            case PathKind.File:
                FormatFile(tree, path);
                break;
            case PathKind.Folder:
                foreach (var file in tree.Enumerate(path)
                    .Where(file => file.Refusal is null && Path.GetExtension(file.Path) is ".yaml" or ".yml"))
                    FormatFile(tree, file.Path);
                break;
            default:
                throw new UsageException($"there is no file or folder `{path}`");
        }
    }

    private void FormatFile(WorkTree tree, string path)
    {
        if (!tree.TryRead(path, out var bytes, out var problem))
        {
            if (problem is not null) problems.Add(problem);
            return;
        }

        if (!Formatter.MayBeOurs(bytes.Span)) return;
        seen++;
        if (!TryFormat(path, bytes, out var formatted) || formatted == Encoding.UTF8.GetString(bytes.Span)) return;
        different++;
        terminal.Out.WriteLine(SafeText.OneLine(path));
        if (!checkOnly) files.WriteFile(path, writer => writer.Write(formatted));
    }

    private void FormatStandardInput()
    {
        using var input = terminal.In();
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        var bytes = copy.ToArray();
        seen++;
        if (!TryFormat(StandardInput, bytes, out var formatted)) return;
        if (!checkOnly) terminal.Out.Write(formatted);
        else if (formatted != Encoding.UTF8.GetString(bytes)) terminal.Out.WriteLine(StandardInput);
        if (checkOnly && formatted != Encoding.UTF8.GetString(bytes)) different++;
    }

    private bool TryFormat(string path, ReadOnlyMemory<byte> bytes, out string formatted)
    {
        var result = Formatter.Format(new TextFile(path, bytes), bytes);
        var isDone = result.TryGet(out var text);
        problems.AddRange(result.Problems);
        formatted = text ?? "";
        return isDone;
    }
}
