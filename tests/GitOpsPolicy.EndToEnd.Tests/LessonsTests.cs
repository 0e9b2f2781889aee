using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests;

/// <summary>
/// What went wrong in other policy engines: lessons.cases names for each class of mistake the tests that stand against it.
/// </summary>
public sealed class LessonsTests
{
    private static readonly string[] Lines = [.. File.ReadAllLines(Repository.PathOf(
        "tests", "GitOpsPolicy.EndToEnd.Tests", "lessons.cases")).Where(
        static line => !line.StartsWith('#'))];

    [Fact]
    public void Every_lesson_has_a_test_and_every_test_that_is_named_is_there()
    {
        var files = Directory.GetFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(
            static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        Assert.True(Lines.Length >= 11);
        foreach (var line in Lines)
        {
            var columns = line.Split(" | ");
            Assert.True(columns.Length == 3 && columns[1].Contains("CVE-", StringComparison.Ordinal), line);
            foreach (var name in columns[2].Split(", "))
            {
                var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
                Assert.True(
                    files[type].Any(file => File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal)),
                    $"there is no test {name}");
            }
        }
    }
}
