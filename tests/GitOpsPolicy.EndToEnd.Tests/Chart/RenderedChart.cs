using System.Text;
using System.Text.Json;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>The chart's manifests for some values, rendered by Helm and read by kubectl.</summary>
internal sealed class RenderedChart
{
    /// <summary>The namespace of the release.</summary>
    public const string Namespace = "policy";

    private RenderedChart(string text, IReadOnlyList<JsonElement> objects) => (Text, Objects) = (text, objects);

    /// <summary>Where the chart is.</summary>
    public static string Folder { get; } = Repository.PathOf("charts", "gitops-policy");

    /// <summary>The manifests as YAML.</summary>
    public string Text { get; }

    /// <summary>The manifests.</summary>
    public IReadOnlyList<JsonElement> Objects { get; }

    /// <summary>The only webhook configuration.</summary>
    public JsonElement Webhooks => One("ValidatingWebhookConfiguration");

    /// <summary>What the webhook is started with.</summary>
    public IEnumerable<string> Arguments =>
        One("Deployment").GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0]
            .GetProperty("args").EnumerateArray().Select(static argument => argument.GetString()!);

    /// <summary>Runs <c>helm template</c>.</summary>
    /// <param name="values">As <c>--set</c> takes them, one a part; none for the defaults.</param>
    public static Task<Ran> TemplateAsync(params string[] values) => Binary.StartAsync(
        "helm", Repository.Root, "",
        [
            "template", "gp", Folder, "--namespace", Namespace, "--kube-version", "1.32.0",
            .. values.SelectMany(static value => (string[])["--set", value])
        ]);

    /// <summary>Renders the chart, which has to succeed.</summary>
    public static async Task<RenderedChart> OfAsync(params string[] values)
    {
        var rendered = await TemplateAsync(values);
        if (rendered.ExitCode != 0) throw new InvalidOperationException($"helm template {string.Join(' ', values)}: {rendered}");
        return new(rendered.Out, await ReadAsync(rendered.Out));
    }

    /// <summary>Has kubectl read YAML.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(string yaml)
    {
        var read = await Binary.StartAsync(
            "kubectl", Repository.Root, yaml, "label", "--local", "-f", "-", "-o", "json", "read=yes");
        if (read.ExitCode != 0) throw new InvalidOperationException($"kubectl label --local: {read}");
        return Documents(read.Out);
    }

    /// <summary>The only object of a kind.</summary>
    public JsonElement One(string kind) => Objects.Single(one => one.GetProperty("kind").GetString() == kind);

    private static List<JsonElement> Documents(string text)
    {
        List<JsonElement> documents = [];
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read()) documents.Add(JsonElement.ParseValue(ref reader));
        return [.. documents.SelectMany(static document =>
            document.TryGetProperty("items", out var items) ? items.EnumerateArray() : (IEnumerable<JsonElement>)[document])];
    }
}
