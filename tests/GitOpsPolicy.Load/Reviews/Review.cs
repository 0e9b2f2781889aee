using System.Text;

namespace GitOpsPolicy.Load.Reviews;

/// <summary>What a review has to be told, by the oracle.</summary>
/// <param name="IsAllowed">It may go on.</param>
/// <param name="DeniedBy">Names of the rules that deny it, in order of their names.</param>
internal sealed record Expected(bool IsAllowed, IReadOnlyList<string> DeniedBy)
{
    /// <summary>No rule has anything against it.</summary>
    public static readonly Expected Allowed = new(true, []);
}

/// <summary>A request as an API server sends it, with what it has to be told.</summary>
internal sealed class Review
{
    /// <summary>As long as a real one; every request gets its own in this place.</summary>
    public const string UidPlaceholder = "00000000-0000-4000-8000-000000000000";

    private readonly byte[] template;
    private readonly int uidAt;

    /// <summary>Takes the text of a review with <see cref="UidPlaceholder"/> as its uid.</summary>
    public Review(byte[] template, Expected expected)
    {
        (this.template, Expected) = (template, expected);
        uidAt = template.AsSpan().IndexOf(Encoding.ASCII.GetBytes(UidPlaceholder));
        if (uidAt < 0) throw new ArgumentException("The review has no place for a uid.", nameof(template));
    }

    /// <summary>What it has to be told.</summary>
    public Expected Expected { get; }

    /// <summary>Bytes of the body.</summary>
    public int Length => template.Length;

    /// <summary>The uid of the request of some number.</summary>
    public static string Uid(long number) => $"00000000-0000-4000-8000-{number:x12}";

    /// <summary>The body of a request with a uid.</summary>
    public byte[] Body(string uid)
    {
        var body = template.ToArray();
        Encoding.ASCII.GetBytes(uid, body.AsSpan(uidAt));
        return body;
    }

    /// <summary>A review of a new object.</summary>
    /// <param name="kind">Its kind, of group <c>""</c>.</param>
    /// <param name="json">The object.</param>
    /// <param name="expected">What it has to be told.</param>
    /// <param name="place">Where it is made and by whom.</param>
    public static Review OfCreate(
        string kind, string json, Expected expected, (string Namespace, string Name, string User) place) =>
        Of("CREATE", kind, (json, "null"), expected, place);

    /// <summary>A review of a changed Pod.</summary>
    /// <param name="json">The Pod as it would be.</param>
    /// <param name="old">The Pod as it is.</param>
    /// <param name="expected">What it has to be told.</param>
    public static Review OfUpdate(string json, string old, Expected expected) =>
        Of("UPDATE", "Pod", (json, old), expected, ("team-1", "web-1", "alice"));

    private static Review Of(
        string operation, string kind, (string New, string Old) objects, Expected expected,
        (string Namespace, string Name, string User) place)
    {
        var text =
            $$$$"""
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"{{{{UidPlaceholder}}}}","kind":{"group":"","version":"v1","kind":"{{{{kind}}}}"},
            "resource":{"group":"","version":"v1","resource":"{{{{kind.ToLowerInvariant()}}}}s"},"requestKind":{"group":"","version":"v1","kind":"{{{{kind}}}}"},
            "requestResource":{"group":"","version":"v1","resource":"{{{{kind.ToLowerInvariant()}}}}s"},"name":"{{{{place.Name}}}}","namespace":"{{{{place.Namespace}}}}","operation":"{{{{operation}}}}",
            "userInfo":{"username":"{{{{place.User}}}}","uid":"4f1f3b8e-7a5b-4b9a-9a39-3f3d6d7f6a11","groups":["system:serviceaccounts","system:authenticated"]},
            "object":{{{{objects.New}}}},"oldObject":{{{{objects.Old}}}},"dryRun":false,"options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}
            """;
        return new(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("")), expected);
    }
}
