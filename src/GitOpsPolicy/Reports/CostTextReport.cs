using System.Globalization;
using GitOpsPolicy.Policies.Costs;

namespace GitOpsPolicy.Reports;

/// <summary>What rules cost, as tables for a person.</summary>
public static class CostTextReport
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes what each rule costs.</summary>
    public static void Write(CostReport report, TextWriter writer)
    {
        var table = new TextTable("rule", "matched", "fuel/run", "dearest", "of all fuel", "bytes/run", "CPU/run", "of all CPU");
        foreach (var rule in report.Rules)
        {
            var matched = $"{Number(rule.Runs)} of {Number(rule.Shown)}";
            if (rule.Runs == 0) table.Add(rule.Rule, matched);
            else
                table.Add(
                    rule.Rule, matched, Number(rule.FuelPerRun), Number(rule.MostFuel), Percent(100 * report.FuelShareOf(rule)),
                    Number(rule.BytesPerRun), Span(rule.Time), Percent(100 * report.TimeShareOf(rule)));
        }

        table.Write(writer);
        foreach (var rule in report.Rules.Where(static rule => rule.Unanswered > 0))
            writer.WriteLine(
                $"note  {rule.Rule} gave no answer in {rule.Unanswered} of {rule.Runs} runs; its figures are those up to there");
        writer.WriteLine($"{Counted.Of(report.Rules.Length, "rule")}, {Number(report.Runs)} runs, {Number(report.Fuel)} fuel; CPU: median of {report.Rounds} rounds (middle half)");
    }

    /// <summary>Writes how that differs from a baseline.</summary>
    public static void Write(CostComparison comparison, TextWriter writer)
    {
        var table = new TextTable("rule", "same inputs", "fuel before", "fuel now", "fuel", "bytes");
        foreach (var rule in comparison.Rules)
        {
            if (rule.SameInputs == 0) table.Add(rule.Rule, "none");
            else
                table.Add(
                    rule.Rule, $"{rule.SameInputs} of {rule.SameInputs + rule.OtherInputs}", Number(rule.FuelBefore),
                    Number(rule.FuelNow), Increase(rule.FuelIncrease), Increase(rule.BytesIncrease));
        }

        writer.WriteLine();
        table.Write(writer);
    }

    /// <summary>An increase in percent, as <c>+8.8 %</c>; <c>=</c> for none.</summary>
    public static string Increase(double percent) =>
        percent == 0 ? "=" : double.IsInfinity(percent) ? "from none" : (percent > 0 ? "+" : "-") + Percent(Math.Abs(percent));

    private static string Percent(double percent) => percent.ToString("#,0.0", Culture) + " %";

    private static string Number(long number) => number.ToString("#,0", Culture);

    private static string Span(CostTime? time) =>
        time is { } it ? $"{Micros(it.Median)} µs ({Micros(it.Low)}-{Micros(it.High)})" : "";

    private static string Micros(TimeSpan time) => time.TotalMicroseconds.ToString("#,0.0", Culture);
}
