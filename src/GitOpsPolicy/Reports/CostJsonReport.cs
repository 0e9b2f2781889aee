using System.Buffers;
using System.Text.Json;
using GitOpsPolicy.Policies.Costs;

namespace GitOpsPolicy.Reports;

/// <summary>What rules cost, for programs: the fields that docs/reference/bench.md names.</summary>
public static class CostJsonReport
{
    /// <summary>Writes it all as one object.</summary>
    /// <param name="report">The costs.</param>
    /// <param name="comparison">How they differ from a baseline; null for none.</param>
    /// <param name="toolVersion">Version of the program.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(CostReport report, CostComparison? comparison, string toolVersion, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", CostBaseline.SchemaVersion);
            json.WriteString("toolVersion", toolVersion);
            json.WriteNumber("rounds", report.Rounds);
            json.WriteNumber("runs", report.Runs);
            json.WriteNumber("fuel", report.Fuel);
            json.WriteStartArray("rules");
            foreach (var rule in report.Rules) Write(json, rule, report);
            json.WriteEndArray();
            if (comparison is not null) Write(json, comparison);
            json.WriteEndObject();
        }

        Report.WriteJson(writer, buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, MeasuredRule rule, CostReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", rule.Rule);
        json.WriteNumber("shown", rule.Shown);
        json.WriteNumber("matched", rule.Runs);
        json.WriteNumber("unanswered", rule.Unanswered);
        json.WriteNumber("fuel", rule.Fuel);
        json.WriteNumber("fuelPerRun", rule.FuelPerRun);
        json.WriteNumber("fuelOfDearestRun", rule.MostFuel);
        json.WriteNumber("allocatedBytes", rule.AllocatedBytes);
        json.WriteNumber("allocatedBytesPerRun", rule.BytesPerRun);
        json.WriteNumber("shareOfFuel", Math.Round(report.FuelShareOf(rule), 4));
        json.WriteNumber("shareOfTime", Math.Round(report.TimeShareOf(rule), 4));
        if (rule.Time is { } time)
        {
            json.WriteStartObject("nanosecondsPerRun");
            json.WriteNumber("median", (long)time.Median.TotalNanoseconds);
            json.WriteNumber("low", (long)time.Low.TotalNanoseconds);
            json.WriteNumber("high", (long)time.High.TotalNanoseconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CostComparison comparison)
    {
        json.WriteStartObject("comparison");
        json.WriteString("measuredBy", comparison.MeasuredBy);
        json.WriteStartArray("rules");
        foreach (var rule in comparison.Rules)
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Rule);
            json.WriteNumber("sameInputs", rule.SameInputs);
            json.WriteNumber("otherInputs", rule.OtherInputs);
            json.WriteNumber("fuelBefore", rule.FuelBefore);
            json.WriteNumber("fuelNow", rule.FuelNow);
            json.WriteNumber("allocatedBytesBefore", rule.BytesBefore);
            json.WriteNumber("allocatedBytesNow", rule.BytesNow);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
