using GitOpsPolicy.Cli.Commands;
using Xunit;

namespace GitOpsPolicy.Cli.Tests;

public sealed class RequestedReportTests
{
    [Fact]
    public void Without_a_format_there_is_one_text_report_on_standard_output() =>
        Assert.Equal((RequestedReport[])[new RequestedReport("text", null)], ReportOptions.Requested([], null).ToArray());

    [Fact]
    public void Several_formats_each_go_to_their_own_file() =>
        Assert.Equal(
            (RequestedReport[])[new RequestedReport("github", null), new("sarif", "out.sarif"), new("junit", "a=b.xml")],
            ReportOptions.Requested(["github", "sarif=out.sarif", "junit=a=b.xml"], null).ToArray());

    [Fact]
    public void Output_takes_the_report_that_names_no_file() =>
        Assert.Equal(
            (RequestedReport[])[new RequestedReport("json", "all.json")],
            ReportOptions.Requested(["json"], "all.json").ToArray());

    [Theory]
    [InlineData("unknown format `xml`", null, "xml")]
    [InlineData("names no file", null, "sarif=")]
    [InlineData("only one `--format` can go to standard output", null, "text", "json")]
    [InlineData("no report to write", "out", "json=a")]
    [InlineData("two reports would be written to `a`", null, "json=a", "sarif=a")]
    [InlineData("two reports would be written to `a`", "a", "json=a", "text")]
    public void A_request_that_cannot_be_met_is_refused(string message, string? output, params string[] formats)
    {
        var refusal = Assert.Throws<UsageException>(() => ReportOptions.Requested(formats, output));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
