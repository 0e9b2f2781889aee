using System.Text.RegularExpressions;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit.Abstractions;

namespace GitOpsPolicy.Script.Tests.Semantics;

/// <summary>
/// Lines of a rule about the example document, the last of them an expression, and what comes of it. Written as <c>expression //
/// → what a message shows @ /place/it/came/from</c>; the lines right above belong to it.
/// <list type="bullet">
/// <item><description><c>@ /pointer</c> is left out for a value that came from nowhere.</description></item>
/// <item><description><c>needs /pointer …</c> follows for a value that is not known: what would have to be.</description></item>
/// <item><description><c>undetermined /pointer …</c> when the run ends for want of a value, <c>throws …</c> when it
/// fails.</description></item>
/// </list>
/// </summary>
public sealed partial class Example : IXunitSerializable
{
    private const string Arrow = "// → ";

    /// <summary>Where it stands, such as <c>provenance.js:12</c>.</summary>
    public string Place { get; private set; } = "";

    /// <summary>The lines, without the expectation.</summary>
    public string Code { get; private set; } = "";

    /// <summary>What comes of it.</summary>
    public string Expected { get; private set; } = "";

    /// <summary>Every example of the case files and of the pages of docs/semantics.</summary>
    public static IEnumerable<Example> All() => CaseFiles().Concat(Pages());

    /// <summary>What comes of the example.</summary>
    public string Outcome(MappingNode document, ScriptBudget? budget = null) =>
        Outcome(new ScriptRun(budget ?? new ScriptBudget()), document);

    /// <summary>What comes of the example in a given run.</summary>
    internal string Outcome(ScriptRun run, MappingNode document)
    {
        Programs.Load(Module).TryGetExport("default", out var main);
        return OutcomeOf(run, main, document);
    }

    /// <summary>The example as a module whose default export takes the document.</summary>
    internal string Module
    {
        get
        {
            var lines = Code.Split('\n');
            return $"export default function (doc) {{\n{string.Join('\n', lines[..^1])}\nreturn (\n{lines[^1]}\n);\n}}";
        }
    }

    internal static string OutcomeOf(ScriptRun run, Value main, MappingNode document)
    {
        try
        {
            return Shown(run, run.Call(main, Value.Undefined, Value.Of((Node)document)));
        }
        catch (UndeterminedException e)
        {
            return $"undetermined {Pointers(e.Unknowns)}".TrimEnd();
        }
        catch (ScriptException e)
        {
            return e.Failure == ScriptFailure.Thrown ? $"throws {e.Message}" : e.Failure.ToString();
        }
    }

    public override string ToString() => $"{Place}: {Code.Split('\n')[^1]}";

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Place), Place);
        info.AddValue(nameof(Code), Code);
        info.AddValue(nameof(Expected), Expected);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        Place = info.GetValue<string>(nameof(Place));
        Code = info.GetValue<string>(nameof(Code));
        Expected = info.GetValue<string>(nameof(Expected));
    }

    private static string Shown(ScriptRun run, Value value)
    {
        var shown = ValueReader.ToDisplayText(run, value, new SensitiveKey(new byte[16]));
        shown = Fingerprint().Replace(shown, "(sensitive)").Replace("\n", "\\n", StringComparison.Ordinal);
        if (value.Origin is { } origin) shown += $" @ {(origin.Pointer.Length == 0 ? "/" : origin.Pointer)}";
        if (!value.IsUnknown) return shown;
        var unknowns = new List<Node>();
        GuardedText.CollectUnknowns(value, unknowns);
        return $"{shown} needs {Pointers(unknowns)}";
    }

    private static string Pointers(IEnumerable<Node> nodes) => string.Join(' ', nodes.Select(node => node.Pointer));

    private static IEnumerable<Example> CaseFiles() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Semantics", "Cases"), "*.js").Order(StringComparer.Ordinal)
            .SelectMany(file => In(Path.GetFileName(file), File.ReadAllLines(file)));

    // Of a page, what stands in its blocks of JavaScript; other lines count as empty, so that the numbers are right.
    private static IEnumerable<Example> Pages()
    {
        foreach (var file in Directory.GetFiles(ExampleDocument.Folder, "*.md").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllLines(file);
            var isCode = false;
            for (var i = 0; i < lines.Length; i++)
            {
                var isFence = lines[i].StartsWith("```", StringComparison.Ordinal);
                if (isFence) isCode = lines[i] == "```js";
                if (isFence || !isCode) lines[i] = "";
            }

            foreach (var example in In(Path.GetFileName(file), lines)) yield return example;
        }
    }

    private static IEnumerable<Example> In(string name, string[] lines)
    {
        var code = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var arrow = lines[i].IndexOf(Arrow, StringComparison.Ordinal);
            if (arrow < 0 && lines[i].Trim().Length == 0 && code.Count > 0)
                throw new InvalidDataException($"{name}:{i}: no `{Arrow}` follows");
            if (arrow < 0 && (lines[i].Trim().Length == 0 || lines[i].StartsWith("//", StringComparison.Ordinal))) continue;
            code.Add(arrow < 0 ? lines[i] : lines[i][..arrow].TrimEnd());
            if (arrow < 0) continue;
            yield return new Example
            {
                Place = $"{name}:{i + 1}",
                Code = string.Join('\n', code),
                Expected = lines[i][(arrow + Arrow.Length)..].TrimEnd(),
            };
            code.Clear();
        }
    }

    [GeneratedRegex(@"(\(sensitive( #[0-9a-f]{4})?\))+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fingerprint();
}
