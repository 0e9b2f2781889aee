using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Inputs.Files;
using GitOpsPolicy.Knowledge;
using Xunit;

namespace GitOpsPolicy.Tests.Fixing;

/// <summary>
/// What was changed by hand of objects that kustomize or Helm made, by the real programs; the cases are in
/// <c>rendered-adoptions.yaml</c>.
/// </summary>
public sealed class RenderedAdoptionTests
{
    private static readonly Node Cases = Read();

    public static TheoryData<string> Names() => new(Cases.ItemsOf().ToArray().Select(static one => one.TextAt("name")!));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_files_say_what_lives_and_nothing_else_or_it_is_told_why_not(string name)
    {
        var one = Cases.ItemsOf().ToArray().Single(one => one.TextAt("name") == name);
        var isChart = one.At("files").EntriesOf().ToArray().Any(static file => file.Key.EndsWith("Chart.yaml", StringComparison.Ordinal));
        if (!Tool.TryFind(isChart ? "helm" : "kubectl", out _)) return; // as where other tests are skipped
        var files = Texts(one.At("files"));
        var adopted = RenderedAdopting.Of(
            files, one.TextAt("folder")!, [.. one.At("values").ItemsOf().ToArray().Select(static file => file.AsText()!)],
            (id, live) => Edit(one.At("lives").At(id), live));

        var left = adopted.Found.Places.Where(static place => place.Refusal is not null)
            .ToDictionary(static place => place.Path, static place => place.Refusal!.Why);
        var expected = one.At("left").EntriesOf().ToArray();
        Assert.Equal(
            expected.Select(static entry => entry.Key).Order(StringComparer.Ordinal), left.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, entry => Assert.Contains(entry.Value.AsText()!, left[entry.Key], StringComparison.Ordinal));
        var becomes = Texts(one.At("becomes"));
        Assert.All(files.Keys, file => Assert.Equal(becomes.GetValueOrDefault(file, files[file]), adopted.After[file]));
    }

    private static Dictionary<string, string> Texts(Node? mapping) => mapping.EntriesOf().ToArray().ToDictionary(
        static file => file.Key, static file => file.Value.AsText()!, StringComparer.Ordinal);

    // By place: what it is from now on; null for gone.
    private static void Edit(Node? edits, JsonObject live)
    {
        foreach (var (place, value) in edits.EntriesOf().ToArray().Select(static entry => (entry.Key, entry.Value)))
        {
            var steps = JsonPointer.Parse(place);
            JsonNode at = live;
            foreach (var step in steps[..^1]) at = at is JsonArray list ? list[int.Parse(step, null)]! : at[step]!;
            var says = value.Kind == NodeKind.Null ? null : JsonNode.Parse(NodeWriter.ToJson(value));
            if (at is JsonArray items && steps[^1] == "-") items.Add(says);
            else if (at is JsonArray array && says is null) array.RemoveAt(int.Parse(steps[^1], null));
            else if (at is JsonArray other) other[int.Parse(steps[^1], null)] = says;
            else if (says is null) at.AsObject().Remove(steps[^1]);
            else at[steps[^1]] = says;
        }
    }

    private static Node Read([CallerFilePath] string here = "")
    {
        var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "rendered-adoptions.yaml"));
        return YamlReader.Read(new TextFile("rendered-adoptions.yaml", bytes), bytes, ReaderLimits.Default).TryGet(out var read)
            ? read.Documents[0].Root
            : throw new FormatException("rendered-adoptions.yaml");
    }
}
