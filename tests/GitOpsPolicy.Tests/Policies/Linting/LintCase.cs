namespace GitOpsPolicy.Tests.Policies.Linting;

/// <summary>One case of lint.cases.</summary>
internal sealed record LintCase(string Name, Repository Repository, List<string> Expected)
{
    /// <summary>Reads all cases. A line that belongs nowhere fails.</summary>
    public static IEnumerable<LintCase> ReadAll(string file) =>
        File.ReadAllText(file).Split("\n=== ").Skip(1).Select(static text => Read(text.TrimEnd('\n')));

    private static LintCase Read(string text)
    {
        var parts = text.Split("\n--- ");
        var one = new LintCase(parts[0].Trim(), new(), []);
        foreach (var part in parts.Skip(1))
        {
            var (head, body) = part.IndexOf('\n') is var end and >= 0
                ? (part[..end], part[(end + 1)..].TrimEnd('\n'))
                : (part, "");
            switch (head.Split(' '))
            {
                case ["rule"]: one.Repository.WithRule("it", "severity: low\nremediation: r\n" + body); break;
                case ["script"]: one.Repository.With("policies/it.rule.js", body + "\n"); break;
                case ["config"]: one.Repository.WithConfig(body); break;
                case ["file", var path]: one.Repository.With(path, body + "\n"); break;
                case ["expect"]: one.Expected.AddRange(body.Split('\n', StringSplitOptions.RemoveEmptyEntries)); break;
                default: throw new FormatException($"`--- {head}` in the case `{one.Name}` is no part of a case.");
            }
        }

        return one;
    }
}
