using System.Text;
using GitOpsPolicy.Inputs.Admission;
using Xunit;

namespace GitOpsPolicy.Webhook.Tests.BreakGlass;

/// <summary>Leave to break the rules, and requests that may be covered by it.</summary>
internal static class Grants
{
    /// <summary>When the leave of these tests begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A document that is in order.</summary>
    public const string Good =
        """
        apiVersion: gitopspolicy.dev/v1alpha1
        kind: BreakGlass
        metadata: { name: night-shift }
        spec:
          who: alice
          approver: bob
          reason: the registry is down and the shop with it
          incident: INC-7
          notBefore: 2026-03-01T12:00:00Z
          notAfter: 2026-03-01T14:00:00Z
          scope: { namespaces: [shop, "team-*"], kinds: [ConfigMap, apps/Deployment], operations: [create, update] }

        """;

    /// <summary>The same with another scope.</summary>
    public static string WithScope(string scope) =>
        Good[..Good.IndexOf("  scope:", StringComparison.Ordinal)] + $"  scope: {scope}\n";

    public static (IReadOnlyList<BreakGlassGrant> Read, IReadOnlyList<string> Problems) Read(string yaml)
    {
        var (read, problems) = BreakGlassReader.ReadFile("leave.yaml", Encoding.UTF8.GetBytes(yaml));
        return (read, [.. problems.Select(problem => $"{problem}")]);
    }

    public static BreakGlassGrant One(string yaml)
    {
        var (read, problems) = Read(yaml);
        Assert.Empty(problems);
        return Assert.Single(read);
    }

    /// <summary>
    /// A request by <c>OPERATION group/Kind namespace/name by user</c>; the group and the namespace may be empty.
    /// </summary>
    public static AdmissionReview Request(string words)
    {
        var parts = words.Split(' ');
        var (operation, kind, name, user) = (parts[0], parts[1].Split('/'), parts[2].Split('/'), parts[4]);
        var isNamespace = kind is ["", "Namespace"];
        var place = isNamespace ? name[1] : name[0];
        var at = name[0].Length == 0 ? "" : $"\"namespace\":\"{name[0]}\",";
        var body = $$"""{"apiVersion":"v1","kind":"{{kind[1]}}","metadata":{ {{at}}"name":"{{name[1]}}"} }""";
        var text = $$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","kind":{"group":"{{kind[0]}}","version":"v1","kind":"{{kind[1]}}"},
            "name":"{{name[1]}}",{{(place.Length == 0 ? "" : $"\"namespace\":\"{place}\",")}}"operation":"{{operation}}","userInfo":{"username":"{{user}}","groups":["admins"]},
            "object":{{(operation == "DELETE" ? "null" : body)}},"oldObject":{{(operation is "CREATE" or "CONNECT" ? "null" : body)}}} }
            """;
        var loaded = AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.True(loaded.TryGet(out var review), string.Join('\n', loaded.Problems));
        return review;
    }
}
