using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsPolicy.EndToEnd.Tests.Chart;

/// <summary>
/// The image of the reconcile engine, as far as its recipe can be read: no image is built here. What the engine calls is in it,
/// or is told to be added; and the chart runs it as it was made to be run.
/// </summary>
public sealed partial class ImageTests
{
    private static readonly string[] InEveryImage = ["util-linux", "dash"];

    // Which package of Debian and Ubuntu has a program.
    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["git"] = "git",
        ["gpg"] = "gpg",
        ["ssh"] = "openssh-client",
        ["ssh-keygen"] = "openssh-client",
        ["setsid"] = "util-linux",
        ["setpriv"] = "util-linux",
        ["sh"] = "dash",
    };

    private static readonly string[] Added = ["kustomize", "kubectl", "helm", "sops", "terraform", "tofu"];

    private static string Recipe => Stage("FROM ${TOOLS} AS reconciler");

    [Fact]
    public void Every_program_that_the_engine_calls_is_in_the_image_or_told_to_be_added()
    {
        var called = new[] { "src/GitOpsPolicy.Reconciler", "src/GitOpsPolicy/Inputs" }
            .SelectMany(static folder => Directory.EnumerateFiles(
                Repository.PathOf(folder.Split('/')), "*.cs", SearchOption.AllDirectories))
            .SelectMany(static file => Called().Matches(File.ReadAllText(file))
                .Select(static match => match.Groups["program"].Value))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("git", called);
        Assert.Subset(Packages.Keys.Concat(Added).ToHashSet(StringComparer.Ordinal), called.ToHashSet(StringComparer.Ordinal));
        Assert.All(
            called.Where(Packages.ContainsKey)
                .Select(static program => Packages[program])
                .Except(InEveryImage, StringComparer.Ordinal),
            static package => Assert.Matches($"install .* {package} ", Recipe));
        var page = File.ReadAllText(Repository.PathOf("docs", "operations", "reconcile-units.md"));
        Assert.All(called, program => Assert.Contains($"`{program}`", page, StringComparison.Ordinal));
        Assert.All(Added, program => Assert.Matches($@"Add .*\b{program}\b", File.ReadAllText(Repository.PathOf("Dockerfile"))));
    }

    [NeedsTools("helm", "kubectl")]
    public async Task The_chart_runs_it_as_somebody_whom_it_knows_and_where_it_may_write()
    {
        var chart = await RenderedChart.OfAsync("reconciler.enabled=true");
        var pod = chart.Objects.Single(static one => one.GetProperty("kind").GetString() == "Deployment"
            && one.GetProperty("metadata").GetProperty("name").GetString()!.EndsWith("reconciler", StringComparison.Ordinal))
            .GetProperty("spec").GetProperty("template").GetProperty("spec");
        var user = pod.GetProperty("securityContext").GetProperty("runAsUser").GetInt32();
        var container = pod.GetProperty("containers")[0];
        var home = container.GetProperty("env")
            .EnumerateArray()
            .Single(static one => one.GetProperty("name").GetString() == "HOME")
            .GetProperty("value")
            .GetString();
        var mounts = container.GetProperty("volumeMounts")
            .EnumerateArray()
            .ToDictionary(
                static one => one.GetProperty("mountPath").GetString()!,
                static one => one.TryGetProperty("readOnly", out var readOnly) && readOnly.GetBoolean());
        var arguments = container.GetProperty("args").EnumerateArray().Select(static one => one.GetString()!).ToList();

        Assert.Matches($":x:{user}:{user}::{home}:", Recipe);
        Assert.False(mounts[home!]);
        Assert.Contains("ENTRYPOINT [\"/app/gitops-policy\"]", Recipe, StringComparison.Ordinal);
        Assert.Equal("reconcile", arguments[0]);
        Assert.DoesNotContain("command", container.EnumerateObject().Select(static one => one.Name));
        foreach (var (option, isReadOnly) in (ReadOnlySpan<(string, bool)>)[("--config=", true), ("--cache=", false)])
        {
            var path = arguments.Single(argument => argument.StartsWith(option, StringComparison.Ordinal))[option.Length..];
            Assert.Equal(isReadOnly, mounts.Single(mount => path.StartsWith(mount.Key + "/", StringComparison.Ordinal)).Value);
        }

        Assert.Contains($"WORKDIR {mounts.Single(static mount => mount.Value).Key}", Recipe, StringComparison.Ordinal);
        var port = container.GetProperty("ports")[0].GetProperty("containerPort").GetInt32();
        Assert.Contains($"EXPOSE {port}", Recipe, StringComparison.Ordinal);
        Assert.Contains($"--metrics=0.0.0.0:{port}", arguments);
    }

    private static string Stage(string from)
    {
        var text = File.ReadAllText(Repository.PathOf("Dockerfile"));
        var start = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"there is no `{from}`");
        var end = text.IndexOf("\nFROM ", start + from.Length, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"TryFind\(""(?<program>[a-z-]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Called();
}
