using Xunit;

namespace GitOpsPolicy.Cli.Tests;

/// <summary><c>gitops-policy fmt</c>.</summary>
public sealed class FmtTests : IDisposable
{
    private const string Untidy = "kind:   Waiver\napiVersion: gitopspolicy.dev/v1alpha1\n";
    private const string Tidy = "apiVersion: gitopspolicy.dev/v1alpha1\nkind: Waiver\n";
    private const string Foreign = "kind:   ConfigMap\napiVersion: v1\n";
    private const string Template = "kind:   ConfigMap\n{{ if .Values.x }}\n";

    private readonly CommandLine line = new();

    public FmtTests()
    {
        line.Write("waivers/a.yaml", Untidy);
        line.Write("waivers/b.yml", Tidy);
        line.Write("app/config.yaml", Foreign);
        line.Write("chart/templates/config.yaml", Template);
    }

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Files_of_ours_are_formatted_and_no_others()
    {
        var (exit, written, errors) = await line.Run("fmt");
        Assert.Equal((0, "waivers/a.yaml\n", "gitops-policy: 1 of 2 files formatted\n"), (exit, written, errors));
        Assert.Equal(Tidy, line.Read("waivers/a.yaml"));
        Assert.Equal(Foreign, line.Read("app/config.yaml"));
        Assert.Equal(Template, line.Read("chart/templates/config.yaml"));
        Assert.Equal((0, "", ""), await line.Run("fmt"));
        Assert.Equal(4, line.Files().Length);
    }

    [Fact]
    public async Task With_check_files_are_listed_and_left_as_they_are()
    {
        var (exit, written, errors) = await line.Run("fmt", "waivers", "--check");
        Assert.Equal((1, "waivers/a.yaml\n"), (exit, written));
        Assert.Contains("1 of 2 files is not formatted; `gitops-policy fmt` formats it", errors, StringComparison.Ordinal);
        Assert.Equal(Untidy, line.Read("waivers/a.yaml"));
        Assert.Equal((0, "", ""), await line.Run("fmt", "--check", "waivers/b.yml"));
    }

    [Fact]
    public async Task Standard_input_is_formatted_to_standard_output()
    {
        Assert.Equal((0, Tidy, ""), await line.RunWith(Untidy, "fmt", "-"));
        Assert.Equal((0, Foreign, ""), await line.RunWith(Foreign, "fmt", "-"));
        Assert.Equal(1, (await line.RunWith(Untidy, "fmt", "-", "--check")).Exit);
        Assert.Equal(
            (2, "", "gitops-policy: `-` goes alone: what is formatted is all that standard output then holds\n"),
            await line.RunWith(Untidy, "fmt", ".", "-"));
    }

    [Fact]
    public async Task A_file_that_does_not_parse_is_told_with_its_place_and_the_others_are_formatted()
    {
        line.Write("waivers/0.yaml", "apiVersion: gitopspolicy.dev/v1alpha1\nkind: [\n");
        var (exit, written, errors) = await line.Run("fmt");
        Assert.Equal((2, "waivers/a.yaml\n"), (exit, written));
        Assert.Contains("waivers/0.yaml:3:1: ", errors, StringComparison.Ordinal);
        Assert.Equal("apiVersion: gitopspolicy.dev/v1alpha1\nkind: [\n", line.Read("waivers/0.yaml"));
        Assert.Equal(Tidy, line.Read("waivers/a.yaml"));
    }

    [Fact]
    public async Task What_is_not_there_is_told()
    {
        var (exit, _, errors) = await line.Run("fmt", "nowhere");
        Assert.Equal(2, exit);
        Assert.Contains("there is no file or folder `nowhere`", errors, StringComparison.Ordinal);
    }
}
