using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;
using GitOpsPolicy.Script.Tests.Runtime;
using Xunit;

namespace GitOpsPolicy.Script.Tests.Instrumentation;

public sealed class InstrumentationTests
{
    /// <summary>A function's body with what `f(1)` does not come to, in source order.</summary>
    [Theory]
    [InlineData("x => { if (x) return 1; return 2; }", "1:27 `if` never false; 1:40 statement never reached")]
    [InlineData("x => x ? 'a' : 'b'", "1:21 `? :` never false")]
    [InlineData("x => x || 'b'", "1:26 `||` never right side evaluated")]
    [InlineData("x => x && x.y", "1:26 `&&` never decided by the left side")]
    [InlineData("x => x ?? 3", "1:26 `??` never right side evaluated")]
    [InlineData("x => x?.y?.z", "1:24 `?.` never nothing there; 1:27 `?.` never something there")]
    [InlineData(
        "x => { switch (x) { case 0: case 1: return 1; default: return 2; } }",
        "1:36 `case` never reached; 1:62 `default` never reached; 1:71 statement never reached")]
    [InlineData("x => { try { x(); } catch { return 1; } }", "")]
    [InlineData("x => { try { x + 1; } catch { return 1; } }", "1:38 `catch` never reached; 1:46 statement never reached")]
    [InlineData(
        "x => { const g = y => y; let h = function* gen() { if (yield 1) yield 2; }; }",
        "1:33 function `g` never reached; 1:38 statement never reached; 1:49 function `gen` never reached; 1:67 statement never reached; 1:71 `if` never true; 1:71 `if` never false; 1:80 statement never reached")]
    [InlineData(
        "x => { function* gen() { if (yield x) { yield 2; } } [...gen()]; }",
        "1:45 `if` never true; 1:56 statement never reached")]
    [InlineData("x => { let y; y ||= x; y ||= 2; }", "1:45 the assignment never reached")]
    public void What_a_run_does_not_come_to_is_known(string function, string missed)
    {
        var observer = new Recorder();
        var main = Load($"export default {function};", observer);
        try
        {
            new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, Value.Of(1));
        }
        catch (ScriptException)
        {
            // What was reached before counts.
        }

        Assert.Equal(missed, observer.Missed());
    }

    [Fact]
    public void Every_report_of_a_rule_is_found_before_it_is_made()
    {
        var observer = new Recorder();
        Load(
            "export default (r) => { r.deny('a'); if (r) helper(r); };\nfunction helper(report) { report.warn('b'); }", observer);
        Assert.Equal(
            ["1:27 `deny`", "2:34 `warn`"], observer.Places.Where(p => p.Kind == PlaceKind.Report).Select(Recorder.Show));
    }

    [Fact]
    public void Reads_tell_the_node_they_came_from_and_what_was_not_there()
    {
        var observer = new Recorder { WantsReadsToo = true };
        var main = Load(
            "export default (o) => { const { tags } = o; return o.labels.app === 'web' && o.labels.missing === undefined && tags[0]; };", observer);

        new ScriptRun(new ScriptBudget()).Call(main, Value.Undefined, Value.Of(Runtime.Documents.Sample()));

        Assert.Equal(
            [
                "tags /tags", "o.labels /labels", "o.labels.app /labels/app", "o.labels /labels",
                "o.labels.missing nothing in /labels", "tags[0] /tags/0"
            ], observer.Reads);
    }

    [Fact]
    public void A_program_prints_the_same_and_uses_the_same_fuel_and_memory_when_it_is_watched()
    {
        var programs = ProgramCase.ReadAll("Runtime").Concat(ProgramCase.ReadAll("Builtins")).ToList();
        var different = programs
            .Where(program => Run(program.Body, null) != Run(program.Body, new Recorder { WantsReadsToo = true }))
            .Select(p => p.Name);
        Assert.Empty(different);
        Assert.True(programs.Count > 150, $"only {programs.Count} programs");
    }

    [Theory]
    [InlineData("x => { if (x) return 1; }", "condition negated")]
    [InlineData("x => x === 'a' ? 1 : 2", "condition negated, `\"a\"` emptied")]
    [InlineData("x => x === 1", "`===` to `!==`")]
    [InlineData("x => x < 1 || x >= 5", "`||` to `&&`, `<` to `<=`, `>=` to `>`")]
    [InlineData("x => ['a', 'b'].includes(x)", "`\"a\"` emptied, `\"b\"` emptied")]
    [InlineData("x => /^a/.test(x)", "`/^a/` emptied")]
    [InlineData("(x, report) => { report.deny('text'); }", "`deny` left out")]
    [InlineData("x => { switch (x) { case 'a': return 1; } }", "`\"a\"` emptied")]
    [InlineData("x => `${x} is wrong`", "")]
    public void The_changes_that_tests_should_notice_are_found(string function, string changes)
    {
        var found = new List<ScriptMutation>();
        Load($"export default {function};", new ScriptInstrumentation { Mutations = found });
        Assert.Equal(changes, string.Join(", ", found.Select(m => m.Change)));
    }

    [Theory]
    [InlineData("x => { if (x > 1) return 'big'; return 'small'; }", 0, "small")]
    [InlineData("x => x === 2 ? 'two' : 'other'", 0, "other")]
    [InlineData("x => x === 2", 0, "false")]
    [InlineData("x => x < 2", 0, "true")]
    [InlineData("x => x === 2 && x === 3", 0, "true")]
    [InlineData("x => ['a', 'b'].includes('a')", 0, "false")]
    [InlineData("x => /^a/.test('b')", 0, "true")]
    public void A_change_is_made_to_the_compiled_script_alone(string function, int which, string expected)
    {
        var found = new List<ScriptMutation>();
        var text = $"export default {function};";
        Load(text, new ScriptInstrumentation { Mutations = found });

        var run = new ScriptRun(new ScriptBudget());
        var result = run.Call(Load(text, new ScriptInstrumentation { Mutation = found[which] }), Value.Undefined, Value.Of(2));

        Assert.Equal(expected, ValueReader.ToDisplayText(run, result, new SensitiveKey(new byte[16])));
    }

    private static Value Load(string text, ScriptObserver? observer) =>
        Load(text, new ScriptInstrumentation { Observer = observer });

    private static Value Load(string text, ScriptInstrumentation instrumentation)
    {
        var loaded = ScriptLoader.LoadModule(
            new TestFile("rule.js"), text, Programs.NoModules, ScriptLimits.Default with { Instrumentation = instrumentation });
        Assert.True(loaded.TryGet(out var module), string.Join('\n', loaded.Problems));
        module.TryGetExport("default", out var main);
        return main;
    }

    private static string Run(string body, ScriptObserver? observer)
    {
        var main = Load($"export default function (print) {{\n{body}\n}}", observer);
        var lines = new List<string>();
        var print = NativeFunction.Create("print", (run, _, arguments) =>
        {
            lines.Add(Printed.Of(run, arguments[0]));
            return Value.Undefined;
        });
        var run = new ScriptRun(new ScriptBudget());
        try
        {
            run.Call(main, Value.Undefined, print);
        }
        catch (ScriptException e)
        {
            lines.Add(e.Message);
        }

        return $"{string.Join('\n', lines)}\n{run.FuelUsed} {run.MemoryUsed}";
    }

    /// <summary>Writes down what it is told.</summary>
    private sealed class Recorder : ScriptObserver
    {
        private readonly HashSet<(ScriptPlace Place, int Outcome)> reached = [];
        private bool wantsReads;

        public List<ScriptPlace> Places { get; } = [];

        public List<string> Reads { get; } = [];

        public override bool WantsReads => wantsReads;

        public bool WantsReadsToo
        {
            init => wantsReads = value;
        }

        public override void Found(ScriptPlace place) => Places.Add(place);

        public override void Reached(ScriptPlace place, int outcome) => reached.Add((place, outcome));

        public override void Read(in ScriptRead read) =>
            Reads.Add(
                read.Value.Origin is { } node ? $"{read.Path} {node.Pointer}" : $"{read.Path} nothing in {read.Holder?.Pointer}");

        public string Missed() => string.Join("; ", Places.Where(p => p.Kind != PlaceKind.Report)
            .OrderBy(p => p.Location.Line).ThenBy(p => p.Location.Column)
            .SelectMany(p => p.Outcomes.Select((outcome, i) => (Place: p, Text: $"{Show(p)} never {outcome}", Index: i)))
            .Where(o => !reached.Contains((o.Place, o.Index))).Select(o => o.Text));

        public static string Show(ScriptPlace place) => $"{place.Location.Line}:{place.Location.Column} {place.Construct}";
    }
}
