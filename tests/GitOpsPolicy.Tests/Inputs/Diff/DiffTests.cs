using System.Globalization;
using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Inputs.Diff;
using Xunit;

namespace GitOpsPolicy.Tests.Inputs.Diff;

public sealed class DiffTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Inputs", "Diff", "Cases");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Folder, "*.cases").Order(StringComparer.Ordinal))
            foreach (var one in DiffCase.Read(file)) data.Add(Path.GetFileName(file), one.Title);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Base_and_head_give_these_changes(string file, string title)
    {
        var one = DiffCase.Read(Path.Combine(Folder, file)).Single(c => c.Title == title);

        var changes = new DiffInput(one.Head, one.Base).ReadChanges(["."]);

        Assert.Equal(string.Join('\n', one.Expected), string.Join('\n', Describe(changes)));
    }

    [Fact]
    public void A_mistyped_section_fails_the_case_instead_of_hiding_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("bad.cases", "=== title\n--> bse/a.yaml\nkind: A\n")
            .Write("stray.cases", "=== title\nkind: A\n")
            .Write("empty.cases", "");

        foreach (var file in new[] { "bad.cases", "stray.cases", "empty.cases" })
            Assert.Throws<FormatException>(() => DiffCase.Read(folder.At(file)));
    }

    private static List<string> Describe(ChangeSet set)
    {
        var lines = set.Changes.Select(change => Describe(set, change)).ToList();
        lines.AddRange(set.Notes.Select(note => "note: " + note));
        lines.AddRange(set.Incomplete.Select(reason => "incomplete: " + reason));
        lines.AddRange(set.Problems.Select(problem => "problem: " + problem.Location.File));
        return lines;
    }

    private static string Describe(ChangeSet set, Change change)
    {
        var line = new StringBuilder();
        line.Append(
            CultureInfo.InvariantCulture,
            $"{change.Operation.ToString().ToLowerInvariant()} {change.Resource} at {change.Location}");
        if (change.File != change.Location.File) line.Append(" seen in ").Append(change.File ?? "nothing");
        if (change.Previous is KubernetesId previous) line.Append(" was ").Append(previous.ApiVersion);
        if (change.Reason is { } reason) line.Append(" because ").Append(reason);
        foreach (var path in change.ReplacePaths) line.Append(' ').Append(path);
        if (change.PairedWith is { } other) line.Append(" with ").Append(set.Changes[other].Resource);
        return line.ToString();
    }
}
