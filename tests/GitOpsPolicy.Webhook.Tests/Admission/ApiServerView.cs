using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GitOpsPolicy.Webhook.Tests.Admission;

/// <summary>
/// What a kube-apiserver makes of a webhook's answer, written from its documented behaviour and not from the code under test
/// (k8s.io/apiserver: <c>plugin/webhook/request/admissionreview.go</c>, <c>plugin/webhook/errors/statuserror.go</c>,
/// <c>endpoints/filters/warning.go</c>; k8s.io/apimachinery: <c>util/net/http.go</c>).
/// </summary>
/// <param name="Failure">Why calling the webhook counts as failed, so that <c>failurePolicy</c> decides; null when it did
/// not.</param>
/// <param name="IsAllowed">The request goes on.</param>
/// <param name="Code">HTTP status that the client gets for a denial.</param>
/// <param name="Message">What the client is told for a denial.</param>
/// <param name="Warnings">The warnings that reach the client, as they reach it.</param>
/// <param name="Annotations">What the audit log keeps.</param>
internal sealed record ApiServerView(
    string? Failure, bool IsAllowed, int Code, string Message, IReadOnlyList<string> Warnings, IReadOnlyList<string> Annotations)
{
    private const int MaxRunes = 4_096;
    private const int CutRunes = 256;

    /// <summary>Reads an answer as the server does.</summary>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="uid">The uid of the question.</param>
    public static ApiServerView Of(int status, string body, string uid)
    {
        if (status is < 200 or > 299) return Failed($"status {status}");
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        if (Text(root, "apiVersion") != "admission.k8s.io/v1" || Text(root, "kind") != "AdmissionReview")
            return Failed("another version or kind than was sent");
        if (!root.TryGetProperty("response", out var response) || response.ValueKind != JsonValueKind.Object)
            return Failed("no response");
        if (Text(response, "uid") != uid) return Failed("another uid than was sent");
        if (response.TryGetProperty("patch", out _) || response.TryGetProperty("patchType", out _))
            return Failed("a validating webhook that patches");
        var isAllowed = response.GetProperty("allowed").GetBoolean();
        var (code, message) = isAllowed ? (0, "") : Denial(response);
        var annotations = response.TryGetProperty("auditAnnotations", out var kept)
            ? kept.EnumerateObject().Select(static entry => entry.Name).ToList()
            : [];
        return new(null, isAllowed, code, message, Recorded(Texts(response, "warnings")), annotations);
    }

    private static ApiServerView Failed(string why) => new(why, false, 500, "", [], []);

    private static (int Code, string Message) Denial(JsonElement response)
    {
        var given = response.TryGetProperty("status", out var status) ? status : default;
        var has = given.ValueKind == JsonValueKind.Object;
        var code = has && given.TryGetProperty("code", out var number) ? number.GetInt32() : 0;
        if (code == 0) code = 403;
        if (code < 400) code = 400;
        var text = has ? Text(given, "message") ?? "" : "";
        var reason = has ? Text(given, "reason") ?? "" : "";
        var why = text.Length > 0 ? ": " + text : reason.Length > 0 ? ": " + reason : " without explanation";
        return (code, $"admission webhook \"w\" denied the request{why}");
    }

    // Each text once; past the total everything is cut, and what is still too much is left out.
    private static List<string> Recorded(IEnumerable<string> texts)
    {
        var all = texts.Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var isOver = all.Sum(Runes) > MaxRunes;
        var (kept, total) = (new List<string>(), 0);
        foreach (var text in all)
        {
            var shown = isOver ? Cut(text) : text;
            if (isOver && total + Runes(shown) > MaxRunes) break;
            total += Runes(shown);
            if (!shown.EnumerateRunes().Any(static rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control))
                kept.Add(shown);
        }

        return kept;
    }

    private static string Cut(string text) =>
        string.Concat(text.EnumerateRunes().Take(CutRunes).Select(static rune => rune.ToString()));

    private static int Runes(string text) => text.EnumerateRunes().Count();

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(static item => item.GetString()!) : [];
}
