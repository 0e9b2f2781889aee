using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;

namespace GitOpsPolicy.Script.Tests.Language;

/// <summary>One construct of the table of the language.</summary>
public sealed record LanguageRow(string Section, bool IsSupported, string Construct, string Example)
{
    public override string ToString() => Construct;

    /// <summary>What loading the example as a module says; empty when it loads.</summary>
    public IReadOnlyList<Problem> Load() =>
        ScriptLoader.LoadModule(new TestFile("example.js"), Example, Programs.NoModules).Problems;
}

/// <summary>Reads <c>src/GitOpsPolicy.Script/language.table</c>, the list of what rules may use.</summary>
internal static class LanguageTable
{
    private const string MembersSection = "Members of the standard objects that are left out";

    private static readonly Lazy<IReadOnlyList<(string Section, string[] Fields)>> Lines = new(Read);

    public static string Root { get; } = FindRoot();

    public static IEnumerable<LanguageRow> Rows => Lines.Value.Where(line => line.Section != MembersSection).Select(line =>
        line.Fields is ["supported" or "refused", var construct, var example]
            ? new LanguageRow(line.Section, line.Fields[0] == "supported", construct, example)
            : throw new InvalidDataException($"not a row: {string.Join(" | ", line.Fields)}"));

    /// <summary>The standard's members that are left out, with why.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } = Lines.Value.Where(line => line.Section == MembersSection)
        .ToDictionary(
            line => line.Fields[0],
            line => line.Fields.Length == 2 ? line.Fields[1] : throw new InvalidDataException($"not a row: {line.Fields[0]}"));

    /// <summary>Every global and member that the standard names, as node lists them.</summary>
    public static IReadOnlyList<string> StandardNames { get; } = File.ReadAllLines(Path.Combine(
        AppContext.BaseDirectory, "Language", "standard-names.txt"));

    /// <summary>
    /// True when a name such as <c>Array.prototype[Symbol.iterator]</c> stands for something that rules can reach.
    /// </summary>
    public static bool Resolves(string name)
    {
        var symbol = name.IndexOf('[');
        var steps = (symbol < 0 ? name : name[..symbol]).Split('.');
        if (!Intrinsics.Globals.TryGetValue(steps[0], out var at))
            return steps[0] == "Function"
                && ResolvesIn(Value.Of(Intrinsics.FunctionPrototype), steps, symbol < 0 ? "" : name[(symbol + 1)..^1]);
        for (var i = 1; i < steps.Length; i++)
        {
            if (!Objects.TryGetOwn(at, steps[i], out var property)) return false;
            at = property.Value;
        }

        return symbol < 0 || HasSymbol(at, name[(symbol + 1)..^1]);
    }

    private static bool ResolvesIn(Value prototype, string[] steps, string symbol)
    {
        if (steps.Length < 2 || steps[1] != "prototype") return false;
        return symbol.Length > 0
            ? HasSymbol(prototype, symbol)
            : steps.Length == 3 && Objects.TryGetOwn(prototype, steps[2], out _);
    }

    private static bool HasSymbol(Value target, string name)
    {
        Symbol[] known = [Symbol.Iterator, Symbol.ToPrimitive, Symbol.HasInstance, Symbol.ToStringTag];
        return Array.Find(known, candidate => candidate.Description == name) is { } symbol
            && Objects.TryGetOwn(target, symbol, out _);
    }

    private static List<(string, string[])> Read()
    {
        var section = "";
        var lines = new List<(string, string[])>();
        foreach (var line in File.ReadAllLines(Path.Combine(Root, "src", "GitOpsPolicy.Script", "language.table")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..];
            else if (line.Length > 0 && line[0] != '#') lines.Add((section, line.Split(" | ")));
        }

        return lines;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "GitOpsPolicy.sln"))) return folder;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
