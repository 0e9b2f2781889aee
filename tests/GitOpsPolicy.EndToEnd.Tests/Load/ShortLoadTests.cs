using GitOpsPolicy.Load;
using GitOpsPolicy.Load.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace GitOpsPolicy.EndToEnd.Tests.Load;

/// <summary>
/// The loads of the load program for a second or two each: every answer is right. How fast they come is not looked at.
/// </summary>
[Collection("load")]
public sealed class ShortLoadTests(ITestOutputHelper output)
{
    private static readonly LoadOptions Short = new() { Seconds = 2, Rate = 50, WarmUp = 0.5 };

    [Theory]
    [InlineData("r1")]
    [InlineData("r4")]
    [InlineData("r6")]
    [InlineData("r7")]
    [InlineData("r9")]
    [InlineData("r10")]
    public async Task Every_answer_is_right_under(string load)
    {
        using var told = new StringWriter();
        var figures = await Scenario.All.Single(one => one.Name == load).MeasureAsync(Binary.GitOpsPolicy, Short, told);
        output.WriteLine(told.ToString());
        var correctness = figures.Where(static figure => figure.Kind == FigureKind.Correctness).ToList();
        Assert.NotEmpty(correctness);
        Assert.All(correctness, figure => Assert.True(figure.IsMet, $"{figure}\n{told}"));
    }
}
