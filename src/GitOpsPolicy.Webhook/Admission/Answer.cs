using System.Collections.Immutable;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>What a request is told: the <c>response</c> of an AdmissionReview.</summary>
internal sealed record Answer
{
    /// <summary>The request may go on.</summary>
    public required bool IsAllowed { get; init; }

    /// <summary>HTTP status for a denial; the server makes 400 of anything below.</summary>
    public int Code { get; init; } = 403;

    /// <summary>Machine-readable reason for a denial, one of Kubernetes' own.</summary>
    public string Reason { get; init; } = "Forbidden";

    /// <summary>Why it is denied; empty for an allowed request.</summary>
    public string Message { get; init; } = "";

    /// <summary>What the user is shown besides.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What the audit log keeps, by key without a prefix.</summary>
    public ImmutableArray<(string Key, string Value)> Annotations { get; init; } = [];
}
