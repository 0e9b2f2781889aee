using Xunit;

namespace GitOpsPolicy.Script.Tests.Language;

/// <summary>The page docs/language.md says what is so: every row of its table is tried.</summary>
public sealed class LanguageTests
{
    public static TheoryData<string> Constructs => [.. LanguageTable.Rows.Select(row => row.Construct)];

    public static TheoryData<string> Names => [.. LanguageTable.StandardNames];

    [Theory]
    [MemberData(nameof(Constructs))]
    public void A_construct_loads_or_is_refused_as_the_table_says(string construct)
    {
        var row = LanguageTable.Rows.Single(candidate => candidate.Construct == construct);
        var problems = row.Load();
        if (row.IsSupported) Assert.Empty(problems);
        else Assert.NotEmpty(problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_of_the_standard_is_there_or_left_out_for_a_reason(string name) =>
        Assert.NotEqual(LanguageTable.LeftOut.ContainsKey(name), LanguageTable.Resolves(name));

    [Fact]
    public void What_is_left_out_is_a_name_of_the_standard() =>
        Assert.Empty(LanguageTable.LeftOut.Keys.Except(LanguageTable.StandardNames));

    [Fact]
    public void The_page_of_the_language_is_up_to_date()
    {
        var path = Path.Combine(LanguageTable.Root, "docs", "language.md");
        var page = LanguagePage.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, page);
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == page, "docs/language.md is stale: run this test with UPDATE_DOCS=1");
    }
}
