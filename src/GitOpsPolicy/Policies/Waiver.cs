using GitOpsPolicy.Documents;
using GitOpsPolicy.Evaluation;
using GitOpsPolicy.Policies.Reading;

namespace GitOpsPolicy.Policies;

/// <summary>Excuses findings of one rule about named resources until a day.</summary>
public sealed record Waiver
{
    /// <summary>What <see cref="Resource"/> says for findings about the whole change set.</summary>
    public const string WholeSet = "set";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The document it was read from.</summary>
    public required Node Node { get; init; }

    /// <summary>The rule whose findings it excuses.</summary>
    public required string Rule { get; init; }

    /// <summary>
    /// The resources, as findings show them or in canonical form; <c>*</c> stands for any text without <c>/</c>.
    /// </summary>
    public required string Resource { get; init; }

    /// <summary>The one finding it excuses; null for every finding of the rule about the resource.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Who answers for it; null when nobody does, and then it does not hold.</summary>
    public string? Owner { get; init; }

    /// <summary>Who allowed it; null when nobody did, and then it does not hold.</summary>
    public string? Approver { get; init; }

    /// <summary>Where it is tracked.</summary>
    public string? Ticket { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The last day it holds; null when none is given, and then it does not hold.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Why it does not hold, in a few words; null when it does.</summary>
    /// <param name="today">The day it is; null when that is not known.</param>
    /// <param name="maxDays">How many days ahead it may expire.</param>
    internal string? Flaw(DateOnly? today, int maxDays) => this switch
    {
        { Owner: null or "" } => "has no owner",
        { Approver: null or "" } => "has no approver",
        { Ticket: null or "" } => "has no ticket",
        { Reason: null or "" } => "gives no reason",
        { Expires: null } => "has no expiry date",
        _ when string.Equals(Owner.Trim(), Approver.Trim(), StringComparison.OrdinalIgnoreCase) => "is approved by its own owner",
        _ when today is null => "cannot be checked for expiry, as the date is not known",
        _ when Expires < today => $"expired on {Expires:yyyy-MM-dd}",
        _ when Expires.Value.DayNumber - today.Value.DayNumber > maxDays =>
            $"expires on {Expires:yyyy-MM-dd}, more than {maxDays} days ahead",
        _ => null,
    };

    /// <summary>It excuses this finding, if it holds at all.</summary>
    internal bool Covers(Finding finding) =>
        finding.Rule == Rule && (Fingerprint is null || Fingerprint == finding.Fingerprint) && CoversResource(finding.Resource);

    /// <summary>It is about this resource; null stands for the whole set.</summary>
    internal bool CoversResource(Changes.ResourceId? resource)
    {
        if (resource is null || Resource == WholeSet) return resource is null && Resource == WholeSet;
        var glob = new Glob(Resource, boundary: '/');
        return glob.Fits(resource.ToString()) || glob.Fits(resource.Canonical);
    }

    /// <summary>
    /// Reads a document of kind <c>Waiver</c>; null when it is too broken to say what it excuses. Mistakes are reported.
    /// </summary>
    internal static Waiver? Read(MappingNode document, ProblemList problems)
    {
        if (!FieldReader.TryOpen(document, problems, out var name, out var spec)) return null;
        var waiver = new Waiver
        {
            Name = name,
            Location = document.Location,
            Node = document,
            Rule = spec.RequiredText("rule"),
            Resource = spec.RequiredText("resource"),
            Fingerprint = spec.Text("fingerprint"),
            Owner = spec.Text("owner"),
            Approver = spec.Text("approver"),
            Ticket = spec.Text("ticket"),
            Reason = spec.Text("reason"),
            Expires = Dates.Read(spec, "expires"),
        };
        spec.Finish();
        if (waiver.Resource.Length > 0 && waiver.Resource.Trim('*', ' ', '/', '?').Length == 0)
            problems.Add(
                spec.Mapping["resource"]!, $"`{waiver.Resource}` would excuse every resource", "a waiver names its resources");
        return waiver;
    }
}

/// <summary>Days that users write.</summary>
internal static class Dates
{
    /// <summary>Reads a field that is a day, <c>YYYY-MM-DD</c>; null when absent.</summary>
    public static DateOnly? Read(FieldReader fields, string name)
    {
        if (fields.Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)) return day;
        fields.Problems.Add(fields.Mapping[name]!, $"`{name}` must be a day such as 2026-03-31, not `{text}`");
        return null;
    }
}
