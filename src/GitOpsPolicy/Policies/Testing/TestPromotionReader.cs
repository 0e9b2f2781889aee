using System.Globalization;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Promotion;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies.Testing;

/// <summary>Reads <c>promotion</c> of a case: what a host would find out.</summary>
internal static class TestPromotionReader
{
    /// <summary>Reads it; null where the case says nothing.</summary>
    public static PromotionFacts? Read(FieldReader testCase)
    {
        if (!testCase.TryGetFields("promotion", out var fields)) return null;
        var facts = new PromotionFacts
        {
            AsOf = Day(fields, "asOf"),
            Gap = fields.Text("gap"),
            Stays = [.. fields.Items("stays").OfType<MappingNode>().Select(stay => ReadStay(new(stay, fields.Problems)))],
            Owners = fields.Text("owners") is { } owners ? CodeOwners.Read(owners) : null,
            Approvals = ReadApprovals(fields),
        };
        fields.Finish();
        return facts;
    }

    private static Approvals? ReadApprovals(FieldReader fields) =>
        fields.TryGetFields("approvals", out var approvals) ? ApprovalsFile.Read(approvals) : null;

    private static VersionStay ReadStay(FieldReader fields)
    {
        var stay = new VersionStay(
            fields.RequiredText("environment"), fields.RequiredText("version"), Day(fields, "since") ?? default,
            Day(fields, "until"), fields.Flag("cut") ?? false);
        fields.Finish();
        return stay;
    }

    private static DateTimeOffset? Day(FieldReader fields, string name)
    {
        if (fields.Text(name) is not { } text) return null;
        if (DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            return day;
        fields.Problems.Add(fields.Mapping[name]!, $"`{name}` is no day", "write it as `2026-11-21`");
        return null;
    }
}
