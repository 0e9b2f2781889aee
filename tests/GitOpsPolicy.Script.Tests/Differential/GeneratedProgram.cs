using System.IO.Compression;
using System.Text.Json;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;

namespace GitOpsPolicy.Script.Tests.Differential;

/// <summary>One program made by chance, with what node printed for it. See <c>tools/generate-programs.mjs</c>.</summary>
/// <param name="Name">What it is about, and the seed it was made from.</param>
/// <param name="Text">The body of a function that calls <c>print</c>.</param>
/// <param name="Expected">The lines that node printed.</param>
public sealed record GeneratedProgram(string Name, string Text, string Expected)
{
    /// <summary>The committed programs.</summary>
    public static (string Prelude, IReadOnlyList<GeneratedProgram> Programs) ReadCommitted()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Differential", "programs.jsonl.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return Read(text);
    }

    /// <summary>Reads what the generator writes.</summary>
    public static (string Prelude, IReadOnlyList<GeneratedProgram> Programs) Read(TextReader text)
    {
        var prelude = Field(text.ReadLine() ?? throw new InvalidDataException("There are no programs."), "prelude");
        var programs = new List<GeneratedProgram>();
        while (text.ReadLine() is { } line) programs.Add(new(Field(line, "name"), Field(line, "text"), Field(line, "expected")));
        return (prelude, programs);
    }

    /// <summary>What the evaluator prints; where it stops with no answer, that is the last line.</summary>
    public string Print(string prelude)
    {
        try
        {
            return Programs.Print(prelude + Text);
        }
        catch (ScriptException e)
        {
            return $"{e.Failure}: {e.Message}";
        }
        catch (InvalidOperationException e)
        {
            return $"does not load: {e.Message}";
        }
    }

    /// <summary>The first line that differs, with the program; null when all are the same.</summary>
    public string? Difference(string prelude)
    {
        var printed = Print(prelude);
        if (printed == Expected) return null;
        var (ours, theirs) = (printed.Split('\n'), Expected.Split('\n'));
        var line = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{Name}, line {line + 1}: node prints {At(theirs, line)}, the evaluator {At(ours, line)}\n{Text}\n";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "nothing more";

    private static string Field(string line, string name)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(name).Text();
    }
}
