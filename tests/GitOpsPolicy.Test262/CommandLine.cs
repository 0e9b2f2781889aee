namespace GitOpsPolicy.Test262;

/// <summary>
/// <c>dotnet run --project tests/GitOpsPolicy.Test262 -- FOLDER [--filter PATH] [--list failed|refused|passed] [--json FILE]</c>:
/// runs the tests of a test262 checkout, or of a folder with the same shape, and counts what came of them.
/// </summary>
internal static class CommandLine
{
    private const string Usage = "usage: FOLDER [--filter PATH] [--list failed|refused|passed] [--json FILE]\n"
        + "FOLDER has `harness/` and `test/`; PATH is a part of a test's path below `test/`.";

    /// <summary>The exit code: 0 when nothing failed, 1 when something did, 2 for wrong usage.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            errors.WriteLine(Usage);
            return 2;
        }

        if (!Directory.Exists(Path.Combine(options.Folder, "test")) || !Directory.Exists(Path.Combine(options.Folder, "harness")))
        {
            errors.WriteLine($"{options.Folder}: there is no `test` and `harness` in this folder");
            return 2;
        }

        var results = RunAll(options, errors);
        if (results.Count == 0)
        {
            errors.WriteLine($"{options.Folder}: there is no such test");
            return 2;
        }

        Summary.Write(results, options.List, output);
        if (options.Json is not null) File.WriteAllText(options.Json, Summary.ToJson(results));
        return results.Exists(result => result.Outcome == Outcome.Failed) ? 1 : 0;
    }

    // Deep recursion is ended by the evaluator's own limit, which wants a stack to match.
    private static List<Result> RunAll(Options options, TextWriter errors)
    {
        var results = new List<Result>();
        var thread = new Thread(() => Execute(options, results, errors), 512 << 20);
        thread.Start();
        thread.Join();
        return results;
    }

    private static void Execute(Options options, List<Result> results, TextWriter errors)
    {
        var runner = new Runner(options.Folder);
        foreach (var test in TestFiles.In(options.Folder, options.Filter))
        {
            results.Add(runner.Run(test));
            if (results.Count % 1000 == 0) errors.WriteLine($"{results.Count} tests run");
        }
    }

    private sealed record Options(string Folder, string Filter, Outcome? List, string? Json)
    {
        public static Options? Parse(string[] arguments)
        {
            var named = new Dictionary<string, string>(StringComparer.Ordinal);
            string? folder = null;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i] is "--filter" or "--list" or "--json")
                {
                    if (i + 1 == arguments.Length || !named.TryAdd(arguments[i], arguments[++i])) return null;
                }
                else if (folder is null && !arguments[i].StartsWith('-'))
                {
                    folder = arguments[i];
                }
                else
                {
                    return null;
                }
            }

            Outcome? list = null;
            if (named.TryGetValue("--list", out var wanted))
            {
                if (!Enum.TryParse<Outcome>(wanted, ignoreCase: true, out var outcome)) return null;
                list = outcome;
            }

            return folder is null
                ? null
                : new Options(folder, named.GetValueOrDefault("--filter", ""), list, named.GetValueOrDefault("--json"));
        }
    }
}
